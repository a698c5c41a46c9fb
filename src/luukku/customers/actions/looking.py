"""Somebody of the network opens a customer's data: kept for the customer, once for a person and a day."""

from django.db import connection
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.customers.enums import LookedAt


def looked(*, by: Actor, customer_id: int | None, matter: int | None = None, is_own: bool = False) -> None:
    """One statement; `is_own`: all that one's organisation has of her, not a single matter.

    Nothing for others than staff, and for a matter whose customer nobody knows.

    Who it was is said by the database, which knows for whom the transaction runs.
    """
    if not by.is_staff or by.person_id is None or customer_id is None:
        return
    what = LookedAt.MATTER if is_own or matter is not None else LookedAt.PASSED
    organisation = by.seats[0].organisation_id if by.seats else None
    with connection.cursor() as cursor:
        cursor.execute("select wall.customers_look(%s, %s, %s, %s, %s)", [customer_id, matter, what.value, organisation, timezone.localdate()])
