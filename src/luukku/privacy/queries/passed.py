"""Customers whom others handle and whose data the actor may read, by their consent or by law."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.core.finnish import KEY_END, finnish_key
from luukku.core.paging import Cursor, Page, beyond, page_of, start_of
from luukku.customers.access import visible_contacts
from luukku.customers.models import Contact, Relation
from luukku.customers.models.identifiers import email_key, phone_key
from luukku.desk.models import CaseSummary, Outcome
from luukku.network.access import visible_organisations

SIZE = 50
FIRST = Cursor()


@dataclass(frozen=True)
class Summary:
    """What a matter is about, how it stands, who works on it, what came of it."""

    case: CaseSummary
    organisations: list[str]
    outcomes: list[Outcome]


@dataclass(frozen=True)
class Passed:
    """All of one customer that the actor may read; `contact` is None where only her company's relation or matters pass."""

    customer_id: int
    contact: Contact | None
    relations: list[Relation]
    summaries: list[Summary]


def passed_contacts(actor: Actor, *, text: str = "", cursor: Cursor = FIRST) -> Page[Contact]:
    """Contact data that were passed on to the actor, by name. Two statements."""
    own, circles = [p for p in actor.principals if p > 0], [p for p in actor.principals if p < 0]
    if not circles:
        return Page([], None, None)
    found = visible_contacts(actor).filter(readers__overlap=circles).exclude(readers__overlap=own).select_related("customer")
    if text:
        found = _matching(found, text)
    start = start_of(Contact, "name_key", cursor)
    rows = list(beyond(found, "name_key", start, cursor.pk, backwards=cursor.backwards, size=SIZE))
    return page_of(rows, SIZE, started=start is not None, backwards=cursor.backwards)


def _matching(found: "QuerySet[Contact]", text: str) -> "QuerySet[Contact]":
    """By e-mail, phone in any notation, or the beginning of a first or last name: ranges, which the wall leaves to the index."""
    if "@" in text:
        return found.filter(email_key=email_key(text))
    key = finnish_key(text)
    test = Q(name_key__gte=key, name_key__lt=key + KEY_END) | Q(surname_key__gte=key, surname_key__lt=key + KEY_END)
    return found.filter(test | Q(phone_key=phone_key(text)) if phone_key(text) else test)


def get_passed(actor: Actor, customer_id: int) -> Passed:
    """Raises NotFound when the actor may read nothing of the customer. Five statements."""
    principals = list(actor.principals)
    if not actor.is_staff or not principals:
        raise NotFound
    contact = visible_contacts(actor).filter(customer_id=customer_id).first()
    relations = list(Relation.objects.filter(customer=customer_id, readers__overlap=principals).select_related("region"))
    cases = list(CaseSummary.objects.filter(customer=customer_id, readers__overlap=principals).select_related("region"))
    if contact is None and not relations and not cases:
        raise NotFound
    names = {each.pk: str(each.name) for each in visible_organisations(actor).filter(pk__in={pk for each in cases for pk in each.organisations})}
    outcomes: dict[int, list[Outcome]] = {}
    for outcome in Outcome.objects.filter(case__in=[each.pk for each in cases], readers__overlap=principals).order_by("id"):
        outcomes.setdefault(outcome.case_id, []).append(outcome)
    lines = [Summary(each, [names[pk] for pk in each.organisations if pk in names], outcomes.get(each.pk, [])) for each in cases]
    return Passed(customer_id, contact, relations, lines)
