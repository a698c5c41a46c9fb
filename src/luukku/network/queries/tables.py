"""The network's lists as rows of text, for spreadsheets: the same choice of rows as on the page, all of them at once."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.ui.times import date_text
from luukku.network.models import Municipality, Premises
from luukku.network.queries.directory import DirectoryFilter, directory
from luukku.network.queries.labels import CONTACT, FIELDS, language_name
from luukku.network.queries.organisations import OrganisationFilter, by_name, organisation_list
from luukku.network.queries.place_hours import hours_of_place
from luukku.network.queries.places import MunicipalityFilter, municipality_list
from luukku.network.queries.representing import representing_along

Table = tuple[list[str], list[list[str]]]
EVERYBODY = 100_000  # more than work in any network


def organisation_table(actor: Actor, wanted: OrganisationFilter) -> Table:
    """Heads and rows. Four statements."""
    heads = [_("Name"), _("Short name"), _("Kind of organisation"), _("Business ID"), _("Part of"), _("Regions"), _("People")]
    heads += [_("Represented by"), _("Acts for"), str(CONTACT["phone"]), str(CONTACT["email"]), _("Website")]
    rows = []
    for each in organisation_list(actor, wanted).select_related("type", "parent").prefetch_related(*representing_along()):
        by = _joined(spell.representative for spell in each.represented_now)  # type: ignore[attr-defined]
        others = _joined(spell.represented for spell in each.acting_for)  # type: ignore[attr-defined]
        regions = _joined(part.region for part in each.today)  # type: ignore[attr-defined]
        row = [each.name, each.short_name, each.type.name, each.business_id, each.parent.name if each.parent else "", regions]
        rows.append([*row, str(each.people), by, others, each.phone, each.email, each.website])  # type: ignore[attr-defined]
    return heads, rows


def premises_table(actor: Actor, wanted: OrganisationFilter) -> Table:
    """Heads and rows: places where the organisations serve, by organisation. Two statements, and one for hours."""
    labels = FIELDS[Premises]
    heads = [_("Organisation"), *(str(labels[name]) for name in ("name", "street", "postal_code", "municipality"))]
    heads += [_("Opening hours"), _("Otherwise than usual"), _("Remark on the opening hours")]
    kept = Premises.objects.filter(organisation__in=organisation_list(actor, wanted).order_by().values("pk"), deactivated_at=None)
    rows = []
    for each in kept.select_related("organisation", "municipality").order_by(by_name("organisation__name"), "name", "pk"):
        opens = hours_of_place(each)
        place = [each.organisation.name, each.name, each.street, each.postal_code, each.municipality.name if each.municipality else ""]
        rows.append([*place, opens.week if opens else "", ", ".join(opens.unusual) if opens else "", str(each.hours_text)])
    return heads, rows


def people_table(actor: Actor, wanted: DirectoryFilter) -> Table:
    """Heads and rows, in the order of the directory. As many statements as one page of it."""
    heads = [_("Name"), _("Title"), _("Organisations"), _("Regions"), _("Languages"), str(CONTACT["phone"]), str(CONTACT["email"])]
    heads.append(_("Shown to the public"))
    rows = []
    for entry in directory(actor, wanted, size=EVERYBODY).page.rows:
        person = entry.person
        spoken = ", ".join(language_name(code) for code in person.languages)
        row = [person.name, person.title, _joined(entry.organisations), _joined(entry.regions), spoken, person.phone, person.email]
        rows.append([*row, _("yes") if person.is_published else _("no")])
    return heads, rows


def municipality_table(wanted: MunicipalityFilter) -> Table:
    """Heads and rows. Three statements."""
    labels = FIELDS[Municipality]
    heads = [_("Number"), str(labels["name_fi"]), str(labels["name_sv"]), _("Region"), _("Area"), str(labels["employment_area"])]
    heads += [_("Last day"), str(labels["successor"])]
    rows = []
    for each in municipality_list(wanted):
        regions = _joined(spell.region for spell in each.regions_today)  # type: ignore[attr-defined]
        areas = _joined(spell.area for spell in each.areas_today)  # type: ignore[attr-defined]
        ended = date_text(each.valid_until, year=True) if each.valid_until else ""
        successor = each.successor.name if each.successor else ""
        rows.append([each.code, each.name_fi, each.name_sv, regions, areas, each.employment_area, ended, successor])
    return heads, rows


def _joined(things: Iterable[object]) -> str:
    return ", ".join(str(each) for each in things)
