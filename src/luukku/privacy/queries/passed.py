"""Customers whom others handle and whose data the actor may read, by their consent or by law."""

from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Func, Q, QuerySet

from luukku.core.actor import Actor, Kind
from luukku.core.errors import NotFound
from luukku.core.finnish import KEY_END, finnish_key
from luukku.core.paging import Cursor, Page, beyond, page_of, start_of
from luukku.core.stencils import Stencil
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
    circles, own = _parted(actor)
    if not circles:
        return Page([], None, None)
    found = _passed(actor.kind, circles, own, **_wanted(text))
    start = start_of(Contact, "name_key", cursor)
    rows = list(beyond(found, "name_key", start, cursor.pk, backwards=cursor.backwards, size=SIZE))
    return page_of(rows, SIZE, started=start is not None, backwards=cursor.backwards)


def passed_named(actor: Actor, text: str, most: int) -> list[tuple[int, str]]:
    """The first of those that fit the text: key of the customer, and what to call her. One statement."""
    circles, own = _parted(actor)
    rows = _named.rows(actor.kind, most, circles=circles, own=own, **_wanted(text)) if circles else []
    return [(pk, name or email or phone) for pk, name, email, phone in rows]


def _build_named(kind: Kind, most: int, circles: tuple[int, ...], own: tuple[int, ...], **wanted: str) -> QuerySet[Contact, tuple[Any, ...]]:
    found = _passed(kind, circles, own, **wanted)
    return found.order_by("name_key", "pk").values_list("customer_id", "name", "email", "phone")[:most]


_named = Stencil(_build_named)


def _parted(actor: Actor) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The actor's principals: her circles', and the others."""
    return tuple(p for p in actor.principals if p < 0), tuple(p for p in actor.principals if p > 0)


def _passed(
    kind: Kind, circles: tuple[int, ...], own: tuple[int, ...], *, email: str = "", key: str = "", until: str = "", phone: str = ""
) -> "QuerySet[Contact]":
    """By e-mail, phone in any notation, or the beginning of a first or last name: ranges, which the wall leaves to the index. Of a common name
    thousands are not the actor's, so those that any circle reads have indexes of their own."""
    found = visible_contacts(Actor(kind, circles)).filter(_OfCircle("readers")).exclude(readers__overlap=list(own))
    if email:
        return found.filter(email_key=email)
    test = Q(name_key__gte=key, name_key__lt=until) | Q(surname_key__gte=key, surname_key__lt=until) if until else Q()
    return found.filter(test | Q(phone_key=phone) if phone else test)


class _OfCircle(Func):
    """SQL: whether any of the readers is a circle, as the indexes `contact_passed_…` say it."""

    template = "0 > any (%(expressions)s)"
    output_field = BooleanField()
    conditional = True


def _wanted(text: str) -> dict[str, str]:
    """What a text looks for."""
    if not text:
        return {}
    if "@" in text:
        return {"email": email_key(text)}
    key, phone = finnish_key(text), phone_key(text)
    return {"key": key, "until": key + KEY_END} | ({"phone": phone} if phone else {})


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
