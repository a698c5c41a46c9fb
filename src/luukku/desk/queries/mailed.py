"""Mails that have come: those of a case, and those that made none."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet

from luukku.core import files as file_store
from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.core.mail.letter import Letter, read_letter
from luukku.desk.access import BOX_RELATED, visible_mails
from luukku.desk.models import Case, Fate, IncomingMail

_NO_ANSWERS = re.compile(r"^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|ei[-_.]?vastata|noreply.*)@", re.IGNORECASE)
NATION_MAIL = "desk.mail_awaits"
_HEAD = 64_000  # bytes read of an original to tell who wrote and about what


@dataclass(frozen=True)
class SetAside:
    """A mail that made no case: who wrote, about what, and why it was set aside."""

    mail: IncomingMail
    sender: str
    subject: str
    at: datetime


def mails_of(actor: Actor, case: Case) -> list[IncomingMail]:
    """The mails of a case, first to last. One statement."""
    return list(visible_mails(actor).filter(case=case).select_related("bounced").order_by("id"))


def refused_files(case: Case) -> dict[int | None, list[dict[str, str]]]:
    """Files that came by mail and were not kept, by message; None for those of the need itself. The wall decides who is told. One statement."""
    rows = IncomingMail.objects.filter(case=case).exclude(refused=[]).order_by("id").values_list("message_id", "refused")
    return dict(rows)


def get_mail(actor: Actor, pk: int) -> IncomingMail:
    """A mail with its original. Raises NotFound."""
    related = ("original", "case", *(f"mailbox__{each}" for each in BOX_RELATED))
    found = visible_mails(actor).select_related(*related).exclude(original=None).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def set_aside(actor: Actor) -> QuerySet[IncomingMail]:
    """Mails that made no case and were answered by nobody, newest first: automatic answers, lists, our own, loops, unknown bounces."""
    aside = visible_mails(actor).filter(case=None).exclude(fate__in=(Fate.REPEATED, Fate.UNROUTED)).exclude(original=None)
    return aside.select_related("original", "mailbox")


def unrouted(actor: Actor) -> QuerySet[IncomingMail]:
    """Mails to the nation's door that wait for an operator to find their region, oldest first."""
    return visible_mails(actor).filter(fate=Fate.UNROUTED).exclude(original=None).select_related("original", "mailbox").order_by("arrived_at", "id")


def set_aside_line(mail: IncomingMail) -> SetAside:
    """A mail with what its original says of itself."""
    head = head_of(mail)
    return SetAside(mail, head.sender, head.subject, mail.arrived_at)


def head_of(mail: IncomingMail) -> Letter:
    """The headers of a mail."""
    return read_letter(bytes_of(mail, _HEAD))


def bytes_of(mail: IncomingMail, most: int = -1) -> bytes:
    """The original, or its beginning; nothing when its file is gone."""
    if mail.original is None:
        return b""
    try:
        with file_store.path_of(mail.original).open("rb") as file:
            return file.read(most)
    except FileNotFoundError:
        return b""


def address_of(letter: Letter) -> str:
    """Where the sender is answered; empty when she gave no address that works."""
    wanted = letter.answer_to if letter.answer_to and (not letter.sender or _NO_ANSWERS.match(letter.sender)) else letter.sender
    try:
        validate_email(wanted)
    except ValidationError:
        return ""
    return wanted
