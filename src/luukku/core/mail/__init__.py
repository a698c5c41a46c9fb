"""Outgoing mail: queued in the transaction of the change, made and sent by the worker.

The queue holds ids. A module registers its kinds (`mail_kinds.register("desk.receipt", MailKind(...))`); when the worker comes to a mail,
the kind builds it from the present data: receiver, language, context. The words are `templates/<module>/mail/<kind>.{subject,txt,html}`.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from email.utils import make_msgid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from procrastinate.contrib.django import app

from luukku.core.models import MailState, OutgoingMail
from luukku.core.registries import Registry
from luukku.core.trail import subject_kind


@dataclass(frozen=True)
class CalendarPart:
    """An invitation or its withdrawal that rides with a mail: an iCalendar text and its method (core.ical)."""

    method: str
    text: str


@dataclass(frozen=True)
class MailContent:
    """What a kind makes of a queued mail. `context` goes to its templates; `reply_to` is the door's address.

    `bounces_to` is where a server says that it did not get through; our own sender's address if empty. With `phone_key` it leaves as a text
    message, made by `text_template`.
    """

    to: str
    language: str
    context: dict[str, Any] = field(default_factory=dict)
    reply_to: str = ""
    sender_name: str = ""
    bounces_to: str = ""
    calendar: CalendarPart | None = None
    phone_key: str = ""  # when it goes by text message instead: digits with the country code
    text_template: str = ""


@dataclass(frozen=True)
class MailKind:
    """A kind of mail: `template` is its path without ending; `build` returns None when nobody is to be told any more; `label` is what it is called
    on lists of mails, whoever reads them; `is_to_customer`: it goes to a customer, not to somebody of the network."""

    template: str
    build: Callable[[OutgoingMail], MailContent | None]
    label: str | Promise
    is_to_customer: bool = False


# kind of mail, else kind of subject -> what a module does when one of its mails did not get through; runs in the sender's transaction
mail_failures: Registry[Callable[[OutgoingMail], None]] = Registry("mail failures")
# kind of subject -> what a module does when a mail found nobody to go to; runs in the sender's transaction
mails_unaddressed: Registry[Callable[[OutgoingMail], None]] = Registry("mails without a receiver")
# kind of mail -> what is decided before it is made, kept among its facts; runs in the sender's transaction
mail_preparers: Registry[Callable[[OutgoingMail], None]] = Registry("mail preparers")
mail_kinds: Registry[MailKind] = Registry("mail kinds")


# Ids, days, digests: nothing that somebody has written, nor an address.
_CODE = re.compile(r"[A-Za-z0-9_.:+-]{0,64}\Z")


def _check_facts(facts: Mapping[str, int | str | None]) -> None:
    for name, value in facts.items():
        if isinstance(value, str) and not _CODE.match(value):
            raise ValueError(f"the mail queue holds ids and short codes; {name} is none of these")


def queue(kind: str, subject: models.Model, **facts: int | str | None) -> OutgoingMail:
    """Queue one mail of `kind` about `subject`; it leaves if and only if the transaction commits.

    Facts are ids and codes only; words, names and addresses raise ValueError.
    """
    mail_kinds[kind]
    _check_facts(facts)
    mail = OutgoingMail.objects.create(
        kind=kind,
        subject_kind=subject_kind(subject),
        subject_id=subject.pk,
        facts=facts,
        message_id=make_msgid(domain=settings.LUUKKU_MAIL_DOMAIN),
    )
    _send_soon(mail)
    return mail


def queue_for_each(kind: str, subjects: type[models.Model], ids: Collection[int], **facts: int | str | None) -> None:
    """Queue a mail of `kind` about each of these, with the same facts: two statements, however many there are. Raises ValueError as `queue` does."""
    mail_kinds[kind]
    _check_facts(facts)
    if not ids:
        return
    about = subject_kind(subjects)
    mails = OutgoingMail.objects.bulk_create(
        OutgoingMail(kind=kind, subject_kind=about, subject_id=pk, facts=facts, message_id=make_msgid(domain=settings.LUUKKU_MAIL_DOMAIN))
        for pk in sorted(ids)
    )
    jobs: list[dict[str, Any]] = [{"mail_id": mail.pk} for mail in mails]
    app.configure_task("luukku.core.tasks.send_mail").batch_defer(*jobs)


def send_again(mail: OutgoingMail) -> None:
    """A mail that failed or came back is made and sent anew, under its old Message-ID, so that answers to either are found."""
    mail.state, mail.attempts, mail.error, mail.due_at, mail.sent_at = MailState.QUEUED, 0, "", timezone.now(), None
    mail.save(update_fields=["state", "attempts", "error", "due_at", "sent_at"])
    _send_soon(mail)


def heed_failure(mail: OutgoingMail) -> None:
    """The module whose mail it is learns that it could not be sent at last, or has come back."""
    known = dict(mail_failures.items())
    tell = known.get(mail.kind) or known.get(mail.subject_kind)
    if tell is not None:
        tell(mail)


def _send_soon(mail: OutgoingMail) -> None:
    app.configure_task("luukku.core.tasks.send_mail", lock=f"mail-{mail.pk}").defer(mail_id=mail.pk)
