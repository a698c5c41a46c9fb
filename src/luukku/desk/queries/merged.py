"""Two records of a customer side by side, and mergings that stand."""

from dataclasses import dataclass

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.customers.access import own_contacts
from luukku.customers.models import Contact
from luukku.desk.access import get_case, visible_cases
from luukku.desk.models import Case, CustomerMerging
from luukku.network.enums import Right

MOST = 10


@dataclass(frozen=True)
class Record:
    """One record: contact data, and its matters as the reader sees them, newest first."""

    contact: Contact
    cases: list[Case]


def records_of(actor: Actor, number: str, other: str) -> tuple[Record, Record]:
    """The customers of two matters. Raises NotFound, NotAllowed. Six statements."""
    cases = [get_case(actor, each, need=Right.HANDLE_CASES) for each in (number, other)]
    asked = own_contacts(actor).select_related("customer").filter(customer__in=[each.customer_id for each in cases])
    contacts = {each.customer_id: each for each in asked}
    if any(each.customer_id is None or each.customer_id not in contacts for each in cases):
        raise NotFound
    one, two = (Record(contacts[each.customer_id or 0], _cases(actor, each.customer_id)) for each in cases)
    return one, two


def _cases(actor: Actor, customer_id: int | None) -> list[Case]:
    return list(visible_cases(actor).filter(customer=customer_id).select_related("company").defer("search").order_by("-pk")[:MOST])


def merging_of(actor: Actor, *cases: int) -> CustomerMerging | None:
    """The newest merging of the actor's organisations that moved one of these matters and stands. One statement."""
    if not actor.principals:
        return None
    found = CustomerMerging.objects.filter(readers__overlap=list(actor.principals), undone_at=None).select_related("merged_by")
    return next((each for each in found if set(cases) & set(each.kept["cases"])), None)
