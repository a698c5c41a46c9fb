"""What a company's page shows of visits and leads: when it was met by whom, for all; more for those who took part."""

from typing import Any

from luukku.core.actor import Actor
from luukku.customers.models import Company
from luukku.network.access import is_inside
from luukku.relations.access import works_with_companies
from luukku.relations.queries.account_plans import plans_of_company
from luukku.relations.queries.contacts import contacts_of
from luukku.relations.queries.leads import leads_of_company
from luukku.relations.queries.visits import visits_of_company


def company_panel(actor: Actor, company: Company) -> dict[str, Any] | None:
    """Five statements; None for whoever is not of the network."""
    if not is_inside(actor):
        return None
    return {
        "company": company, "contacts": contacts_of(actor, company), "visits": visits_of_company(actor, company),
        "leads": leads_of_company(actor, company), "plans": plans_of_company(actor, company), "works": works_with_companies(actor),
    }  # fmt: skip
