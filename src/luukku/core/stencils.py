"""A query whose SQL is made once in a process and filled with values from then on.

To make the SQL of a rich query costs Django more than it costs PostgreSQL to run it, and the text is the same every time. The hottest pages
therefore cut a stencil: the query is built once with marks in place of its values, and the marks' places are remembered.
"""

import copy
from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.utils.translation import get_language

from luukku.core.errors import NotFound
from luukku.core.planned import PlannedConnection

Value = int | str | date | datetime | tuple[int, ...] | tuple[str, ...] | None
Statement = tuple[str, Sequence[Any]]
R = TypeVar("R")
MOST = 200  # texts of one stencil; with more, its shape holds what should be a value


class NotAStencil(Exception):
    """The query cannot be filled in: a value does not reach it unchanged, or it holds a moment that would grow old."""


@dataclass(frozen=True)
class Filled:
    """SQL with its values' places. `holes` are place, name, number within a tuple, and what wraps the value for the driver."""

    sql: str
    params: tuple[Any, ...]
    holes: tuple[tuple[int, str, int | None, Callable[[Any], Any] | None], ...]

    def with_values(self, values: dict[str, Value]) -> Statement:
        params = list(self.params)
        for place, name, number, wrap in self.holes:
            value: Any = values[name]
            if number is not None:
                value = value[number]
            params[place] = value if wrap is None else wrap(value)
        return self.sql, params


class SqlStencil:
    """SQL that `build(*shape, **values)` would give. `shape` chooses how it is built, and never changes with the customer, the day or the page."""

    def __init__(self, build: Callable[..., Statement]) -> None:
        self._build = build
        self._cut: dict[Hashable, Filled | None] = {}

    def filled(self, *shape: Hashable, **values: Value) -> Statement:
        """The statement with these values. Raises NotAStencil, and EmptyResultSet as Django does."""
        key = (get_language(), shape, *((name, _form(value)) for name, value in values.items()))
        if key not in self._cut:
            if len(self._cut) >= MOST:
                self._cut.clear()
            self._cut[key] = self._make(shape, values)
        cut = self._cut[key]
        if cut is None:
            raise EmptyResultSet
        return cut.with_values(values)

    def _make(self, shape: tuple[Hashable, ...], values: dict[str, Value]) -> Filled | None:
        marks = {name: _marks(value, number * 1000) for number, (name, value) in enumerate(values.items())}
        try:
            sql, params = self._build(*shape, **marks)
        except EmptyResultSet:
            with suppress(EmptyResultSet):
                self._build(*shape, **values)
                raise NotAStencil("the marks fit a column less well than the values") from None
            return None
        return _cut(sql, tuple(params), marks)


class Stencil(Generic[R]):
    """Rows of the QuerySet that `build(*shape, **values)` would give; no prefetching. `open_rows`: everybody reads them, so it is planned once."""

    def __init__(self, build: "Callable[..., QuerySet[Any, R]]", *, open_rows: bool = False) -> None:
        self._build, self._open_rows = build, open_rows
        self._compilers: dict[Hashable, tuple[SQLCompiler, type[Any]]] = {}
        self._sql = SqlStencil(self._compiled)

    def _compiled(self, *shape: Hashable, **marks: Value) -> Statement:
        rows = self._build(*shape, **marks)
        compiler = rows.query.get_compiler(using=DEFAULT_DB_ALIAS)
        statement: Statement = compiler.as_sql()
        self._compilers[get_language(), shape] = (compiler, rows._iterable_class)
        return statement

    def rows(self, *shape: Hashable, **values: Value) -> list[R]:
        """One statement. Raises NotAStencil."""
        try:
            statement = self._sql.filled(*shape, **values)
        except EmptyResultSet:
            return []
        known, iterable = self._compilers[get_language(), shape]
        compiler = copy.copy(known)
        used: Any = PlannedConnection() if self._open_rows else connections[DEFAULT_DB_ALIAS]  # each thread has its own
        compiler.connection = used
        compiler.as_sql = lambda *_given, **_named: statement  # type: ignore[assignment,method-assign]
        return list(iterable(_Asked(compiler)))

    def one(self, *shape: Hashable, **values: Value) -> R:
        """The first of the rows; `build` says the order and, where there may be many, the limit. Raises NotFound."""
        found = self.rows(*shape, **values)
        if not found:
            raise NotFound
        return found[0]


class _Asked:
    """What Django's iterables need of a queryset."""

    db = DEFAULT_DB_ALIAS

    def __init__(self, compiler: SQLCompiler) -> None:
        self.compiler, self.query = compiler, self
        self._known_related_objects: dict[Any, Any] = {}

    def get_compiler(self, using: str) -> SQLCompiler:
        return self.compiler


def _form(value: Value) -> Hashable:
    """What of a value decides about the SQL's text."""
    if isinstance(value, bool):
        raise NotAStencil("a truth belongs to the shape")
    return (len(value), *(type(each).__name__ for each in value[:1])) if isinstance(value, tuple) else type(value).__name__


def _marks(value: Value, start: int) -> Value:
    """A value of the same form that occurs nowhere else."""
    if isinstance(value, tuple):
        of_words = bool(value) and isinstance(value[0], str)
        return tuple(f"\ue000{start + number}" if of_words else -(2**62) - start - number for number in range(len(value)))  # type: ignore[return-value]
    if isinstance(value, datetime):
        return datetime(2, 1, 1, tzinfo=UTC) + timedelta(hours=start)
    if isinstance(value, date):
        return date(1, 1, 1) + timedelta(days=start // 1000)
    if isinstance(value, str):
        return f"\ue000{start}"
    return None if value is None else -(2**62) - start


def _cut(sql: str, params: tuple[Any, ...], marks: dict[str, Value]) -> Filled:
    places = {
        mark: (name, number)
        for name, given in marks.items()
        if given is not None
        for number, mark in (enumerate(given) if isinstance(given, tuple) else ((None, given),))
    }
    holes = []
    for place, param in enumerate(params):
        if isinstance(param, (int, str, date)) and param in places:
            plain = type(param) in (int, str, date, datetime)
            holes.append((place, *places[param], None if plain else type(param)))
        elif isinstance(param, date):
            raise NotAStencil("a moment must be given as a value, or it grows old")
    if {hole[1:3] for hole in holes} != set(places.values()) or any(str(mark) in sql for mark in places):
        raise NotAStencil("a value does not reach the statement as it is")
    return Filled(sql, params, tuple(holes))
