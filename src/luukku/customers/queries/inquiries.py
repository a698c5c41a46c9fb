"""What the actor's organisations asked of the network about customers, and what they are asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Prefetch
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.customers.access import own_contacts
from luukku.customers.access.inquiring import OPEN_DAYS, asked_turns, own_inquiries
from luukku.customers.models import Contact, Inquiry, InquiryTurn

MOST = 50


@dataclass(frozen=True)
class Asked:
    """A question to us. `contact` is the customer as we know her; None when she is not ours any more."""

    turn: InquiryTurn
    contact: Contact | None
    is_open: bool


@dataclass(frozen=True)
class Asking:
    """A question of ours, and those who said yes."""

    inquiry: Inquiry
    contact: Contact | None
    yes: Sequence[InquiryTurn]
    is_open: bool


@dataclass(frozen=True)
class InquiryPage:
    asked: list[Asked]
    asking: list[Asking]


def is_open(turn: InquiryTurn) -> bool:
    """Whether an answer is still waited for."""
    return not turn.answer and turn.asked_at > timezone.now() - timedelta(days=OPEN_DAYS)


def inquiry_page(actor: Actor, customer_id: int | None = None) -> InquiryPage:
    """The newest of both, those that wait for us first; of one customer if given. Four statements."""
    turns, ours = asked_turns(actor), own_inquiries(actor)
    if customer_id is not None:
        turns, ours = turns.filter(customer=customer_id), ours.filter(customer=customer_id)
    turn_rows = list(turns[:MOST])
    said = InquiryTurn.objects.filter(answer="yes").select_related("organisation", "answered_by").order_by("answered_at")
    inquiries: list[Inquiry] = list(ours.prefetch_related(Prefetch("turns", said, to_attr="said_yes"))[:MOST])
    keys = {each.customer_id for each in turn_rows} | {each.customer_id for each in inquiries}
    contacts = {each.customer_id: each for each in own_contacts(actor).filter(customer__in=keys)}
    since = timezone.now() - timedelta(days=OPEN_DAYS)
    asked = [Asked(each, contacts.get(each.customer_id), is_open(each)) for each in turn_rows]
    asking = [Asking(each, contacts.get(each.customer_id), each.said_yes, each.asked_at > since) for each in inquiries]  # type: ignore[attr-defined]
    return InquiryPage(sorted(asked, key=lambda each: (not each.is_open, -each.turn.pk)), asking)
