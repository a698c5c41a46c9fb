"""The same need from the same sender, sent again from a newly loaded form: recognised, never made into a second case silently.

What is compared is a keyed digest of what the sender typed, so the answer tells nothing to whoever cannot type the same. It opens nothing either: the
case's page needs its link.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.turns import take_turns
from luukku.customers.actions.registering import ContactDetails
from luukku.customers.models.identifiers import email_key, phone_key
from luukku.desk.models import Case

SOON = timedelta(minutes=30)
_KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Sent:
    """The earlier sending: its case, and the number and moment that its sender may know."""

    case_id: int
    number: str
    at: datetime


class SentAlready(RuleBroken):
    """The same has come from the same sender a moment ago. Sent with `again`, it becomes a matter of its own."""

    def __init__(self, earlier: Sent) -> None:
        super().__init__(_("You have sent this already."))
        self.earlier = earlier


def said_key(by: Actor, region_id: int, words: str, contact: ContactDetails) -> uuid.UUID | None:
    """A key that is equal for the same words from the same sender to the same region, and can be made with the secret key only. None for staff."""
    if by.is_staff or by.kind == "house":
        return None
    who = (by.customer_id, " ".join(contact.name.split()).casefold(), email_key(contact.email), phone_key(contact.phone) or contact.phone.strip())
    said = repr((region_id, " ".join(words.split()).casefold(), who))
    return uuid.UUID(bytes=salted_hmac("luukku.desk.said", said, algorithm="sha256").digest()[:16])


def sent_before(key: uuid.UUID) -> Sent | None:
    """The case that the same sending made in the last half an hour. Two at once wait for each other here."""
    take_turns(str(key))
    with connection.cursor() as cursor:
        cursor.execute("select case_id, number, at from wall.desk_case_of_words(%s, %s)", [key, timezone.now() - SOON])
        row = cursor.fetchone()
    return Sent(*row) if row else None


def forget_said() -> int:
    """Take the keys away when nothing is compared with them any more; for the house's night job. Returns how many."""
    return Case.objects.filter(said_key__isnull=False, created_at__lt=timezone.now() - _KEPT).update(said_key=None)
