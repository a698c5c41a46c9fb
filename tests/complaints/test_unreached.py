"""A mail to whoever complained does not get there: its owner is told, and sees it on the complaint's page."""

from collections.abc import Callable

from luukku.complaints.models import Complaint
from luukku.core.actor import act_as_house
from luukku.core.mail import heed_failure, queue
from luukku.core.models import Event, MailState, OutgoingMail
from tests.cast import Cast, Member
from tests.harness.client import Client


def lose(complaint: Complaint) -> OutgoingMail:
    sent = OutgoingMail.objects.filter(kind="complaints.hers", subject_id=complaint.pk).earliest("id")
    sent.state, sent.error = MailState.BOUNCED, "5.2.2"
    sent.save()
    with act_as_house("a bounce"):
        heed_failure(sent)
    return sent


def told(complaint: Complaint) -> list[str]:
    mails = OutgoingMail.objects.filter(kind="complaints.staff", subject_id=complaint.pk, facts__person=complaint.owner_id)
    return [each.facts["turn"] for each in mails.order_by("id")]


def test_owner_is_told_and_sees_why(made: Callable[..., Complaint], cast: Cast, client_of: Callable[[Member], Client]) -> None:
    complaint = made()
    page = client_of(cast.coordinator)
    assert "postilaatikko on täynnä" not in page.get(f"/valitukset/{complaint.pk}/").content.decode()
    lose(complaint)
    assert told(complaint) == ["new", "unreached"]
    assert Event.objects.filter(action="complaint.unreached").count() == 1
    assert "postilaatikko on täynnä" in page.get(f"/valitukset/{complaint.pk}/").content.decode()


def test_bounce_of_an_older_mail_says_nothing(made: Callable[..., Complaint]) -> None:
    complaint = made()
    with act_as_house("a later mail"):
        queue("complaints.hers", complaint, turn="answered")
    lose(complaint)
    assert told(complaint) == ["new"]
