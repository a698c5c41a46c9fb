"""A deputy comes for a member: she is invited, and what she was present at is hers to approve."""

from collections.abc import Callable

import pytest

from luukku.core.actor import act_as, act_as_house
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.mail import MailContent, mail_kinds
from luukku.core.models import OutgoingMail
from luukku.governance.actions.approving import approve, send_out
from luukku.governance.actions.meetings import MeetingForm, answer, change_meeting
from luukku.governance.models import Attendance, Group, Meeting, Membership
from luukku.governance.queries.pages import meeting_page
from tests.cast import Cast, Member
from tests.governance.conftest import at
from tests.harness.client import Client


@pytest.fixture
def stood_in(cast: Cast, group: Group) -> Membership:
    """The steering member's deputy is the partner's adviser."""
    found = Membership.objects.get(group=group, person=cast.steering.someone)
    found.deputy = cast.partner.someone
    found.save(update_fields=["deputy"])
    return found


def _queued(what: str) -> list[str]:
    return list(OutgoingMail.objects.filter(kind="governance.deputy", facts__what=what).values_list("state", flat=True))


def _written(kind: str, what: str, about: Attendance | None = None) -> MailContent | None:
    found = OutgoingMail.objects.filter(kind=kind, facts__what=what)
    with act_as_house("build the mail"):
        return mail_kinds[kind].build(found.get() if about is None else found.get(subject_id=about.pk))


def _says(cast: Cast, meeting: Meeting, word: str) -> None:
    with act_as(cast.steering.actor) as by:
        answer(by=by, attendance=Attendance.objects.get(meeting=meeting, membership__person=cast.steering.someone), answer=word)


def test_deputy_is_invited_told_of_changes_and_let_go(cast: Cast, stood_in: Membership, invited: Meeting) -> None:
    _says(cast, invited, "deputy")
    _says(cast, invited, "deputy")
    assert len(_queued("invited")) == 1
    with act_as(cast.coordinator.actor) as by:
        change_meeting(by=by, meeting=invited, form=MeetingForm(at(11), at(11, 11), place="Seututalo"))
    assert len(_queued("moved")) == 1
    _says(cast, invited, "coming")
    assert len(_queued("released")) == 1
    assert _written("governance.deputy", "invited") is None, "old news"
    released = _written("governance.deputy", "released")
    assert released is not None
    assert (released.to, "METHOD:CANCEL" in str(released.calendar)) == ("partner@cast.example", True)


def test_whoever_has_no_deputy_is_told_what_to_do(cast: Cast, group: Group, invited: Meeting) -> None:
    with pytest.raises(RuleBroken, match="varahenkilöä"):
        _says(cast, invited, "deputy")
    assert _queued("invited") == []


def test_deputy_who_was_present_approves_and_the_absent_member_does_not(
    cast: Cast, stood_in: Membership, held: Meeting, client_of: Callable[[Member], Client]
) -> None:
    Attendance.objects.filter(meeting=held, membership=stood_in).update(took_part="deputy")
    with act_as(cast.coordinator.actor) as by:
        sent = send_out(by=by, meeting=held)
    with pytest.raises(NotAllowed), act_as(cast.steering.actor) as by:
        approve(by=by, meeting=sent, digest=sent.digest)
    mail = _written("governance.meeting", "minutes", Attendance.objects.get(meeting=held, membership=stood_in))
    assert mail is not None
    assert mail.to == "partner@cast.example"
    browser = client_of(cast.partner)
    page = browser.get(f"/kokoukset/{held.pk}/muistio/")
    assert browser.submit(page, form="approve-minutes").status_code == 302
    assert Attendance.objects.get(meeting=held, membership=stood_in).approved_digest == sent.digest
    assert meeting_page(cast.steering.actor, held.pk).approving is None
