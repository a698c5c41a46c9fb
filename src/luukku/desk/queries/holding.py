"""What open matters keep from being closed: a desk, an organisation, a person who handles them."""

from collections.abc import Sequence

from django.db import connection
from django.utils.translation import ngettext

from luukku.core.registries import Hold


def find(kind: str, pk: int) -> Sequence[str]:
    """A sentence when open matters hold it, for whoever closes it: she need not see them. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("select wall.desk_open_at(%s, %s)", [kind, pk])
        (count,) = cursor.fetchone()
    if not count:
        return []
    words = ngettext("%(n)s open matter must be ended or given to others first.", "%(n)s open matters must be ended or given to others first.", count)
    return [words % {"n": count}]


HOLD = Hold(find)
