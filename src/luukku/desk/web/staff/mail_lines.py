"""Mails on the case page: what came with each message, and what came back."""

from collections.abc import Sequence
from dataclasses import dataclass

from luukku.core.actor import Actor
from luukku.desk.models import Fate, IncomingMail
from luukku.desk.queries.case_page import CasePage
from luukku.desk.queries.mailed import get_mail, head_of, mails_of
from luukku.desk.web.mail_phrases import fate_words, refused_lines


@dataclass(frozen=True)
class MailLine:
    """A mail that came: the repeated part, what was not kept, the sender if it is not the customer's own address, whether to read it by hand."""

    pk: int
    quoted: str
    refused: Sequence[str]
    stranger: str
    is_whole: bool
    words: str
    mail: IncomingMail


@dataclass(frozen=True)
class CaseMails:
    """`first` made the case; `by_message` came later; `others` were written by robots."""

    first: MailLine | None
    by_message: dict[int, MailLine]
    others: Sequence[MailLine]


def case_mails(actor: Actor, page: CasePage) -> CaseMails:
    """Costs a statement only where mail has come. Nothing where the customer left her words out: mails hold them, and repeat them."""
    lines = [_line(actor, mail) for mail in mails_of(actor, page.case)] if page.has_mail and not page.words_hidden else []
    robots = (Fate.AWAY, Fate.BOUNCE, Fate.LOOP)
    return CaseMails(
        first=next((line for line in lines if line.mail.fate == Fate.CASE), None),
        by_message={line.mail.message_id: line for line in lines if line.mail.message_id is not None},
        others=[line for line in lines if line.mail.fate in robots],
    )


def _line(actor: Actor, mail: IncomingMail) -> MailLine:
    stranger = "" if mail.is_known else head_of(get_mail(actor, mail.pk)).sender
    return MailLine(mail.pk, mail.quoted, refused_lines(mail.refused), stranger, mail.is_whole, fate_words(mail.fate), mail)
