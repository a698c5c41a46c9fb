"""A company that could be taken to a meeting, and what the reader has of it already."""

from collections.abc import Sequence
from dataclasses import dataclass

from luukku.core.actor import Actor
from luukku.customers.access import company_in_register
from luukku.customers.models import Company
from luukku.customers.queries.finding import FoundCompany, find_companies
from luukku.desk.access import visible_cases
from luukku.desk.access.desks import handling_organisations
from luukku.desk.models import Case, CaseMeeting
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


def own_desks(actor: Actor, meeting: CaseMeeting) -> list[Desk]:
    """Where the actor may make a matter for this meeting. One statement."""
    found = Desk.objects.filter(region=meeting.series.region_id, deactivated_at=None, organisation__in=handling_organisations(actor))
    return list(found.select_related("organisation", "region").order_by("-is_front", "pk"))
