"""What selling the region keeps from being ended: an organisation, or its part in the region."""

from collections.abc import Sequence

from django.db import connection
from django.utils.translation import gettext as _

from luukku.core.registries import Hold

KINDS = ("network.organisation", "network.participation")


def find(kind: str, pk: int) -> Sequence[str]:
    """A sentence while it has open prospects, for whoever ends it: she need not see them. One statement."""
    if kind not in KINDS:
        return []
    with connection.cursor() as cursor:
        cursor.execute("select wall.vitality_sells(%s, %s)", [kind, pk])
        (sells,) = cursor.fetchone()
    return [_("It is selling the region to companies that might come. Its sellers must end that work first.")] if sells else []


HOLD = Hold(find)
