"""Keyset paging: the next page begins after the last row seen, so the last page costs what the first does.

A cursor is a row's key; its sort value is read again, so that no name ends up in an address.
"""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import F, Func, Value

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


def keyset_page(rows: "models.QuerySet[Any, T]", sort: str, cursor: Cursor, size: int) -> Page[T]:
    """One page of `rows` in the order of `sort` (a column that is never null), then key. Two statements at most, one at the beginning.

    Rows are objects, or tuples of `values_list` whose first value is the key. A cursor's row that is not among what the caller may see gives
    the first page.
    """
    start: Sequence[Any] | None = None
    if cursor.pk is not None:
        start = rows.model._default_manager.filter(pk=cursor.pk).order_by("pk").values_list(sort, "pk").first()
    backwards = cursor.backwards and start is not None
    if start is not None:
        field = rows.model._meta.get_field(sort)
        assert isinstance(field, models.Field)
        beyond = _Beyond(F(sort), F("pk"), Value(start[0], output_field=field), Value(start[1]), backwards=backwards)
        rows = rows.filter(beyond)
    order = (f"-{sort}", "-pk") if backwards else (sort, "pk")
    found = list(rows.order_by(*order)[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_next, has_previous = (True, more) if backwards else (more, start is not None)
    return Page(found, _key(found[-1]) if found and has_next else None, _key(found[0]) if found and has_previous else None)


def _key(row: Any) -> int:
    key: int = row[0] if isinstance(row, tuple) else row.pk
    return key


def capped_counts(named: "dict[str, models.QuerySet[Any]]", cap: int = 1000, *, whole: str = "", parts: Collection[str] = ()) -> dict[str, int]:
    """How many rows each has, in one statement; `cap + 1` stands for "over cap", and no more than that are looked at.

    `whole` names the one that holds all of `parts`: once one of those is over the cap, it is not looked at.
    """
    counts: dict[str, str] = {}
    values: list[Any] = []
    for name in sorted(named, key=lambda name: name == whole):  # the whole comes last
        with suppress(EmptyResultSet):
            sql, given = named[name].order_by().values("pk")[: cap + 1].query.sql_with_params()
            counts[name] = f"(select count(*) from ({sql}) rows)"
            values += given
    if not counts:
        return dict.fromkeys(named, 0)
    with connection.cursor() as cursor:
        cursor.execute(_count_all(counts, cap, whole, parts), values)
        found = cursor.fetchone()
    return dict.fromkeys(named, 0) | dict(zip(counts, found or (), strict=True))


def _count_all(counts: dict[str, str], cap: int, whole: str, parts: Collection[str]) -> str:
    others = {name: sql for name, sql in counts.items() if name != whole}
    if not set(parts) & set(others) or whole not in counts:
        return f"select {', '.join(counts.values())}"
    names = {name: f"n{number}" for number, name in enumerate(others)}
    columns = ", ".join(f"{sql} {names[name]}" for name, sql in others.items())
    over = f"greatest({', '.join(names[name] for name in parts if name in names)}) > {cap}"
    return f"with parts as materialized (select {columns}) select parts.*, case when {over} then {cap + 1} else {counts[whole]} end from parts"
