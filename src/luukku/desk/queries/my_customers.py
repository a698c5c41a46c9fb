"""The customers whom one keeps, with their open matters. Eight statements, however many there are."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.customers.access import kept_by
from luukku.customers.models import Contact, Shepherd, ShepherdHours
from luukku.desk.access import visible_cases, visible_legs
from luukku.desk.models import Case, Chase, Leg


@dataclass(frozen=True)
class KeptCase:
    """One matter: its part that is due first, and whether it was chased today."""

    case: Case
    leg: Leg
    chased: bool


@dataclass(frozen=True)
class KeptCustomer:
    """One relation: her contact data if she lets them be seen, her open matters (the nearest due first), how many have ended, hours in minutes."""

    shepherd: Shepherd
    contact: Contact | None
    company: str
    open: list[KeptCase]
    ended: list[Case]
    minutes: int


def my_customers(actor: Actor) -> list[KeptCustomer]:
    """By the customer's name."""
    kept = list(kept_by(actor).select_related("customer", "contract__buyer"))
    keys = {each.customer_id for each in kept}
    contacts = {each.customer_id: each for each in Contact.objects.filter(customer_id__in=keys)}
    cases: dict[int, list[Case]] = defaultdict(list)
    found = visible_cases(actor).filter(customer_id__in=keys, joined_into=None).select_related("company", "region").defer("search").order_by("-id")
    for case in found:
        cases[case.customer_id or 0].append(case)
    legs: dict[int, list[Leg]] = defaultdict(list)
    for leg in visible_legs(actor).open().filter(case__in=found.values("pk")).select_related("handler", "desk__organisation"):
        legs[leg.case_id].append(leg)
    chased = set(Chase.objects.filter(case__in=found.values("pk"), day=timezone.localdate()).values_list("case_id", flat=True))
    hours = dict(ShepherdHours.objects.filter(shepherd__in=kept, taken_back_at=None).order_by().values_list("shepherd").annotate(Sum("minutes")))
    rows = [_row(each, contacts.get(each.customer_id), cases[each.customer_id], legs, chased, hours.get(each.pk, 0)) for each in kept]
    return sorted(rows, key=lambda row: (row.contact.name_key if row.contact else "\U0010ffff", row.shepherd.pk))


def _row(shepherd: Shepherd, contact: Contact | None, cases: list[Case], legs: dict[int, list[Leg]], chased: set[int], minutes: int) -> KeptCustomer:
    mine = [case for case in cases if shepherd.business_id in ("", case.business_id)]
    still = [KeptCase(case, min(legs[case.pk], key=_urgency), case.pk in chased) for case in mine if case.is_open and legs[case.pk]]
    company = next((case.company_shown for case in mine if case.company_shown), "")
    return KeptCustomer(shepherd, contact, company, sorted(still, key=lambda each: _urgency(each.leg)), [c for c in mine if not c.is_open], minutes)


def _urgency(leg: Leg) -> tuple[datetime, int]:
    return leg.due_sort, leg.pk
