"""Who hears of a complaint by mail: that there is news, never what was said."""

from luukku.complaints.models import Complaint
from luukku.core import mail
from luukku.core.actor import Actor


def tell_hers(complaint: Complaint, turn: str) -> None:
    """To whoever complained, if she left an address."""
    if complaint.email:
        mail.queue("complaints.hers", complaint, turn=turn)


def tell_owner(complaint: Complaint, turn: str, *, by: Actor) -> None:
    """To its owner, unless she did it herself."""
    if complaint.owner_id is not None and complaint.owner_id != by.person_id:
        mail.queue("complaints.staff", complaint, person=complaint.owner_id, turn=turn)


def tell_handler(complaint: Complaint) -> None:
    """To the one complained of: that something has been shared with her."""
    if complaint.about_person_id is not None:
        mail.queue("complaints.staff", complaint, person=complaint.about_person_id, turn="shared")
