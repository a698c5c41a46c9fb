"""Keyset paging: the next page begins after the last row seen, so the last page costs what the first does.

A cursor is a row's key; its sort value is read again, so that no name ends up in an address.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Self, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import F, Func, Value

from luukku.core.keys import key_of

T = TypeVar("T")


class _Beyond(Func):
    """SQL: `(sort, id) > (value, id)`: one comparison of rows, which an index on both columns answers."""

    output_field = models.BooleanField()
    conditional = True

    def __init__(self, *expressions: Any, backwards: bool = False) -> None:
        super().__init__(*expressions)
        self.template = "(%(expressions)s)"
        self.sign = "<" if backwards else ">"

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:  # type: ignore[override]
        parts = [compiler.compile(expression) for expression in self.source_expressions]
        column, key, value, last = (sql for sql, _ in parts)
        values = [value for _, given in parts for value in given]
        return f"({column}, {key}) {self.sign} ({value}, {last})", values


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: after a row, or before one (going back). Without either, at the beginning."""

    after: int | None = None
    before: int | None = None

    @classmethod
    def parse(cls, query: Mapping[str, str]) -> Self:
        """By what stands in an address; the first page for what is no key."""
        return cls(key_of(query.get("after")), key_of(query.get("before")))

    @property
    def pk(self) -> int | None:
        return self.before if self.after is None else self.after

    @property
    def backwards(self) -> bool:
        return self.after is None and self.before is not None


@dataclass(frozen=True)
class Page(Generic[T]):
    """Rows of one page; `next` and `previous` are keys to put into `Cursor.after` and `Cursor.before`, None at the ends."""

    rows: list[T]
    next: int | None
    previous: int | None


def beyond(rows: "models.QuerySet[Any, T]", sort: str, start: Any, pk: int | None, *, backwards: bool, size: int) -> "models.QuerySet[Any, T]":
    """The rows of one page and one more, in the order of `sort` (a column that is never null), then key: from a row on, or from the beginning."""
    if start is not None:
        field = rows.model._meta.get_field(sort)
        assert isinstance(field, models.Field)
        rows = rows.filter(_Beyond(F(sort), F("pk"), Value(start, output_field=field), Value(pk), backwards=backwards))
    return rows.order_by(*((f"-{sort}", "-pk") if backwards else (sort, "pk")))[: size + 1]


def paged(rows: "models.QuerySet[Any, T]", sort: str, cursor: Cursor, size: int, *, newest_first: bool = False) -> Page[T]:
    """One page in the order of `sort` (never null), or against it. Two statements, one for the first page."""
    start = start_of(rows.model, sort, cursor)
    found = list(beyond(rows, sort, start, cursor.pk, backwards=cursor.backwards is not newest_first, size=size))
    return page_of(found, size, started=start is not None, backwards=cursor.backwards and start is not None)


def capped_counts(named: "dict[str, models.QuerySet[Any]]", cap: int = 1000) -> dict[str, int]:
    """How many of each; `cap + 1` stands for "over cap", and no more than that are looked at. One statement."""
    counts: list[str] = []
    values: list[Any] = []
    for rows in named.values():
        try:
            sql, given = rows.order_by().values("pk")[: cap + 1].query.sql_with_params()
        except EmptyResultSet:
            sql, given = "select 1 where false", ()
        counts.append(f"(select count(*) from ({sql}) rows)")
        values += given
    with connection.cursor() as asked:
        asked.execute(f"select {', '.join(counts)}", values)
        return dict(zip(named, asked.fetchone(), strict=True))


def start_of(model: type[models.Model], sort: str, cursor: Cursor) -> Any:
    """The sort value of the cursor's row, read again; None without one."""
    if cursor.pk is None:
        return None
    return model._default_manager.filter(pk=cursor.pk).order_by("pk").values_list(sort, flat=True).first()


def page_of(found: list[T], size: int, *, started: bool, backwards: bool) -> Page[T]:
    """The page that `beyond` has found; `started` tells that it begins after or before a row.

    Rows are objects, or tuples whose first value is the key. A cursor's row that is not among what the caller may see gives the first page.
    """
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_next, has_previous = (True, more) if backwards else (more, started)
    return Page(found, _key(found[-1]) if found and has_next else None, _key(found[0]) if found and has_previous else None)


def _key(row: Any) -> int:
    key: int = row[0] if isinstance(row, tuple) else row.pk
    return key


def count_statement(
    named: "dict[str, models.QuerySet[Any]]", cap: int, *, whole: str, parts: Collection[str], over: Collection[str] = ()
) -> tuple[str, list[Any]]:
    """SQL that counts each in the order of `named`; `cap + 1` stands for "over cap", and no more than that are looked at.

    `whole` names the one that holds all of `parts`: once one of those is over the cap, it is not looked at.
    Nor are those named in `over`, which are known to be.
    """
    counts: dict[str, str] = {}
    values: list[Any] = []
    for name in sorted(named, key=lambda name: name == whole):  # the whole comes last
        if name in over:
            counts[name] = f"{cap + 1}"
            continue
        try:
            sql, given = named[name].order_by().values("pk")[: cap + 1].query.sql_with_params()
        except EmptyResultSet:
            sql, given = "select 1 where false", ()
        counts[name] = f"(select count(*) from ({sql}) rows)"
        values += given
    has_more = f"greatest({', '.join(parts)}) > {cap}"
    every = counts.pop(whole)
    columns = ", ".join(f"{sql} {name}" for name, sql in counts.items())
    shown = ", ".join(f"case when {has_more} then {cap + 1} else {every} end" if name == whole else name for name in named)
    return f"with parts as materialized (select {columns}) select {shown} from parts", values
