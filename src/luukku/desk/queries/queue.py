"""The queue: open legs in the order of the promise. Six statements at most, whatever its length."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.finnish import KEY_END, finnish_key
from luukku.core.keys import key_of
from luukku.core.paging import Cursor, Page
from luukku.core.translated import said_in
from luukku.desk.access.desks import handling_organisations
from luukku.desk.queries.choices import Choices, choices
from luukku.desk.queries.names import Names, desks_of, names
from luukku.desk.queries.needed import Pair, ready_day, typical_days
from luukku.desk.queries.periods import end_of_today, end_of_week
from luukku.desk.queries.queue_legs import NEEDED, PLACE, SCOPES, Asked
from luukku.desk.queries.search import NUMBER
from luukku.desk.queries.standing_in import standing_in_for
from luukku.network.enums import ROLES, LanguageCode, Right, Role

PROMISES = ("late", "today", "week", "waiting")
SORTS = {"due": "due_sort", "received": "received_at", "customer": "customer_key"}
ROWS = 50
COUNT_CAP = 1000
NOBODY = "nobody"


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
            cursor=Cursor.parse(query),
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
    next_step_at: datetime | None
    due_at: datetime | None
    look_at: datetime | None
    due_kind: str
    not_contacted: bool
    answer_awaited: bool
    mail_failed: bool
    call_waits: bool
    received_at: datetime
    needed_by: date | None
    need: str
    need_texts: dict[str, str]
    handler_id: int | None
    handler: str
    desk: str
    organisation_id: int
    service: str
    municipality: str
    customer: str
    call_back: str  # the number of a missed call that nobody has returned yet
    ready: date | None  # the day on which such matters are typically settled, if its customer needs it by some day

    @property
    def about(self) -> str:
        """This part's own need in the reader's language; empty where it is that of the whole matter."""
        return said_in(self.need_texts, self.need)


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
    offers = choices(reading_organisations(actor))
    asked = _asked(actor, filters, now or timezone.now(), offers)
    page = _page(asked, filters, ROWS)
    handling = desks_of(handling_organisations(actor))
    return Queue(page.rows, asked.counts(handling, COUNT_CAP), page.next, page.previous, filters, offers)


def queue_rows(actor: Actor, filters: QueueFilters, size: int, *, now: datetime | None = None) -> Page[QueueRow]:
    """So many rows of the queue without counts, for those who read it to the end. Two statements."""
    return _page(_asked(actor, filters, now or timezone.now(), choices(reading_organisations(actor))), filters, size)


def _asked(actor: Actor, filters: QueueFilters, now: datetime, offers: Choices) -> Asked:
    by_number = bool(NUMBER.match(filters.text))
    least = filters.text.upper() if by_number else finnish_key(filters.text)
    return Asked(
        kind=actor.kind,
        principals=actor.principals,
        mine=() if actor.person_id is None else (actor.person_id, *standing_in_for(actor)),
        desks=tuple(pk for pk, _ in offers.desks),
        waiting=filters.promise == "waiting",
        until=_until(filters.promise, now) if filters.promise not in ("", "waiting") else None,
        unassigned=filters.unassigned,
        by_number=by_number,
        narrowed={
            "handler": None if filters.unassigned else filters.handler, "service": filters.service, "municipality": filters.municipality,
            "language": filters.language or None, "least": least if filters.text else None, "most": least + KEY_END if filters.text else None,
        },
    )  # fmt: skip


def _page(asked: Asked, filters: QueueFilters, size: int) -> Page[QueueRow]:
    found = asked.page(filters.scope, SORTS[filters.sort], filters.cursor, size)
    places = [row[PLACE:] for row in found.rows]
    desks, services, municipalities = ({place[number] for place in places} - {None} for number in range(3))
    pairs = {(row[PLACE - 1], row[PLACE + 1]) for row in found.rows if row[NEEDED] is not None and row[PLACE + 1] is not None}
    typical = typical_days(pairs) if pairs else {}
    known = names(desks=desks, services=services, municipalities=municipalities)
    rows = [_row(values, known, typical) for values in found.rows]
    return Page(rows, found.next, found.previous)


def _row(values: tuple[Any, ...], known: Names, typical: Mapping[Pair, float | None]) -> QueueRow:
    *plain, handler, contacted_at, region, desk, service, municipality, company, company_told, business_id, customer, call_back = values
    place = (known.desks[desk], known.organisations[desk], known.services.get(service, ""), known.municipalities.get(municipality, ""))
    ready = ready_day(contacted_at, typical.get((region, service))) if plain[NEEDED] is not None else None
    return QueueRow._make((*plain, handler or "", *place, company or company_told or business_id or customer or "", call_back or "", ready))


def reading_organisations(actor: Actor) -> list[int]:
    """Organisations whose cases the actor reads."""
    seats = (seat for seat in actor.seats if seat.organisation_id is not None)
    return sorted({seat.organisation_id or 0 for seat in seats if Right.READ_CASES in ROLES[Role(seat.role)].rights})


def _until(promise: str, now: datetime) -> datetime:
    """The end of today or of this week (Sunday), by the Finnish clock; now for what is late."""
    if promise == "late":
        return now
    return end_of_today(now) if promise == "today" else end_of_week(now)


def _one_of(text: str | None, allowed: tuple[str, ...]) -> str:
    return text if text in allowed else ""
