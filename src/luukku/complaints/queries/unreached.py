"""Whether our mails to whoever complained get there."""

from luukku.complaints.models import Complaint
from luukku.core.models import MailState, OutgoingMail

HERS = "complaints.hers"


def last_to_her(complaint: Complaint) -> OutgoingMail | None:
    """The last mail to whoever complained. One statement."""
    return OutgoingMail.objects.filter(kind=HERS, subject_kind="complaints.complaint", subject_id=complaint.pk).order_by("-id").first()


def unreached(complaint: Complaint) -> str:
    """Why it did not get through: a code, empty if it did. A statement only where there is an address."""
    sent = last_to_her(complaint) if complaint.email else None
    return (sent.error or "unknown") if sent is not None and sent.state in (MailState.FAILED, MailState.BOUNCED) else ""
