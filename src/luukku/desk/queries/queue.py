"""The queue: open legs in the order of the promise. Six statements at most, whatever its length."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.finnish import finnish_key
from luukku.core.paging import Cursor, capped_counts, keyset_page
from luukku.desk.access import visible_cases, visible_legs
from luukku.desk.enums import CaseState
from luukku.desk.models import Case, Leg
from luukku.desk.queries.choices import Choices, choices
from luukku.desk.queries.search import LAST, NUMBER, customer_name
from luukku.network.enums import ROLES, LanguageCode, Right, Role

SCOPES = ("mine", "desk", "all")
PROMISES = ("late", "today", "week", "waiting")
SORTS = {"due": "due_sort", "received": "received_at", "customer": "customer_key"}
ROWS = 50
COUNT_CAP = 1000
NOBODY = "nobody"
# What a row shows. To read the rest of ten tables for fifty rows would cost more than the database's own work.
_NAMES = tuple(f"name_{language}" for language in LanguageCode.values)
_LEG = (
    "case_id", "position", "desk_id", "service_id", "handler_id", "state", "waiting_for", "waiting_until", "next_step", "next_step_at", "due_at",
    "due_kind", "due_sort", "not_contacted", "answer_awaited", "received_at", "taken_up_at", "customer_key", "language", "municipality_id",
    "desk__organisation_id", "handler__name", *(f"{kind}__{name}" for kind in ("desk", "service") for name in _NAMES),
)  # fmt: skip
_CASE = (
    "number", "subject", "state", "language", "channel", "contacted_at", "needed_by", "sponsor_id", "company_name", "business_id", "company__name",
    "customer__contact__name", "customer__contact__customer_id", *(f"municipality__{name}" for name in _NAMES),
)  # fmt: skip


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
            handler=_key(query.get("handler")),
            unassigned=query.get("handler") == NOBODY,
            municipality=_key(query.get("municipality")),
            service=_key(query.get("service")),
            language=_one_of(query.get("language"), tuple(LanguageCode.values)),
            text=" ".join(query.get("text", "").split())[:80],
            sort=_one_of(query.get("sort"), tuple(SORTS)) or "due",
            cursor=Cursor(_key(query.get("after")), _key(query.get("before"))),
        )

    @property
    def are_set(self) -> bool:
        """Whether anything narrows the queue."""
        return replace(self, scope="mine", sort="due", cursor=Cursor()) != QueueFilters()


@dataclass(frozen=True)
class QueueRow:
    """One leg with its case and the customer's name as it is shown."""

    leg: Leg
    case: Case
    customer: str


@dataclass(frozen=True)
class Queue:
    """`counts` by scope; COUNT_CAP + 1 stands for "over 1,000". `next` and `previous` are keys for `after=` and `before=`."""

    rows: list[QueueRow]
    counts: dict[str, int]
    next: int | None
    previous: int | None
    filters: QueueFilters
    choices: Choices


def queue(actor: Actor, filters: QueueFilters, *, now: datetime | None = None) -> Queue:
    """A page of the queue as the actor may see it."""
    moment = now or timezone.now()
    ours = reading_organisations(actor)
    offers = choices(ours, municipalities=True)
    desks = [pk for pk, _ in offers.desks]
    every = _narrowed(visible_legs(actor).open(), filters, moment)
    scoped = {scope: _in_scope(every, scope, actor, desks) for scope in SCOPES}
    shown = scoped[filters.scope].select_related("desk", "handler", "service").only(*_LEG)
    page = keyset_page(shown, SORTS[filters.sort], filters.cursor, ROWS)
    related = ("company", "municipality", "customer__contact")
    cases = visible_cases(actor).select_related(*related).only(*_CASE).in_bulk([leg.case_id for leg in page.rows])
    rows = []
    for leg in page.rows:
        if leg.case_id in cases:  # gone between the two statements
            leg.case = cases[leg.case_id]
            rows.append(QueueRow(leg, leg.case, customer_name(leg.case)))
    return Queue(rows, capped_counts(scoped, COUNT_CAP), page.next, page.previous, filters, offers)


def reading_organisations(actor: Actor) -> list[int]:
    """Organisations whose cases the actor reads."""
    seats = (seat for seat in actor.seats if seat.organisation_id is not None)
    return sorted({seat.organisation_id or 0 for seat in seats if Right.READ_CASES in ROLES[Role(seat.role)].rights})


def _in_scope(legs: QuerySet[Leg], scope: str, actor: Actor, desk_ids: list[int]) -> QuerySet[Leg]:
    if scope == "mine":
        return legs.filter(handler_id=actor.person_id) if actor.person_id is not None else legs.none()
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
    today = timezone.localdate(now)
    last = today if promise == "today" else today + timedelta(days=6 - today.weekday())
    return timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))


def _key(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def _one_of(text: str | None, allowed: tuple[str, ...]) -> str:
    return text if text in allowed else ""
