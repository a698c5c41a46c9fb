"""Mails of ours that have not got there: those that are tried again, and those that are not tried any more."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.mail import mail_kinds
from luukku.core.models import MailState, OutgoingMail
from luukku.desk.access import can_edit_mailboxes, visible_cases, visible_legs
from luukku.desk.access.desks import handling_organisations
from luukku.desk.enums import CUSTOMER_MAILS

MOST = 200
SHOWN_DAYS = 30
GIVEN_UP = (MailState.FAILED, MailState.BOUNCED)
_OUTSIDE = ("desk.handover_outside", "desk.handover_meeting", "desk.e_service_outside", "statements.outside")


@dataclass(frozen=True)
class Unsent:
    """A mail that has not got there. `number` is its case's, where the reader may know it; `next_at` is None when it is not tried any more."""

    pk: int
    kind: str
    to: str  # customer, outside, or us
    number: str
    handover: int | None
    state: str
    error: str
    attempts: int
    made_at: datetime
    next_at: datetime | None


def unsent_mails(actor: Actor, now: datetime | None = None) -> QuerySet[OutgoingMail]:
    """Of the cases that the actor's desks handle; all of them for who keeps the installation. One that a later one has replaced is left out."""
    since = (now or timezone.now()) - timedelta(days=SHOWN_DAYS)
    found = OutgoingMail.objects.filter(Q(state=MailState.QUEUED, attempts__gt=0) | Q(state__in=GIVEN_UP, created_at__gte=since))
    same = {name: OuterRef(name) for name in ("kind", "subject_kind", "subject_id", "facts")}
    found = found.exclude(Exists(OutgoingMail.objects.filter(**same, pk__gt=OuterRef("pk"), state=MailState.SENT)))
    if can_edit_mailboxes(actor):
        return found.order_by("-id")
    ours = visible_legs(actor).filter(desk__organisation__in=handling_organisations(actor))
    return found.filter(subject_kind="desk.case", subject_id__in=ours.values("case")).order_by("-id")


def unsent(actor: Actor) -> list[Unsent]:
    """Newest first, so many at most. Two statements, and what it takes to know the actor's desks."""
    mails = list(unsent_mails(actor)[:MOST])
    cases = {mail.subject_id for mail in mails if mail.subject_kind == "desk.case"}
    numbers = dict(visible_cases(actor).filter(pk__in=cases).order_by().values_list("pk", "number"))
    return [_line(mail, numbers.get(mail.subject_id, "") if mail.subject_kind == "desk.case" else "") for mail in mails]


def _line(mail: OutgoingMail, number: str) -> Unsent:
    kind = dict(mail_kinds.items()).get(mail.kind)
    to = "customer" if mail.kind in CUSTOMER_MAILS or (kind is not None and kind.is_to_customer) else "outside" if mail.kind in _OUTSIDE else "us"
    tried = mail.due_at if mail.state == MailState.QUEUED else None
    handover = mail.facts.get("handover") if mail.kind == "desk.handover_outside" and number else None
    return Unsent(mail.pk, mail.kind, to, number, handover, mail.state, mail.error, mail.attempts, mail.created_at, tried)
