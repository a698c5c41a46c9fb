"""The people of a company as the reader may know them: contact data where she may, and that there is more where the law lets her know it."""

from dataclasses import dataclass, field
from typing import Any

from luukku.core.actor import Actor
from luukku.customers.access import visible_consents, visible_contacts, visible_relations, visible_shepherds
from luukku.customers.enums import ConsentKind, ConsentScope
from luukku.customers.models import Company, Contact, Relation, Shepherd
from luukku.network.access import is_inside

MOST = 20


@dataclass(frozen=True)
class Someone:
    """A customer of the company whose contact data the reader may read; `passes` is how far she lets her data be passed on, if that is known;
    `keeper` who keeps her in matters of this company, as far as the reader may know."""

    contact: Contact
    relation: Relation
    passes: str
    keeper: Shepherd | None = None
    is_own: bool = False  # the reader's organisation handles a matter of hers


@dataclass(frozen=True)
class People:
    known: list[Someone] = field(default_factory=list)
    more: list[Relation] = field(default_factory=list)  # of whom the reader may know only that the company is a customer, and where


def people_of(actor: Actor, company: Company) -> People:
    """Four statements."""
    relations = visible_relations(actor).filter(business_id=company.business_id).select_related("region")[:MOST]
    found = {each.customer_id: each for each in relations}
    contacts = {each.customer_id: each for each in visible_contacts(actor).filter(customer__in=found)}
    consents = visible_consents(actor).in_force().filter(customer__in=found, kind=ConsentKind.PASSING, matter=None)
    passes = {each.customer_id: str(ConsentScope(each.scope).label) for each in consents}
    kept = visible_shepherds(actor).in_force().filter(customer__in=found, business_id__in={"", company.business_id}).prefetch_related(None)
    keepers = {each.customer_id: each for each in kept}
    reached = {key: each for key, each in contacts.items() if each.name or each.email or each.phone}  # of the forgotten nothing is left
    own = {principal for principal in actor.principals if principal > 0}
    known = [
        Someone(reached[key], each, passes.get(key, ""), keepers.get(key), is_own=not own.isdisjoint(reached[key].readers))
        for key, each in found.items()
        if key in reached
    ]
    regions = {each.region_id: each for key, each in found.items() if key not in contacts}
    return People(known, list(regions.values()))


def people_panel(actor: Actor, company: Company) -> dict[str, Any] | None:
    """For the company's page; nothing for who reads no customers."""
    if not is_inside(actor) or not actor.principals:
        return None
    people = people_of(actor, company)
    return {"people": people} if people.known or people.more else None
