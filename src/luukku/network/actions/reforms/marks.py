"""Whether a row is still as a reform left it: a short digest of its columns, without those that the house itself keeps counting."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db import connection, models
from psycopg import sql

# Kept by triggers and sweeps; nobody has touched a row by these.
KEPT_BY_HOUSE = ("readers", "withheld", "kept_readers", "search", "due_at", "due_kind", "due_sort", "look_at", "reminded_of", "sequence")
_MARKS = """
select t.{key}, left(md5((to_jsonb(t) - %s::text[])::text), 12) from {table} t where t.{key} = any(%s)
"""


def model_of(table: str) -> type[models.Model]:
    """The model of a step's `table` (`desk.leg`)."""
    return apps.get_model(table)


def marks_of(table: str, keys: Sequence[int]) -> dict[str, str]:
    """A digest of each row that is there, by key. One statement."""
    meta: Any = model_of(table)._meta
    query = sql.SQL(_MARKS).format(key=sql.Identifier(meta.pk.column), table=sql.Identifier(meta.db_table)).as_string(None)
    with connection.cursor() as cursor:
        cursor.execute(query, [list(KEPT_BY_HOUSE), list(keys)])
        return {str(key): str(mark) for key, mark in cursor.fetchall()}
