"""Statements that the database plans once a connection, and runs by that plan from then on (docs/adr/0006-stencils.md).

Only for tables that everybody reads. Of one behind the wall the planner would choose its way by how much the reader of that moment may see, and keep
it for all: the plan made for a small organisation is twenty times too slow for a large one, even where a single row is asked for by its key.
"""

from typing import Any

from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper


class _Planned(ServerBindingCursor):  # the stubs know it without its base
    def execute(self, query: Any, params: Any = None, **_options: Any) -> Any:
        return super().execute(query, params, prepare=True)  # type: ignore[misc]


def planned() -> CursorWrapper:
    """A cursor like `connection.cursor()`, to be closed by `with`. While statements are written down to be read, a plain one."""
    if not settings.LUUKKU_PLAN_ONCE or connection.queries_logged:
        return connection.cursor()
    connection.ensure_connection()
    cursor: Any = _Planned(connection.connection)  # type: ignore[call-arg]
    return connection.make_cursor(cursor)


class PlannedConnection:
    """The connection, but its cursors plan once: what a compiler of Django asks for its rows."""

    def __getattr__(self, name: str) -> Any:
        return getattr(connection, name)

    def cursor(self, name: str | None = None) -> CursorWrapper:
        return planned()
