"""Two at once on one complaint, with real threads and commits."""

from collections.abc import Callable

import pytest

from luukku.complaints.access import complaint_actor, complaint_token, get_complaint, visible_complaints
from luukku.complaints.actions.making import ComplaintForm, complain
from luukku.complaints.actions.seeing_to import answer, close, reopen
from luukku.complaints.models import Complaint, ComplaintTurn
from luukku.core.actor import PUBLIC, Actor, act_as
from luukku.core.errors import RuleBroken
from tests.cast import Cast, assemble
from tests.desk.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def made(cast: Cast) -> Callable[[], Complaint]:
    def making() -> Complaint:
        with act_as(PUBLIC) as actor:
            form = ComplaintForm(region=cast.here.region, about="door", cause="delay", words="Hidasta")
            door = complain(by=actor, form=form, came="form")
        return Complaint.objects.get(door_principal=door)

    return making


def acting(who: Actor, act: Callable[[Actor], object]) -> Callable[[], object]:
    def work() -> object:
        with act_as(who) as actor:
            return act(actor)

    return work


def holder(complaint: Complaint) -> Actor:
    with act_as(PUBLIC):
        found = complaint_actor(complaint_token(complaint.door_principal))
    assert found is not None
    return found


def whole(complaint: Complaint) -> None:
    """Its state, times and words tell one story."""
    complaint.refresh_from_db()
    assert (complaint.answered_at is None) is (complaint.state in ("received", "looked-at"))
    assert (complaint.closed_at is not None) is (complaint.state == "closed")
    assert complaint.reopened == ComplaintTurn.objects.filter(complaint=complaint, kind="words").count()


def test_answered_and_opened_again_at_once(made: Callable[[], Complaint], cast: Cast) -> None:
    for _ in range(3):
        complaint = made()
        with act_as(cast.coordinator.actor) as actor:
            answer(by=actor, complaint=get_complaint(actor, complaint.pk), words="Ensin")
        results = at_once(
            acting(cast.coordinator.actor, lambda a, c=complaint: answer(by=a, complaint=get_complaint(a, c.pk), words="Lisää")),  # type: ignore[misc]
            acting(holder(complaint), lambda a: reopen(by=a, complaint=visible_complaints(a).get(), words="Ei riitä")),
        )
        assert not [each for each in results if isinstance(each, Exception)], results
        whole(complaint)


def test_closed_and_opened_again_at_once_opens_once(made: Callable[[], Complaint], cast: Cast) -> None:
    complaint = made()
    with act_as(cast.coordinator.actor) as actor:
        answer(by=actor, complaint=get_complaint(actor, complaint.pk), words="Ensin")
    twice = acting(holder(complaint), lambda a: reopen(by=a, complaint=visible_complaints(a).get(), words="Ei riitä"))
    results = at_once(twice, twice, acting(cast.coordinator.actor, lambda a: close(by=a, complaint=get_complaint(a, complaint.pk))))
    assert all(isinstance(each, RuleBroken) for each in results if isinstance(each, Exception)), results
    whole(complaint)
    assert complaint.reopened == 1
