"""The queue's two statements: a page of legs, and how many each scope holds. Asked all day by everybody, so their SQL is made once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery

from luukku.core.actor import Actor, Kind
from luukku.core.paging import Cursor, Page, beyond, count_statement, page_of, start_of
from luukku.core.remembered import Remembered
from luukku.core.stencils import SqlStencil, Statement, Stencil, Value
from luukku.customers.models import Company, Contact
from luukku.desk.access import visible_legs
from luukku.desk.enums import CaseState, Channel
from luukku.desk.models import Case, Leg
from luukku.desk.queries.handovers import handovers_to_count

SCOPES = ("mine", "desk", "all")
COUNTED = (*SCOPES, "incoming", "sent")
# What is read for a row. Whole objects of six tables for fifty rows would cost more than the database's work.
_COLUMNS = (
    "pk", "case__number", "case__subject", "case__language", "case__channel", "state", "waiting_for", "waiting_until", "next_step", "next_step_at",
    "due_at", "look_at", "due_kind", "not_contacted", "answer_awaited", "mail_failed", "call_waits", "received_at", "case__needed_by", "need",
    "need_texts", "handler_id", "handler__name", "case__contacted_at", "case__region_id", "desk_id", "service_id", "municipality_id",
)  # fmt: skip
# Names that few rows need are looked up for each: three joins more would take the database a millisecond to plan.
_COMPANY = Subquery(Company.objects.filter(pk=OuterRef("case__company")).values("name"))
_CUSTOMER = Subquery(Contact.objects.filter(customer=OuterRef("case__customer")).values("name"))
_CALL_BACK = Subquery(Case.objects.filter(pk=OuterRef("case"), channel=Channel.MISSED_CALL, own_words="").values("customer__contact__phone"))
NEEDED = _COLUMNS.index("case__needed_by")
PLACE = _COLUMNS.index("desk_id")  # desk, service and municipality, whose names the caller looks up


@dataclass(frozen=True)
class Asked:
    """Which legs: whose, and how narrowed. `narrowed` holds handler, service, municipality, language, and the range of a number or name."""

    kind: Kind
    principals: tuple[int, ...]
    mine: tuple[int, ...]
    desks: tuple[int, ...]
    waiting: bool
    until: datetime | None
    unassigned: bool
    by_number: bool
    narrowed: dict[str, Value]

    @property
    def _shape(self) -> tuple[Kind, bool, bool, bool]:
        return self.kind, self.waiting, self.unassigned, self.by_number

    @property
    def _values(self) -> dict[str, Value]:
        return {"principals": self.principals, "until": self.until, **self.narrowed}

    def page(self, scope: str, sort: str, cursor: Cursor, size: int) -> Page[tuple[Any, ...]]:
        """Rows of `_COLUMNS`, then the company's name, its name and ID as told, the customer's name,
        the number of a missed call that waits. Two statements, one at the beginning."""
        start = start_of(Leg, sort, cursor)
        backwards = cursor.backwards and start is not None
        of_scope: dict[str, Value] = {"mine": {"mine": self.mine}, "desk": {"desks": self.desks}}.get(scope, {})  # type: ignore[assignment]
        key = cursor.pk if start is not None else None
        found = _rows.rows(*self._shape, scope, sort, backwards, size, **self._values, **of_scope, start=start, start_key=key)
        return page_of(found, size, started=start is not None, backwards=backwards)

    def counts(self, handling: tuple[int, ...], cap: int) -> dict[str, int]:
        """How many legs each scope has, and of these desks' handovers `incoming` and `sent`; `cap + 1` for more. One statement.

        A scope that was over the cap is not looked at again for half a minute: a thousand rows are a fifth of the page's time.
        """
        found: dict[str, int] = {}

        def counted() -> frozenset[str]:
            found.update(self._counted(handling, cap, frozenset()))
            return frozenset(scope for scope in SCOPES if found[scope] > cap)

        over = _over.get((self._shape, tuple(self._values.items()), self.mine, self.desks, cap), counted)
        return found or self._counted(handling, cap, over)

    def _counted(self, handling: tuple[int, ...], cap: int, over: frozenset[str]) -> dict[str, int]:
        mine, desks = (None if name in over else keys for name, keys in (("mine", self.mine), ("desk", self.desks)))
        given = {name: None if over.issuperset(SCOPES) else value for name, value in self._values.items()} | {"principals": self.principals}
        sql, values = _counts.filled(*self._shape, cap, over, **given, mine=mine, desks=desks, handling=handling)
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return dict(zip(COUNTED, cursor.fetchone() or (), strict=True))


def _narrowed(
    shape: tuple[Kind, bool, bool, bool], *, principals: tuple[int, ...], until: datetime | None, handler: int | None, service: int | None,
    municipality: int | None, language: str | None, least: str | None, most: str | None,
) -> QuerySet[Leg]:  # fmt: skip
    kind, waiting, unassigned, by_number = shape
    given = {"due_sort__lt": until, "handler": handler, "service": service, "municipality": municipality, "language": language}
    legs = visible_legs(Actor(kind, principals)).open().filter(**{name: value for name, value in given.items() if value is not None})
    if waiting:
        legs = legs.filter(state=CaseState.WAITING)
    if unassigned:
        legs = legs.filter(handler=None)
    return legs if least is None else legs.filter(_named(least, most, by_number=by_number))


def _named(least: str, most: str | None, *, by_number: bool) -> Q:
    """Case numbers, or names of company or customer, that begin alike. Ranges, which an index answers."""
    if by_number:
        return Q(case__in=Case.objects.filter(number__gte=least, number__lt=most).values("pk"))
    return Q(customer_key__gte=least, customer_key__lt=most)


def _in_scope(legs: QuerySet[Leg], scope: str, mine: tuple[int, ...], desks: tuple[int, ...]) -> QuerySet[Leg]:
    if scope == "mine":
        return legs.filter(handler_id__in=mine)
    if scope == "desk":  # keys, not a join: the database knows how many legs each desk has, and plans by it
        return legs.filter(desk_id__in=desks)
    return legs


def _build_rows(
    kind: Kind, waiting: bool, unassigned: bool, by_number: bool, scope: str, sort: str, backwards: bool, size: int, *,
    start: Any, start_key: int | None, mine: tuple[int, ...] = (), desks: tuple[int, ...] = (), **narrowed: Any,
) -> QuerySet[Leg, tuple[Any, ...]]:  # fmt: skip
    legs = _in_scope(_narrowed((kind, waiting, unassigned, by_number), **narrowed), scope, mine, desks)
    rows = legs.values_list(*_COLUMNS, _COMPANY, "case__company_name", "case__business_id", _CUSTOMER, _CALL_BACK)
    return beyond(rows, sort, start, start_key, backwards=backwards, size=size)


def _build_counts(
    kind: Kind, waiting: bool, unassigned: bool, by_number: bool, cap: int, over: frozenset[str], *,
    mine: tuple[int, ...] | None, desks: tuple[int, ...] | None, handling: tuple[int, ...], **narrowed: Any,
) -> Statement:  # fmt: skip
    legs = _narrowed((kind, waiting, unassigned, by_number), **narrowed)
    scoped: dict[str, QuerySet[Any]] = {scope: legs.none() if scope in over else _in_scope(legs, scope, mine or (), desks or ()) for scope in SCOPES}
    named = scoped | handovers_to_count(Actor(kind, narrowed["principals"]), handling)
    return count_statement(named, cap, whole="all", parts=("mine", "desk"), over=over)


_rows, _counts = Stencil(_build_rows), SqlStencil(_build_counts)
_over: Remembered[frozenset[str]] = Remembered(30)  # by reader and narrowing: scopes that hold more than is counted
