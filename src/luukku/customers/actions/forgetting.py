"""Contact data go, and what they were before; who has looked goes when its time is over. As the house."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed
from luukku.customers.models import Contact, Inquiry, KnownCheck, Look

_BLANK: dict[str, object] = {
    "name": "",
    "role": "",
    "email": "",
    "phone": "",
    "email_key": "",
    "phone_key": "",
    "way": "",
    "call_days": [],
    "call_from": None,
    "call_until": None,
}


def forget_contacts(*, by: Actor, keys: Sequence[int]) -> int:
    """Empty the contact data of these customers, with their history. Returns how many. Raises NotAllowed for others than the house."""
    if by.kind != "house":
        raise NotAllowed
    done = Contact.objects.filter(customer__in=keys).update(**_BLANK)
    with connection.cursor() as cursor:
        cursor.execute("select wall.customers_forget_history(%s)", [list(keys)])
    return done


def looks_due(before: datetime) -> int:
    return Look.objects.filter(first_at__lt=before).count()


def forget_looks(before: datetime, most: int) -> int:
    """The oldest rows. As the house. Returns how many."""
    keys = list(Look.objects.filter(first_at__lt=before).order_by("pk").values_list("pk", flat=True)[:most])
    return Look.objects.filter(pk__in=keys).delete()[0]


def inquiries_due(before: datetime) -> int:
    return Inquiry.objects.filter(asked_at__lt=before).count() + KnownCheck.objects.filter(at__lt=before).count()


def forget_inquiries(before: datetime, most: int) -> int:
    """The oldest questions with their answers, and the oldest checks. As the house. Returns how many of both."""
    done = 0
    for rows in (Inquiry.objects.filter(asked_at__lt=before), KnownCheck.objects.filter(at__lt=before)):
        keys = list(rows.order_by("pk").values_list("pk", flat=True)[: most - done])
        rows.model._default_manager.filter(pk__in=keys).delete()
        done += len(keys)
    return done
