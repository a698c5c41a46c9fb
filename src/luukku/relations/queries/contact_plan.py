"""Whom to meet this year: companies of a region by why they should be met, with who met them last and who is about to.

From the register's open facts, from touches, and from which companies the reader may know to be customers, so it costs the same for a region of
a hundred companies and of a hundred thousand.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luukku.catalogue.enums import Segment
from luukku.core.actor import HOUSE, Actor
from luukku.core.finnish import FinnishKey
from luukku.core.paging import Cursor, Page, beyond, page_of, start_of
from luukku.core.translated import best
from luukku.customers.access import visible_relations
from luukku.customers.enums import CompanyStatus, Export, Growth, LifeStage
from luukku.customers.models import Company, CompanyMark, CompanySegment
from luukku.customers.models.companies import GROWING
from luukku.network.models import Municipality, Region
from luukku.relations.models import Touch

SIZE = 50
YOUNG_YEARS, LONG_YEARS = 3, 2
HOUSING = ("2",)  # the register's code of housing companies: nobody's customers
MET = Exists(Touch.objects.filter(company=OuterRef("pk"), is_met=True))


@dataclass(frozen=True)
class Kind:
    """Why companies should be met: its word, a sentence, and which they are, on a day."""

    label: str | Promise
    hint: str | Promise
    test: Callable[[Actor, date], Q]


def _never_in_contact(actor: Actor, _day: date) -> Q:
    """Neither met nor a customer, as far as the actor may know that a company is one."""
    customer = visible_relations(actor).filter(business_id=OuterRef("business_id"))
    return ~Q(MET) & ~Q(Exists(customer))


def _young(_actor: Actor, day: date) -> Q:
    return Q(founded_on__gt=day - timedelta(days=round(365.25 * YOUNG_YEARS)))


def _growing(_actor: Actor, _day: date) -> Q:
    """Few of all companies: found first, or the whole register would be walked in the order of the alphabet to fill a page."""
    known = Company.objects.filter(GROWING).order_by().values("pk")
    return Q(pk__in=known.union(CompanyMark.objects.filter(ended_at=None).order_by().values("company_id")))


def _changing(_actor: Actor, _day: date) -> Q:
    heading = Q(growth=Growth.DECLINING) | Q(export=Export.CONSIDERING)
    return Q(status=CompanyStatus.RESTRUCTURING) | Q(stage__in=(LifeStage.RENEWING, LifeStage.SUCCESSION)) | heading


def _long_ago(_actor: Actor, day: date) -> Q:
    lately = Exists(Touch.objects.filter(company=OuterRef("pk"), is_met=True, day__gt=day - timedelta(days=round(365.25 * LONG_YEARS))))
    return Q(MET) & ~Q(lately)


KINDS = {
    "tapaamatta": Kind(_("Never met"), _("No organisation of the network has met these."), lambda _actor, _day: ~Q(MET)),
    "vailla": Kind(
        _("Never in contact"),
        _("Nobody has met these, and they have asked for nothing: as far as you may know who is a customer."),
        _never_in_contact,
    ),
    "nuoret": Kind(_("Young"), _("Founded within the last three years."), _young),
    "kasvavat": Kind(_("Growing"), _("Grow by what is known of them, or carry a mark."), _growing),
    "muutoksessa": Kind(
        _("In change"), _("Restructured, getting smaller, renewing themselves, changing owners or considering to go abroad."), _changing
    ),
    "pitkaan": Kind(_("Long since met"), _("Met, but not within the last two years."), _long_ago),
}


@dataclass(frozen=True)
class Wanted:
    """What is looked for: a key of KINDS, and what narrows it."""

    kind: str = "tapaamatta"
    municipality: int | None = None
    segment: str = ""
    tag: str = ""
    without_plans: bool = False  # leaves out those whom somebody is about to meet


@dataclass(frozen=True)
class Row:
    company: Company
    last: Touch | None
    planned: Sequence[Touch]


def companies_to_meet(actor: Actor, region: Region, wanted: Wanted, cursor: Cursor) -> Page[Row]:
    """One page in the order of the alphabet. Three statements."""
    rows = _companies(actor, region, wanted).select_related("municipality")
    start = start_of(Company, "name_key", cursor)
    found = list(beyond(rows, "name_key", start, cursor.pk, backwards=cursor.backwards, size=SIZE))
    page = page_of(found, SIZE, started=start is not None, backwards=cursor.backwards)
    touches: dict[int, list[Touch]] = {}
    for touch in Touch.objects.filter(company__in=[each.pk for each in page.rows]).select_related("organisation").order_by("day", "id"):
        touches.setdefault(touch.company_id, []).append(touch)
    return Page([_row(each, touches.get(each.pk, [])) for each in page.rows], page.next, page.previous)


def _row(company: Company, touches: Sequence[Touch]) -> Row:
    met = [each for each in touches if each.is_met]
    return Row(company, met[-1] if met else None, [each for each in touches if not each.is_met])


def _companies(actor: Actor, region: Region, wanted: Wanted) -> "QuerySet[Company]":
    day = timezone.localdate()
    places = Municipality.objects.filter(region_spells__region=region, region_spells__valid_until=None).values_list("pk", flat=True)
    here = [each for each in places if wanted.municipality in (None, each)]
    rows = Company.objects.filter(municipality__in=here, status__in=(CompanyStatus.ACTIVE, CompanyStatus.RESTRUCTURING)).exclude(
        legal_form__in=HOUSING
    )
    rows = rows.filter(KINDS[wanted.kind].test(actor, day))
    if wanted.segment in Segment.values:
        rows = rows.filter(Exists(CompanySegment.objects.filter(company=OuterRef("pk"), end_day=None, segment=wanted.segment)))
    if wanted.tag:
        rows = rows.filter(tags__contains=[wanted.tag])
    if wanted.without_plans:
        rows = rows.filter(~Exists(Touch.objects.filter(company=OuterRef("pk"), is_met=False)))
    return rows


def count_unmet(region: Region) -> int:
    """How many companies of the region nobody of the network has met. Two statements."""
    return _companies(HOUSE, region, Wanted()).count()


def places_of(region: Region) -> list[tuple[int, str]]:
    """Municipalities of the region, in Finnish order. One statement."""
    found = Municipality.objects.filter(region_spells__region=region, region_spells__valid_until=None).order_by(FinnishKey(best("name")), "id")
    return [(each.pk, str(each.name)) for each in found]
