"""Whether somebody may be asked how it went: not more often than the region's interval, whoever of the network asks and by whatever form she came.

Each form of the public makes a customer of its own, so the interval goes by her e-mail address and phone number. They are kept as keyed digests
that only the house reads and writes, when the question leaves: nobody who settles a matter learns whether she has been asked elsewhere. Who asks
on the phone is told only whether she may be asked now (window `desk_rested`), and what was said counts as asked.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from luukku.core.models import OutgoingMail
from luukku.core.turns import take_turns
from luukku.customers.models import Contact
from luukku.customers.models.identifiers import email_key
from luukku.desk.mails import case_of
from luukku.desk.models import AskedKey, Case
from luukku.desk.queries.asked import keys_by, keys_of

_KEPT = timedelta(days=400)  # longer than any region's interval


def may_ask(contact: Contact, *, gap_days: int, at: datetime) -> bool:
    """Whether she has rested for so many days; if so, writes down that she is asked now. Of two at once one waits. As the house."""
    return _may_ask(keys_of(contact), gap_days, at)


def may_ask_address(email: str, gap_days: int, at: datetime) -> bool:
    """The same for whoever is known by an address alone, and asked by another part of the product."""
    return _may_ask(keys_by(email_key(email), ""), gap_days, at)


def _may_ask(keys: Sequence[uuid.UUID], gap_days: int, at: datetime) -> bool:
    for key in keys:
        take_turns(f"asked {key}")
    if not keys or AskedKey.objects.filter(pk__in=keys, asked_at__gte=at - timedelta(days=gap_days)).exists():
        return False
    AskedKey.objects.bulk_create(
        [AskedKey(key=key, asked_at=at) for key in keys], update_conflicts=True, unique_fields=["key"], update_fields=["asked_at"]
    )
    return True


def decide(mail: OutgoingMail) -> None:
    """Before a mail that may ask how it went is made: whether it does, once and for all of its tries that succeed. As the house, in the sender."""
    case = case_of(mail)
    if not mail.facts.get("ask") or "asked" in mail.facts or case is None or case.customer is None:
        return
    asked = may_ask(case.customer.contact, gap_days=case.region.feedback_gap_days, at=timezone.now())
    mail.facts = mail.facts | {"asked": int(asked)}
    mail.save(update_fields=["facts"])


def note_asked(case_id: int) -> None:
    """She has been asked on the phone: nobody else asks her for the interval. As the house."""
    case = Case.objects.select_related("region", "customer__contact").filter(pk=case_id).first()
    if case is not None and case.customer is not None:
        may_ask(case.customer.contact, gap_days=case.region.feedback_gap_days, at=timezone.now())


def forget_asked(*, at: datetime | None = None) -> int:
    """Take away what is compared with nothing any more; for the house's night job. Returns how many."""
    return AskedKey.objects.filter(asked_at__lt=(at or timezone.now()) - _KEPT).delete()[0]
