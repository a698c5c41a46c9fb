"""The queue: open legs in the order of the promise. Six statements at most, whatever its length."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.finnish import finnish_key
from luukku.core.keys import key_of
from luukku.core.paging import Cursor, Page, capped_counts, keyset_page
from luukku.desk.access import visible_legs
from luukku.desk.enums import CaseState
from luukku.desk.models import Case, Leg
from luukku.desk.queries.choices import Choices, choices
from luukku.desk.queries.handovers import handovers_to_count
from luukku.desk.queries.names import Names, names
from luukku.desk.queries.periods import end_of_today, end_of_week
from luukku.desk.queries.search import LAST, NUMBER
from luukku.desk.queries.standing_in import standing_in_for
from luukku.network.enums import ROLES, LanguageCode, Right, Role

SCOPES = ("mine", "desk", "all")
PROMISES = ("late", "today", "week", "waiting")
SORTS = {"due": "due_sort", "received": "received_at", "customer": "customer_key"}
ROWS = 50
COUNT_CAP = 1000
NOBODY = "nobody"
# What is read for a row, in the order in which `_row` takes it. Whole objects of six tables for fifty rows would cost more than the database's work.
_COLUMNS = (
    "pk", "case__number", "case__subject", "case__language", "case__channel", "state", "waiting_for", "waiting_until", "next_step", "due_at",
    "due_kind", "not_contacted", "answer_awaited", "mail_failed", "received_at", "case__needed_by", "handler_id", "handler__name", "desk_id",
    "service_id",
    "municipality_id", "case__company__name", "case__company_name", "case__business_id", "case__customer__contact__name",
)  # fmt: skip
_PLACE = _COLUMNS.index("desk_id")  # desk, service and municipality, whose names are looked up


@dataclass(frozen=True)
class QueueFilters:
    """What the address says; a value that makes no sense is left out."""

    scope: str = "mine"
    promise: str = ""
    handler: int | None = None
    unassigned: bool = False
    municipality: int | None = None
    service: int | None = None
    language: str = ""
    text: str = ""
    sort: str = "due"
    cursor: Cursor = field(default_factory=Cursor)

    @classmethod
    def parse(cls, query: Mapping[str, str]) -> "QueueFilters":
        """From the query of an address (`request.GET`): scope, promise, handler (a key or `nobody`), municipality, service, language,
        text, sort, after, before."""
        return cls(
            scope=_one_of(query.get("scope"), SCOPES) or "mine",
            promise=_one_of(query.get("promise"), PROMISES),
            handler=key_of(query.get("handler")),
            unassigned=query.get("handler") == NOBODY,
            municipality=key_of(query.get("municipality")),
            service=key_of(query.get("service")),
            language=_one_of(query.get("language"), tuple(LanguageCode.values)),
            text=" ".join(query.get("text", "").split())[:80],
            sort=_one_of(query.get("sort"), tuple(SORTS)) or "due",
            cursor=Cursor(key_of(query.get("after")), key_of(query.get("before"))),
        )

    @property
    def are_set(self) -> bool:
        """Whether anything narrows the queue."""
        return replace(self, scope="mine", sort="due", cursor=Cursor()) != QueueFilters()


class QueueRow(NamedTuple):
    """One leg with what the queue shows of its case. A name that is not there is empty; `customer` is the company, else the person."""

    pk: int
    number: str
    subject: str
    language: str
    channel: str
    state: str
    waiting_for: str
    waiting_until: date | None
    next_step: str
    due_at: datetime | None
    due_kind: str
    not_contacted: bool
    answer_awaited: bool
    mail_failed: bool
    received_at: datetime
    needed_by: date | None
    handler_id: int | None
    handler: str
    desk: str
    organisation_id: int
    service: str
    municipality: str
    customer: str


@dataclass(frozen=True)
class Queue:
    """`counts` by scope, and of handovers `incoming` and `sent`; COUNT_CAP + 1 stands for "over 1,000".

    `next` and `previous` are keys for `after=` and `before=`.
    """

    rows: list[QueueRow]
    counts: dict[str, int]
    next: int | None
    previous: int | None
    filters: QueueFilters
    choices: Choices


def queue(actor: Actor, filters: QueueFilters, *, now: datetime | None = None) -> Queue:
    """A page of the queue as the actor may see it."""
    moment = now or timezone.now()
    offers = _offers(actor)
    scoped = _scoped(actor, filters, moment, offers)
    page = _page(scoped[filters.scope], filters, ROWS)
    counts = capped_counts(scoped | handovers_to_count(actor), COUNT_CAP, whole="all", parts=SCOPES)
    return Queue(page.rows, counts, page.next, page.previous, filters, offers)


def queue_rows(actor: Actor, filters: QueueFilters, size: int, *, now: datetime | None = None) -> Page[QueueRow]:
    """So many rows of the queue without counts, for those who read it to the end. Two statements."""
    return _page(_scoped(actor, filters, now or timezone.now(), _offers(actor))[filters.scope], filters, size)


def _offers(actor: Actor) -> Choices:
    return choices(reading_organisations(actor))


def _scoped(actor: Actor, filters: QueueFilters, now: datetime, offers: Choices) -> dict[str, QuerySet[Leg]]:
    desks = [pk for pk, _ in offers.desks]
    every = _narrowed(visible_legs(actor).open(), filters, now)
    return {scope: _in_scope(every, scope, actor, desks) for scope in SCOPES}


def _page(legs: QuerySet[Leg], filters: QueueFilters, size: int) -> Page[QueueRow]:
    found = keyset_page(legs.values_list(*_COLUMNS), SORTS[filters.sort], filters.cursor, size)
    places = [row[_PLACE:] for row in found.rows]
    desks, services, municipalities = ({place[number] for place in places} - {None} for number in range(3))
    known = names(desks=desks, services=services, municipalities=municipalities)
    return Page([_row(values, known) for values in found.rows], found.next, found.previous)


def _row(values: tuple[Any, ...], known: Names) -> QueueRow:
    *plain, handler, desk, service, municipality, company, company_told, business_id, customer = values
    place = (known.desks[desk], known.organisations[desk], known.services.get(service, ""), known.municipalities.get(municipality, ""))
    return QueueRow._make((*plain, handler or "", *place, company or company_told or business_id or customer or ""))


def reading_organisations(actor: Actor) -> list[int]:
    """Organisations whose cases the actor reads."""
    seats = (seat for seat in actor.seats if seat.organisation_id is not None)
    return sorted({seat.organisation_id or 0 for seat in seats if Right.READ_CASES in ROLES[Role(seat.role)].rights})


def _in_scope(legs: QuerySet[Leg], scope: str, actor: Actor, desk_ids: list[int]) -> QuerySet[Leg]:
    if scope == "mine":
        return legs.filter(handler_id__in=[actor.person_id, *standing_in_for(actor)]) if actor.person_id is not None else legs.none()
    if scope == "desk":  # keys, not a join: the database knows how many legs each desk has, and plans by it
        return legs.filter(desk_id__in=desk_ids)
    return legs


def _narrowed(legs: QuerySet[Leg], filters: QueueFilters, now: datetime) -> QuerySet[Leg]:
    if filters.promise == "waiting":
        legs = legs.filter(state=CaseState.WAITING)
    elif filters.promise:
        legs = legs.filter(due_sort__lt=_until(filters.promise, now))
    if filters.unassigned:
        legs = legs.filter(handler=None)
    elif filters.handler is not None:
        legs = legs.filter(handler_id=filters.handler)
    if filters.service is not None:
        legs = legs.filter(service_id=filters.service)
    if filters.municipality is not None:
        legs = legs.filter(municipality_id=filters.municipality)
    if filters.language:
        legs = legs.filter(language=filters.language)
    if filters.text:
        legs = legs.filter(_named(filters.text))
    return legs


def _named(text: str) -> Q:
    """A case number or its beginning; else the beginning of the company's or customer's name. Ranges, which an index answers."""
    if NUMBER.match(text):
        number = text.upper()
        return Q(case__in=Case.objects.filter(number__gte=number, number__lt=number + LAST).values("pk"))
    key = finnish_key(text)
    return Q(customer_key__gte=key, customer_key__lt=key + LAST)


def _until(promise: str, now: datetime) -> datetime:
    """The end of today or of this week (Sunday), by the Finnish clock; now for what is late."""
    if promise == "late":
        return now
    return end_of_today(now) if promise == "today" else end_of_week(now)


def _one_of(text: str | None, allowed: tuple[str, ...]) -> str:
    return text if text in allowed else ""
