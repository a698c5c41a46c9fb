"""Two that would do the same thing at once take turns."""

from collections.abc import Iterable

from django.db import connection


def take_turns(what: str) -> None:
    """Whoever comes second for the same `what` waits here until the first one's transaction is done. One statement, in a transaction."""
    take_turns_at_all([what])


def take_turns_at_all(what: Iterable[str]) -> None:
    """The same for several things at once, always in the same order, so that two never wait for each other. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(each, 0)) from unnest(%s::text[]) as each", [sorted(set(what))])
