"""Mails that have come: those of a case, and those that made none."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from luukku.core import files as file_store
from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.core.mail.letter import Letter, read_letter
from luukku.desk.access import mailboxes, visible_mails
from luukku.desk.models import Case, Fate, IncomingMail, Mailbox
from luukku.network.access import visible_regions
from luukku.network.models import Region

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
    found = visible_mails(actor).select_related("original", "case", "mailbox__region").exclude(original=None).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def set_aside(actor: Actor) -> QuerySet[IncomingMail]:
    """Mails that made no case and were answered by nobody, newest first: automatic answers, lists, our own, loops, unknown bounces."""
    return visible_mails(actor).filter(case=None).exclude(fate=Fate.REPEATED).exclude(original=None).select_related("original", "mailbox")


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


@dataclass(frozen=True)
class MailboxLine:
    """A region whose door is open, and its mailbox if it has one."""

    region: Region
    box: Mailbox | None


def mailbox_lines(actor: Actor) -> list[MailboxLine]:
    """Every open door and every mailbox, by region. Two statements."""
    boxes = {box.region_id: box for box in mailboxes(actor)}
    regions = visible_regions(actor).filter(Q(is_live=True) | Q(pk__in=boxes)).order_by("code")
    return [MailboxLine(region, boxes.get(region.pk)) for region in regions]
