"""A form sent twice does its work once."""

import uuid
from collections.abc import Callable

from django.db import connection

from luukku.core.models import Submission


def key_of(key: str | uuid.UUID | None, *said: object) -> uuid.UUID | None:
    """A form's key together with what it says.

    The same form sent again with other words, or by the next person at a shared screen, is another one.
    """
    parsed = _parse(key)
    return uuid.uuid5(parsed, repr(said)) if parsed is not None and said else parsed


def once(key: str | uuid.UUID | None, work: Callable[[], int], *said: object) -> int:
    """Run `work` unless a form with this key that said the same has run it; returns the id that the first run gave.

    `said` names the act and what was written in it. Must be called inside a transaction: a second sender waits in the database until
    the first has committed or failed. A missing or malformed key (no hidden field) simply runs the work.
    """
    parsed = key_of(key, *said)
    if parsed is None:
        return work()
    with connection.cursor() as cursor:
        cursor.execute("insert into core_submission (key) values (%s) on conflict do nothing returning key", [parsed])
        first = cursor.fetchone() is not None
    if not first:
        earlier = Submission.objects.get(key=parsed).result_id
        if earlier is not None:
            return earlier
    result = work()
    Submission.objects.filter(key=parsed).update(result_id=result)
    return result


def _parse(key: str | uuid.UUID | None) -> uuid.UUID | None:
    if isinstance(key, uuid.UUID):
        return key
    try:
        return uuid.UUID(str(key))
    except ValueError:
        return None
