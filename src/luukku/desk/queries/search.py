"""The staff's search over cases: by number, name, phone, e-mail or words. Two statements."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from luukku.core.actor import Actor, Kind
from luukku.core.business_id import clean_business_id
from luukku.core.finnish import KEY_END, finnish_key
from luukku.core.registries import SearchHit, SearchSource
from luukku.core.stencils import Stencil
from luukku.customers.models.identifiers import email_key, phone_key
from luukku.desk.access import visible_cases
from luukku.desk.models import Case
from luukku.desk.queries.addresses import case_url
from luukku.desk.queries.nearest import NEAREST, Nearest, said

MOST = 50
NUMBER = re.compile(r"[A-Za-zÅÄÖåäö]{1,4}-\d{0,2}-?\d*\Z")
_SHOWN = ("pk", "number", "subject", "company__name", "company_name", "business_id", "customer__contact__name")


def is_number(text: str) -> bool:
    """Whether it is the beginning of a case number, and can hardly be anything else."""
    return bool(NUMBER.match(text)) and any(letter.isdigit() for letter in text)


class FoundCase(NamedTuple):
    """What a hit shows; `customer` is the company, else the person, else empty."""

    number: str
    subject: str
    customer: str
    due: Nearest = Nearest(None, "")


def find_cases(actor: Actor, text: str, limit: int = MOST) -> list[FoundCase]:
    """Cases that the actor may see, newest first: those found by number, name or address before those found by their words."""
    text = " ".join(text.split())
    if len(text) < 2 or not (actor.is_staff or actor.kind == "house"):
        return []
    found = _found(text, min(limit, MOST))
    rows = _shown.rows(actor.kind, principals=actor.principals, keys=tuple(pk for pk, _ in found))
    cases = {pk: FoundCase(number, subject, next(filter(None, names), ""), said(at, kind)) for pk, number, subject, *names, at, kind in rows}
    return [cases[pk] for pk, _ in found if pk in cases]


def _build_shown(kind: Kind, principals: tuple[int, ...], keys: tuple[int, ...]) -> QuerySet[Case, tuple[Any, ...]]:
    return visible_cases(Actor(kind, principals)).filter(pk__in=keys).order_by().annotate(**NEAREST).values_list(*_SHOWN, *NEAREST)


_shown = Stencil(_build_shown)


def _found(text: str, limit: int) -> list[tuple[int, int]]:
    """Keys of cases with how well they fit (0 best). Prefixes are ranges on keys, which the wall leaves to the index."""
    parts, values = [], []
    for rank, (statement, given) in enumerate(_ways(text)):
        parts.append(f"(select x.id, {rank} as fit from ({statement} limit {limit}) x)")
        values += given
    union = " union all ".join(parts)
    with connection.cursor() as cursor:
        cursor.execute(f"select id, min(fit) from ({union}) u group by id order by min(fit), id desc limit {limit}", values)
        return [(pk, fit) for pk, fit in cursor.fetchall()]


def _ways(text: str) -> list[tuple[str, list[str | int]]]:
    ways: list[tuple[str, list[str | int]]] = []
    if NUMBER.match(text):
        ways.append(("select id from desk_case where number >= %s and number < %s order by number desc", [text.upper(), text.upper() + KEY_END]))
    of_contact = "select c.id from customers_contact k join desk_case c on c.customer_id = k.customer_id where "
    of_company = "select k.id from desk_case k where "
    of_register = "select c.id from customers_companyname k join desk_case c on c.company_id = k.company_id where "  # by any of its names
    if "@" in text:
        ways.append((of_contact + "k.email_key >= %s and k.email_key < %s order by k.email_key", [email_key(text), email_key(text) + KEY_END]))
        return ways
    business_id = clean_business_id(text)
    if business_id is not None:
        ways.append((of_company + "k.business_id = %s", [business_id]))
        ways.append(("select o.case_id as id from desk_outcome o where o.business_id = %s", [business_id]))  # how the company came to be
    number = phone_key(text)
    if number:
        ways.append((of_contact + "k.phone_key = %s", [number]))
    key = finnish_key(text)
    of_place = "select c.id from customers_establishment k join desk_case c on c.company_id = k.company_id where "
    for source, column in (
        (of_company, "company_key"),
        (of_place, "name_key"),
        (of_register, "name_key"),
        (of_contact, "name_key"),
        (of_contact, "surname_key"),
    ):
        ways.append((f"{source}k.{column} >= %s and k.{column} < %s order by k.{column}, k.id", [key, key + KEY_END]))
    if not is_number(text):  # nobody writes a case number into her need
        ways.append(("select wall.desk_search(%s, %s) as id", [text, MOST]))
    return ways


def _hits(actor: Actor, text: str, limit: int) -> Sequence[SearchHit]:
    found = find_cases(actor, text, limit)
    return [SearchHit(f"{each.number} {each.subject}", each.customer, case_url(each.number), "case", each.due.at, each.due.what) for each in found]


SOURCE = SearchSource("cases", 10, _hits)
