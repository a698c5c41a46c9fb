"""Who hears of a complaint by mail: that there is news, never what was said."""

from luukku.complaints.models import Complaint
from luukku.complaints.queries.unreached import HERS, last_to_her
from luukku.core import mail, trail
from luukku.core.actor import HOUSE, Actor
from luukku.core.models import OutgoingMail


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


def mark_unreached(sent: OutgoingMail) -> None:
    """The last mail to whoever complained did not get through: its owner is told. As the house, in the sender's transaction."""
    complaint = Complaint.objects.filter(pk=sent.subject_id).first()
    if complaint is None or last_to_her(complaint) != sent:
        return
    trail.record(
        "complaint.unreached", complaint, by=HOUSE, region_id=complaint.region_id, organisation_id=complaint.organisation_id, mail=sent.pk,
        status=sent.error,
    )  # fmt: skip
    if complaint.closed_at is None:
        tell_owner(complaint, "unreached", by=HOUSE)


UNREACHED = {HERS: mark_unreached}
