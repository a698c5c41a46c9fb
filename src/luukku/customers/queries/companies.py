"""What a company's page shows: facts with source and date, names, establishments, their group, and what has happened to them. Nine statements."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from luukku.core.registries import SearchHit, SearchSource
from luukku.core.ui.times import date_text
from luukku.customers.enums import CompanyStatus, FactField, IndustrySystem, NameKind
from luukku.customers.models import Company, CompanyFact, CompanyName, Establishment, ImportChange, RegisterCode
from luukku.customers.queries.finding import ESTABLISHMENT, FoundCompany, companies_named, companies_named_nearly
from luukku.network.models import Municipality

MOST_OF_GROUP = 20
# In the order of the page; the register's own first.
SHOWN = (
    "status", "founded_on", "ended_on", "legal_form", "industry", "municipality", "visiting_address", "postal_address", "website", "registers",
    "parent", "persons", "turnover", "balance", "figures_year", "is_foreign_owned", "export", "growth", "stage", "tags",
)  # fmt: skip
LABELS = {
    "status": gettext_lazy("State"),
    "founded_on": gettext_lazy("Founded"),
    "ended_on": gettext_lazy("Last day"),
    "legal_form": gettext_lazy("Legal form"),
    "registers": gettext_lazy("Registers"),
    "name": NameKind.OFFICIAL.label,
    "names": gettext_lazy("Names"),
    **dict(FactField.choices),
}
REGISTERS = {
    "trade": gettext_lazy("Trade register"),
    "prepayment": gettext_lazy("Prepayment register"),
    "vat": gettext_lazy("VAT register"),
    "employer": gettext_lazy("Employer register"),
}
EVENTS = {
    "new": gettext_lazy("Came into the register here"),
    "closed": pgettext_lazy("event", "Ceased"),
    "moved": gettext_lazy("Moved to another municipality"),
    "renamed": gettext_lazy("Got a new name"),
}


@dataclass(frozen=True)
class FactLine:
    """One fact: its words, where it comes from and as of when; `differs` is what the register says instead, if an edit stands over it."""

    field: str
    label: str
    words: str
    source: str
    on: date | None
    by: str = ""
    differs: str = ""
    is_own: bool = False


@dataclass(frozen=True)
class Happened:
    at: datetime
    words: str
    by: str = ""


@dataclass(frozen=True)
class CompanyPage:
    company: Company
    facts: list[FactLine]
    names: list[CompanyName]
    establishments: list[Establishment]
    history: list[Happened]
    subsidiaries: list[Company]  # at most MOST_OF_GROUP and one more


def company_page(company: Company) -> CompanyPage:
    """All that everybody in the network may know of a company."""
    edits = list(CompanyFact.objects.filter(company=company).select_related("person", "organisation").order_by("-made_at", "-pk"))
    words = _Words(company)
    own = {edit.field: edit for edit in edits if edit.ended_at is None}
    facts = [line for field in SHOWN if (line := _line(company, field, own.get(field), words)) is not None]
    places = company.establishments.select_related("municipality").order_by("closed_on", "name_key", "pk")
    below = Company.objects.filter(parent=company).only("business_id", "name", "status")[: MOST_OF_GROUP + 1]
    return CompanyPage(company, facts, _names(company), list(places), _history(company, edits), list(below))


class _Words:
    """What the company's values are called: codes and places are fetched once."""

    def __init__(self, company: Company) -> None:
        self.register: dict[str, Any] = company.register.get("values", {})
        self.dates: dict[str, str] = company.register.get("dates", {})
        wanted = Q(kind="legal-form", code__in=[company.legal_form, self.register.get("legal_form", "")])
        for code, system in self._industries(company):
            wanted |= Q(kind=system, code__in=[code, code[:2]])
        self.codes = {(each.kind, each.code): str(each.name) for each in RegisterCode.objects.filter(wanted)}
        place = self.register.get("municipality", "")
        self.places = {each.code: str(each.name) for each in Municipality.objects.filter(code=place, valid_until=None)}

    def _industries(self, company: Company) -> list[tuple[str, str]]:
        return [(company.industry, company.industry_system), (self.register.get("industry", ""), self.register.get("industry_system", ""))]

    def industry(self, code: str, system: str) -> str:
        """The industry with its code and by which classification; a code that has no name here is told by that of its first two digits."""
        name = self.codes.get((system, code)) or self.codes.get((system, code[:2]), "")
        return f"{name} ({code}, {IndustrySystem(system).label})".strip() if code and system in IndustrySystem.values else code

    def of_company(self, company: Company, field: str) -> str:
        if field in {"municipality", "parent"}:
            return str(getattr(company, field).name) if getattr(company, field) else ""
        if field == "industry":
            return self.industry(company.industry, company.industry_system)
        return self.of(field, getattr(company, field))

    def of_register(self, field: str) -> str:
        value = self.register.get(field, "")
        if field == "industry":
            return self.industry(value, self.register.get("industry_system", ""))
        return self.places.get(value, "") if field == "municipality" else self.of(field, value)

    def of(self, field: str, value: Any) -> str:
        if value is None or value in ("", []):
            return ""
        if field == "registers":
            return ", ".join(str(REGISTERS.get(each, each)) for each in value)
        if field == "tags":
            return ", ".join(value)
        if field == "legal_form":
            return self.codes.get(("legal-form", value), str(value))
        return _plain(field, value)


