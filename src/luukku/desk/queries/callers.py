"""Who calls: customers whom the desk knows, by number, e-mail, name or company, with their open matters. Three statements.

A company is known by any of its names and by those of its places of business.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from luukku.core.actor import Actor
from luukku.core.business_id import clean_business_id
from luukku.core.finnish import KEY_END, finnish_key
from luukku.customers.access import visible_contacts
from luukku.customers.models import CompanyName, Contact, Establishment
from luukku.customers.models.identifiers import email_key, phone_key
from luukku.desk.access import visible_cases
from luukku.desk.models import Case
from luukku.desk.queries.nearest import NEAREST

MOST = 5
_MOST_CASES = 3


@dataclass(frozen=True)
class Caller:
    """A customer that the actor may see; `open` are her open cases (with NEAREST), newest first, a few of them.

    `company` is that of her newest matter of a company, whose number is `company_case`.
    """

    contact: Contact
    company: str
    municipality: str
    open: list[Case]
    company_case: str = ""


def find_callers(actor: Actor, text: str) -> list[Caller]:
    """At most MOST customers. Nothing for less than three letters or digits."""
    text = " ".join(text.split())
    if len(text) < 3 or not actor.is_staff:
        return []
    fits = _fits(actor, text)
    return _callers(actor, list(visible_contacts(actor).filter(fits).order_by("name_key", "id")[:MOST]))


def _fits(actor: Actor, text: str) -> Q:
    number = phone_key(text)
    if number:
        return Q(phone_key=number)
    if "@" in text:
        key = email_key(text)
        return Q(email_key__gte=key, email_key__lt=key + KEY_END)
    key = finnish_key(text)
    named = Q(name_key__gte=key, name_key__lt=key + KEY_END) | Q(surname_key__gte=key, surname_key__lt=key + KEY_END)
    business_id = clean_business_id(text)
    begins = {"name_key__gte": key, "name_key__lt": key + KEY_END}
    called = (
        CompanyName.objects.filter(**begins).order_by().values("company").union(Establishment.objects.filter(**begins).order_by().values("company"))
    )
    told = Q(company_key__gte=key, company_key__lt=key + KEY_END) | Q(company__in=called)
    of_company = (
        visible_cases(actor).filter(Q(business_id=business_id) if business_id else told).exclude(customer=None).order_by().values("customer_id")
    )
    return named | Q(customer_id__in=of_company)


def _callers(actor: Actor, contacts: list[Contact]) -> list[Caller]:
    if not contacts:
        return []
    keys = [contact.customer_id for contact in contacts]
    rows: dict[int, list[Case]] = defaultdict(list)
    for case in (
        visible_cases(actor)
        .filter(customer_id__in=keys)
        .select_related("company", "municipality", "sponsor")
        .defer("search")
        .annotate(**NEAREST)
        .order_by("-id")[:60]
    ):
        rows[case.customer_id or 0].append(case)
    return [_caller(contact, rows[contact.customer_id]) for contact in contacts]


def _caller(contact: Contact, cases: list[Case]) -> Caller:
    of = next((case for case in cases if case.company_shown), None)
    company = of.company_shown if of is not None else ""
    place = next((str(case.municipality.name) for case in cases if case.municipality), "")
    return Caller(contact, company, place, [case for case in cases if case.is_open][:_MOST_CASES], of.number if of is not None else "")
