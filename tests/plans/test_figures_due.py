"""Before a meeting that looks at a plan, whoever coordinates is to ask how its measures go."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core import mail as outbox
from django.utils import timezone, translation

from luukku.core.actor import act_as, act_as_house
from luukku.core.models import OutgoingMail
from luukku.governance.actions.meetings import MeetingForm, cancel_meeting, plan_meeting
from luukku.governance.models import AgendaItem, Group, Meeting
from luukku.plans.actions.rounds import RoundForm, plan_round, tell_unasked
from luukku.plans.models import Plan
from luukku.plans.queries.due import my_due
from luukku.plans.queries.figures_due import unasked
from tests.cast import Cast, Member
from tests.governance.conftest import at
from tests.harness.client import Client
from tests.harness.counting import sql_count

pytestmark = pytest.mark.django_db


@pytest.fixture
def coming(cast: Cast, group: Group, followed: Plan) -> Meeting:
    """In forty days, of the group that approved the plan."""
    with act_as(cast.coordinator.actor) as by:
        return plan_meeting(by=by, group=group, form=MeetingForm(at(40), at(40, 11)))


def asks(member: Member) -> list[date]:
    with translation.override("en"), act_as(member.actor) as actor:
        return [each.day for each in my_due(actor) if each.words.startswith("Ask how the measures go")]


def test_coordinator_is_to_ask_four_weeks_before_the_meeting_until_somebody_has(coming: Meeting, followed: Plan, cast: Cast, today: date) -> None:
    assert asks(cast.coordinator) == [today + timedelta(days=12)]
    for member in (cast.adviser, cast.partner, cast.outsider):
        assert asks(member) == []
    with act_as(cast.coordinator.actor) as by:
        plan_round(by=by, plan=followed, form=RoundForm("Kevät", today + timedelta(days=12), today + timedelta(days=26)))
    assert asks(cast.coordinator) == []


def test_no_more_statements_with_more_meetings(coming: Meeting, group: Group, cast: Cast, today: date) -> None:
    with act_as(cast.coordinator.actor) as by:
        for days in (41, 42, 43):
            plan_meeting(by=by, group=group, form=MeetingForm(at(days), at(days, 11)))
    with act_as(cast.coordinator.actor), sql_count(at_most=3):
        assert [each.meeting for each in unasked({group.region_id or 0}, today + timedelta(days=30))] == [coming]


@pytest.mark.parametrize("why", ["far", "no point", "cancelled"])
def test_nothing_is_asked_for_a_meeting_that_does_not_look_at_plans(coming: Meeting, cast: Cast, why: str) -> None:
    if why == "far":
        Meeting.objects.filter(pk=coming.pk).update(starts_at=at(70), ends_at=at(70, 11))
    elif why == "no point":
        AgendaItem.objects.filter(meeting=coming, source="plans").delete()
    else:
        with act_as(cast.coordinator.actor) as by:
            cancel_meeting(by=by, meeting=coming)
    assert asks(cast.coordinator) == []


def test_answers_of_long_ago_are_asked_anew(coming: Meeting, followed: Plan, cast: Cast, today: date) -> None:
    followed.rounds.create(name="Talvi", opens_on=today - timedelta(days=30), due_on=today - timedelta(days=6))
    assert asks(cast.coordinator) == [today + timedelta(days=12)]
    followed.rounds.update(due_on=today - timedelta(days=5))
    assert asks(cast.coordinator) == []


def test_coordinator_hears_once_by_mail_and_not_when_it_has_been_asked(
    coming: Meeting, followed: Plan, cast: Cast, today: date, run_jobs: Callable[..., int]
) -> None:
    def tell() -> int:
        with act_as_house("tell"):
            return tell_unasked(timezone.now())

    assert tell() == 0
    Meeting.objects.filter(pk=coming.pk).update(starts_at=at(28), ends_at=at(28, 11))
    assert (tell(), tell()) == (1, 0)
    assert OutgoingMail.objects.get(kind="plans.unasked").facts["person"] == cast.coordinator.someone.pk
    outbox.outbox.clear()
    run_jobs("luukku.core.tasks.send_mail")
    assert any(f"/suunnitelmat/{followed.pk}/" in mail.body for mail in outbox.outbox)


def test_form_of_the_round_has_the_days_of_the_meeting(
    coming: Meeting, followed: Plan, cast: Cast, today: date, client_of: Callable[[Member], Client]
) -> None:
    page = client_of(cast.coordinator).get(f"/suunnitelmat/{followed.pk}/raportointi/uusi?kokous={coming.pk}").content.decode()
    for days in (12, 26):
        assert (today + timedelta(days=days)).isoformat() in page


@pytest.mark.parametrize(("left", "given"), [(40, 26), (16, 7), (5, 4), (1, 0)])
def test_who_is_asked_late_has_a_week_if_the_meeting_is_not_nearer(coming: Meeting, followed: Plan, today: date, left: int, given: int) -> None:
    Meeting.objects.filter(pk=coming.pk).update(starts_at=at(left), ends_at=at(left, 11))
    (found,) = unasked(None, today + timedelta(days=30))
    assert found.answer_by == today + timedelta(days=given)
