"""A contact that a partner's system sends: the same intake as the form, once for each key that the system gives to it."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.turns import take_turns
from luukku.desk.access import first_leg
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.enums import Channel
from luukku.desk.models import SentContact
from luukku.desk.queries.partners import sent_earlier
from luukku.network.models import Participation


class SentOtherwise(Exception):
    """The key has come before with another body."""


@dataclass(frozen=True)
class Sending:
    """How a system sent it: by which of the partner's keys, by which key of its own, and the body as it came."""

    key_id: int
    idempotency_key: str
    body: bytes


def earlier_sending(*, by: Actor, sending: Sending) -> SentContact | None:
    """What this key of the system's has made already. Two at once wait for each other here. Raises SentOtherwise, NotAllowed."""
    digest = _digest(sending.idempotency_key.encode())
    take_turns(f"{digest.hex()} {_partner(by)}")
    earlier = sent_earlier(by, digest)
    if earlier is not None and bytes(earlier.body_digest) != _digest(sending.body):
        raise SentOtherwise
    return earlier


def take_contact(*, by: Actor, need: NeedForm, sending: Sending, at: datetime | None = None) -> SentContact:
    """Make the case, unless this sending has made it before. Raises RuleBroken with the field to mend, SentOtherwise, NotAllowed."""
    partner_id = _partner(by)
    with transaction.atomic():
        earlier = earlier_sending(by=by, sending=sending)
        if earlier is not None:
            return earlier
        if not Participation.objects.on(timezone.localdate()).filter(organisation_id=partner_id, region=need.region).exists():
            raise RuleBroken(_("Your organisation does not take part in this region."), field="region")
        case = send_need(by=by, need=replace(need, channel=Channel.PARTNER), at=at)
        has_email = bool(case.customer and case.customer.contact.email)
        return SentContact.objects.create(
            key_id=sending.key_id, organisation_id=partner_id, case=case, idempotency_digest=_digest(sending.idempotency_key.encode()),
            body_digest=_digest(sending.body), promised_at=first_leg(by, case).due_at, gave_link=not has_email, created_at=case.created_at,
        )  # fmt: skip


def _partner(by: Actor) -> int:
    if by.partner_id is None:
        raise NotAllowed
    return by.partner_id


def _digest(words: bytes) -> bytes:
    return hashlib.sha256(words).digest()
