"""What the page of a customer shows to those who handle a matter of hers: how to reach her, her companies, who keeps her, what she lets be done."""

from dataclasses import dataclass
from datetime import datetime

from luukku.core.actor import Actor
from luukku.customers.access import visible_consents, visible_relations, visible_shepherds
from luukku.customers.models import Company, Consent, Customer, Relation, Shepherd


@dataclass(frozen=True)
class Belongs:
    """That she is a customer as one of a company; `company` is None for one that the register does not know."""

    relation: Relation
    company: Company | None


@dataclass(frozen=True)
class CustomerPage:
    since: datetime  # from when on she has been a customer
    companies: list[Belongs]
    keepers: list[Shepherd]
    consents: list[Consent]


def customer_page(actor: Actor, customer: Customer) -> CustomerPage:
    """Four statements."""
    every = list(visible_relations(actor).filter(customer=customer).select_related("region"))
    relations = [each for each in every if each.business_id or each.company_name]
    known = {each.business_id: each for each in Company.objects.filter(business_id__in={each.business_id for each in relations} - {""})}
    keepers = visible_shepherds(actor).in_force().filter(customer=customer).prefetch_related(None)
    consents = visible_consents(actor).in_force().filter(customer=customer).select_related("region").order_by("kind", "-given_at", "-pk")
    since = min((each.since for each in every), default=customer.created_at)
    return CustomerPage(since, [Belongs(each, known.get(each.business_id)) for each in relations], list(keepers), list(consents))
