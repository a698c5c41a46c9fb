"""Two that would do the same thing at once take turns."""

from django.db import connection


def take_turns(what: str) -> None:
    """Whoever comes second for the same `what` waits here until the first one's transaction is done. One statement, in a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [what])
