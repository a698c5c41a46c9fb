"""Whether the mail with an outside organisation's link got there."""

from luukku.core.models import MailState, OutgoingMail
from luukku.statements.models import Statement

OUTSIDE_MAIL = "statements.outside"


def last_link_mail(statement: Statement) -> OutgoingMail | None:
    """The last mail with its link. One statement."""
    mails = OutgoingMail.objects.filter(kind=OUTSIDE_MAIL, subject_kind="desk.case", subject_id=statement.case_id)
    return mails.filter(facts__statement=statement.pk).order_by("-id").first()


def unreached(statement: Statement) -> str:
    """Why the last mail with the link did not get through: a code, empty if it did. A statement only for one that goes outside."""
    sent = last_link_mail(statement) if statement.to_desk_id is None else None
    return (sent.error or "unknown") if sent is not None and sent.state in (MailState.FAILED, MailState.BOUNCED) else ""
