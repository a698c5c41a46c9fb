"""What open matters keep from being closed: a desk, an organisation, a person who handles them, the seat by which she does."""

from collections.abc import Sequence

from django.db import connection
from django.utils.translation import ngettext

from luukku.core.registries import Hold
from luukku.network.enums import Right, roles_with


def find(kind: str, pk: int) -> Sequence[str]:
    """A sentence when open matters hold it, for whoever closes it: she need not see them. One statement."""
    with connection.cursor() as cursor:
        if kind == "network.seat":
            cursor.execute("select wall.desk_open_of_seat(%s, %s)", [pk, [role.value for role in roles_with(Right.HANDLE_CASES)]])
        else:
            cursor.execute("select wall.desk_open_at(%s, %s)", [kind, pk])
        (count,) = cursor.fetchone()
    if not count:
        return []
    words = ngettext("%(n)s open matter must be ended or given to others first.", "%(n)s open matters must be ended or given to others first.", count)
    return [words % {"n": count}]


HOLD = Hold(find)
