"""A company that could be taken to a meeting, and what the reader has of it already."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from luukku.core.actor import Actor
from luukku.customers.access import company_in_register
from luukku.customers.models import Company
from luukku.customers.queries.finding import FoundCompany, find_companies
from luukku.desk.access import visible_cases
from luukku.desk.access.desks import handling_organisations
from luukku.desk.models import Case, CaseMeeting, MeetingParty
from luukku.network.models import Desk

MOST = 10


@dataclass(frozen=True)
class CompanyChoice:
    """What was searched for: companies that fit, or the one that was chosen with its open matters that the reader has a part in."""

    found: Sequence[FoundCompany] = ()
    company: Company | None = None
    name: str = ""  # of one that is not in the register
    open: Sequence[Case] = ()

    @property
    def is_chosen(self) -> bool:
        return self.company is not None or bool(self.name)


def company_choice(actor: Actor, meeting: CaseMeeting, *, text: str, business_id: str, name: str) -> CompanyChoice:
    """By business ID or as written by name once chosen, else what fits the text. At most four statements."""
    company = company_in_register(business_id)
    if company is not None or name.strip():
        fits = {"business_id": company.business_id} if company is not None else {"business_id": "", "company_name__iexact": name.strip()}
        cases = visible_cases(actor).open().filter(region=meeting.series.region_id, **fits).defer("search").order_by("-pk")
        return CompanyChoice(company=company, name="" if company is not None else name.strip(), open=list(cases[:MOST]))
    return CompanyChoice(find_companies(actor, text, MOST) if text.strip() else ())


def meetings_for_company(actor: Actor) -> list[CaseMeeting]:
    """Coming meetings to which the actor may bring a company: her organisation meets there and has a desk in the region. At most one statement."""
    ours = handling_organisations(actor)
    if not ours:
        return []
    party = MeetingParty.objects.filter(series=OuterRef("series"), organisation__in=ours)
    desk = Desk.objects.filter(region=OuterRef("series__region"), deactivated_at=None, organisation__in=ours)
    found = CaseMeeting.objects.coming().filter(Exists(party), Exists(desk), series__ended_at=None)
    return list(found.select_related("series").order_by("starts_at", "id")[:MOST])


def own_desks(actor: Actor, meeting: CaseMeeting) -> list[Desk]:
    """Where the actor may make a matter for this meeting. One statement."""
    found = Desk.objects.filter(region=meeting.series.region_id, deactivated_at=None, organisation__in=handling_organisations(actor))
    return list(found.select_related("organisation", "region").order_by("-is_front", "pk"))