def _plain(field: str, value: Any) -> str:
    """A flag, a number, a day or a choice in words."""
    if isinstance(value, bool):
        return _("Yes") if value else pgettext("answer", "No")
    if isinstance(value, int) and field != "figures_year":
        return number_format(value, force_grouping=True) + (" €" if field in {"turnover", "balance"} else "")
    if isinstance(value, date):
        return date_text(value, year=True)
    choices = dict(Company._meta.get_field(field).choices or ())  # type: ignore[union-attr]
    return str(choices.get(value, value))


def _line(company: Company, field: str, edit: CompanyFact | None, words: _Words) -> FactLine | None:
    now, registered = words.of_company(company, field), words.of_register(field)
    if edit is None:
        day = words.dates.get(field)
        return FactLine(field, str(LABELS[field]), now, _("Register"), date.fromisoformat(day) if day else None) if now else None
    differs = registered if registered != now else ""
    return FactLine(field, str(LABELS[field]), now or _("None"), edit.get_source_display(), edit.stated_on, who_edited(edit), differs, is_own=True)


def _names(company: Company) -> list[CompanyName]:
    order = {NameKind.PARALLEL: 0, NameKind.AUXILIARY: 1, NameKind.FORMER: 2}
    others = company.names.exclude(kind=NameKind.OFFICIAL)
    return sorted(others, key=lambda each: (order[NameKind(each.kind)], each.name_key))


def _history(company: Company, edits: Iterable[CompanyFact]) -> list[Happened]:
    changes = ImportChange.objects.filter(company=company, run__undone_at=None).select_related("run").order_by("-pk")
    found = [Happened(each.run.applied_at or each.run.began_at, changed_words(each.kinds), _("Register")) for each in changes]
    found += [Happened(each.made_at, edit_words(each), who_edited(each)) for each in edits]
    return sorted(found, key=lambda each: each.at, reverse=True)


def edit_words(edit: CompanyFact) -> str:
    return _("Our own edit: %(what)s") % {"what": FactField(edit.field).label}


def who_edited(edit: CompanyFact) -> str:
    """Person and organisation; fetch both with it."""
    return ", ".join(str(each.name) for each in (edit.person, edit.organisation) if each)


def changed_words(kinds: list[str]) -> str:
    """What an import did, in words: events first, then the fields that are no event."""
    events = [str(EVENTS[kind]) for kind in kinds if kind in EVENTS]
    covered = {"closed": {"status", "ended_on"}, "moved": {"municipality"}, "renamed": {"name", "names"}}
    told = set().union(*(covered.get(kind, set()) for kind in kinds), EVENTS)
    fields = [str(LABELS[kind]) for kind in kinds if kind in LABELS and kind not in told]
    changed = _("Changed: %(what)s") % {"what": ", ".join(fields)} if fields else ""
    return ". ".join(filter(None, [*events, changed])) or _("Dates were made more exact")


def _hits(companies: Iterable[FoundCompany]) -> list[SearchHit]:
    found = []
    for each in companies:
        state = CompanyStatus(each.status).label if each.status != CompanyStatus.ACTIVE else ""
        detail = ", ".join(filter(None, (each.business_id, each.municipality, str(state))))
        detail = ". ".join(filter(None, (detail, _found_by(each))))
        found.append(SearchHit(each.name, detail, reverse("customers:company", args=[each.business_id]), "company"))
    return found


def _found_by(found: FoundCompany) -> str:
    """By what it was found when that is not its own name: a shop is no company, and a former name is its name no more."""
    if found.kind == ESTABLISHMENT:
        closed = _("closed") if found.is_closed else ""
        return _("Place of business: %(name)s") % {"name": ", ".join(filter(None, (found.by_name or found.name, found.place, closed)))}
    if not found.by_name or found.kind not in NameKind.values or found.kind == NameKind.OFFICIAL:
        return found.by_name
    return f"{NameKind(found.kind).label}: {found.by_name}"


SOURCE = SearchSource("companies", 20, lambda actor, text, limit: _hits(companies_named(actor, text, limit)))
NEARLY = SearchSource("companies spelt nearly so", 90, lambda actor, text, limit: _hits(companies_named_nearly(actor, text, limit)), if_nothing=True)
