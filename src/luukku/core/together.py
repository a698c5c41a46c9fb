"""Rows of several tables that belong together, inserted by one statement: one trip to the database where each would need its own."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, models
from django.db.models.expressions import DatabaseDefault


def next_key(model: type[models.Model]) -> int:
    """The key of a row that is not there yet, so that others may name it before it is inserted."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval(pg_get_serial_sequence(%s, %s))", [model._meta.db_table, model._meta.pk.column])
        return int(cursor.fetchone()[0])


def insert_together(
    rows: Sequence[models.Model],
    *,
    before: tuple[str, Sequence[Any]] | None = None,
    computed: Mapping[str, str] | None = None,
    returning: str | None = None,
) -> None:
    """Insert unsaved rows in order, one after another, and fill in their keys.

    A row may point to an earlier one that has no key yet. `before` is a first CTE named `b` (SQL and its values); `computed` gives a
    column of the first row as SQL over `b`; `returning` names one column of the first row to read back. Triggers and policies hold as
    for single inserts.
    """
    parts: list[str] = []
    values: list[Any] = []
    if before:
        parts.append(f"b as ({before[0]})")
        values += before[1]
    for number in range(len(rows)):
        own = computed if number == 0 and computed else {}
        parts.append(_insert(rows, number, own, values, "b" if before and number == 0 else "", returning if number == 0 else None))
    wanted = ", ".join(f"t{number}.pk" for number in range(len(rows))) + (", t0.extra" if returning else "")
    froms = ", ".join(f"t{number}" for number in range(len(rows)))
    with connection.cursor() as cursor:
        cursor.execute(f"with {', '.join(parts)} select {wanted} from {froms}", values)
        found = cursor.fetchone()
    assert found is not None
    for number, row in enumerate(rows):
        row.pk = found[number]
        row._state.adding, row._state.db = False, "default"
        _settle_pointers(row)
    if returning:
        setattr(rows[0], returning, found[-1])


def _insert(rows: Sequence[models.Model], number: int, computed: Mapping[str, str], values: list[Any], source: str, returning: str | None) -> str:
    """The CTE of one row; a row after the first selects from the one before it, so that they happen in order."""
    row, columns, terms = rows[number], [], []
    froms = [source] if source else []
    froms += [f"t{earlier}" for earlier in range(number)]
    for field in row._meta.local_concrete_fields:
        if field.generated:
            continue
        if field.name in computed:
            columns.append(field.column)
            terms.append(computed[field.name])
            continue
        value = field.pre_save(row, add=True)
        if isinstance(value, DatabaseDefault) or (value is None and field.primary_key):
            continue
        columns.append(field.column)
        pointed = _earlier(rows, number, row, field)
        if pointed is not None:
            terms.append(f"t{pointed}.pk")
        else:
            terms.append("%s")
            values.append(field.get_db_prep_save(value, connection))
    quoted = ", ".join(f'"{column}"' for column in columns)
    extra = f', "{returning}" as extra' if returning else ""
    origin = f" from {', '.join(froms)}" if froms else ""
    table, key = row._meta.db_table, row._meta.pk.column
    return f"""t{number} as (insert into "{table}" ({quoted}) select {", ".join(terms)}{origin} returning "{key}" as pk{extra})"""


def _earlier(rows: Sequence[models.Model], number: int, row: models.Model, field: "models.Field[Any, Any]") -> int | None:
    """The index of the earlier unsaved row that a foreign key points to."""
    if not isinstance(field, models.ForeignKey) or not field.is_cached(row):
        return None
    target = field.get_cached_value(row)
    for index in range(number):
        if rows[index] is target:
            return index
    return None


def _settle_pointers(row: models.Model) -> None:
    for field in row._meta.local_concrete_fields:
        if isinstance(field, models.ForeignKey) and field.is_cached(row):
            target = field.get_cached_value(row)
            if target is not None:
                setattr(row, field.attname, target.pk)
