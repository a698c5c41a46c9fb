"""Visits for screens: the list of one's organisations, one with all that is known before it and came of it, and the form of its report."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet

from luukku.core.actor import Actor
from luukku.core.keys import key_of
from luukku.core.paging import Cursor, Page, capped_counts, paged
from luukku.customers.models import Company
from luukku.customers.queries.companies import FactLine, company_page
from luukku.desk.access import visible_cases
from luukku.desk.models import Case
from luukku.desk.queries.addresses import case_url
from luukku.desk.queries.nearest import NEAREST, Nearest, nearest_of
from luukku.relations.access import VISIT_RELATED, get_visit, visible_leads, visible_visits
from luukku.relations.enums import MET, OPEN_LEADS, VisitState
from luukku.relations.models import Lead, NeedQuestion, Visit, VisitNeed, VisitParty, VisitReport
from luukku.relations.queries.contacts import Contacts, contacts_of

SIZE = 50
KNOWN = ("founded_on", "industry", "persons", "turnover", "export", "growth", "stage", "website")


class Tab:
    PLANNED, AFTER, DONE = "suunnitellut", "jalkihoito", "hoidetut"


def _parties() -> "Prefetch[str, QuerySet[VisitParty], str]":
    return Prefetch("parties", VisitParty.objects.select_related("person", "organisation").order_by("id"))


@dataclass(frozen=True)
class Listed:
    """One page of the visits of one tab, the next ones first, what is over newest first; `counts` by tab, 1,001 for "over 1,000"."""

    tab: str
    page: Page[Visit]
    counts: dict[str, int]


def listed(actor: Actor, tab: str, cursor: Cursor, *, mine: bool = False, size: int = SIZE) -> Listed:
    """Three statements however many there are, four past the first page; `mine` are those on which the actor goes herself."""
    every = visible_visits(actor)
    if mine:
        every = every.filter(Exists(VisitParty.objects.filter(visit=OuterRef("pk"), person=actor.person_id)))
    states = {Tab.PLANNED: VisitState.PLANNED, Tab.AFTER: VisitState.HELD, Tab.DONE: VisitState.CLOSED}
    tabs = {name: every.filter(state=state) for name, state in states.items()}
    chosen = tab if tab in tabs else Tab.PLANNED
    rows = tabs[chosen].select_related("company__municipality").prefetch_related(_parties())
    return Listed(chosen, paged(rows, "sort_day", cursor, size, newest_first=chosen == Tab.DONE), capped_counts(tabs))


@dataclass(frozen=True)
class Known:
    """What is known of a company before a visit, as far as the reader may see it."""

    facts: Sequence[FactLine]
    contacts: Contacts
    cases: Sequence[tuple[Case, str, Nearest]]
    leads: Sequence[Lead]
    earlier: Sequence[VisitReport]


def known_of(actor: Actor, company: Company, *, but: int) -> Known:
    """A dozen statements."""
    facts = {each.field: each for each in company_page(company).facts}
    cases = (
        visible_cases(actor).filter(business_id=company.business_id, is_open=True).annotate(**NEAREST).select_related("region").order_by("-pk")[:10]
    )
    leads = visible_leads(actor).filter(company=company, state__in=OPEN_LEADS).select_related("to_organisation").order_by("-pk")[:10]
    visits = visible_visits(actor).filter(company=company, state__in=MET).exclude(pk=but)
    earlier = VisitReport.objects.filter(visit__in=visits).select_related("visit", "person", "organisation").order_by("-visit__day", "-id")[:5]
    known = [facts[name] for name in KNOWN if name in facts]
    matters = [(each, case_url(each.number), nearest_of(each)) for each in cases]
    return Known(known, contacts_of(actor, company), matters, list(leads), list(earlier))


@dataclass(frozen=True)
class VisitPage:
    visit: Visit
    parties: Sequence[VisitParty]
    reports: Sequence[VisitReport]
    needs: Sequence[VisitNeed]
    answers: dict[int, list[VisitNeed]]
    own: VisitParty | None
    questions: Sequence[NeedQuestion]
    known: Known | None
    case_urls: dict[int, str] = field(default_factory=dict)

    @property
    def own_report(self) -> VisitReport | None:
        return next((each for each in self.reports if self.own is not None and each.person_id == self.own.person_id), None)


def visit_page(actor: Actor, pk: int) -> VisitPage:
    """A fixed number of statements; what is known is fetched while the visit is to come. Raises NotFound."""
    visit = get_visit(actor, pk)
    parties = list(visit.parties.select_related("person", "organisation").order_by("id"))
    reports = list(visit.reports.select_related("person", "organisation").order_by("id"))
    answers = list(visit.needs.select_related("question", "given_to", "report").order_by("report_id", "question__position", "slot"))
    by_report: dict[int, list[VisitNeed]] = {}
    for each in answers:
        by_report.setdefault(each.report_id, []).append(each)
    own = next((each for each in parties if each.person_id == actor.person_id), None)
    mine = visible_cases(actor).filter(pk__in=[each.case_id for each in answers if each.case_id])
    urls = {each.pk: case_url(each.number) for each in mine}
    known = known_of(actor, visit.company, but=visit.pk) if visit.state == VisitState.PLANNED else None
    return VisitPage(visit, parties, reports, [each for each in answers if each.is_need], by_report, own, questions_of(visit), known, urls)


def questions_of(visit: Visit) -> list[NeedQuestion]:
    """Of the visit's map, in order. One statement, or none."""
    return list(NeedQuestion.objects.filter(need_map=visit.need_map_id, is_hidden=False).order_by("position", "id")) if visit.need_map_id else []


def report_of(actor: Actor, visit: Visit) -> VisitReport | None:
    """The actor's own report, with its answers fetched."""
    return VisitReport.objects.filter(visit=visit, person=actor.person_id).prefetch_related("needs__question").first()


def need_of(visit: Visit, pk: str | int) -> VisitNeed | None:
    key = key_of(str(pk))
    return visit.needs.filter(pk=key).first() if key is not None else None


def visits_of_company(actor: Actor, company: Company) -> list[Visit]:
    """Those that the actor reads, newest first. Two statements."""
    found = visible_visits(actor).filter(company=company).exclude(state=VisitState.CANCELLED).select_related(*VISIT_RELATED)
    return list(found.prefetch_related(_parties()).order_by(F("day").desc(nulls_first=True), "-id")[:20])
