"""While a meeting goes on: minutes, steps, what goes onto the case, what is carried on."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from luukku.core.actor import Actor, act_as
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.desk.access import case_meetings as doors
from luukku.desk.actions.case_meetings.closing import close_meeting
from luukku.desk.actions.case_meetings.running import (
    WrittenMeanwhile,
    add_step,
    finish_step,
    handle_item,
    open_meeting,
    write_item,
    write_point,
)
from luukku.desk.models import CaseMeeting, ItemMinutes, Leg, MeetingItem, MeetingPoint, MeetingStep, Note
from luukku.desk.queries.case_meetings.agenda import meeting_page
from luukku.desk.queries.case_meetings.front import my_steps
from luukku.desk.queries.status_page import status_page
from tests.cast import Cast


def test_only_its_lead_or_who_keeps_the_series_begins_a_meeting(meeting: CaseMeeting, cast: Cast) -> None:
    for member in (cast.partner, cast.desklead):
        with act_as(member.actor) as by, pytest.raises(NotAllowed):
            open_meeting(by=by, meeting=doors.get_meeting(by, meeting.pk))
    with act_as(cast.coordinator.actor) as by:
        assert open_meeting(by=by, meeting=doors.get_meeting(by, meeting.pk)).state == "running"


def test_nothing_is_written_before_it_begins_nor_after_it_has_ended(meeting: CaseMeeting, item: MeetingItem, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as by:
        with pytest.raises(RuleBroken):
            write_item(by=by, item=doors.get_item(by, item.pk), minutes="x", decision="", version=0)
        open_meeting(by=by, meeting=doors.get_meeting(by, meeting.pk))
        close_meeting(by=by, meeting=doors.get_meeting(by, meeting.pk))
        point = MeetingPoint.objects.filter(meeting=meeting).select_related("meeting")[0]
        with pytest.raises(RuleBroken):
            write_point(by=by, point=point, minutes="x", version=0, is_open=False)


def test_second_who_writes_sees_what_the_first_wrote_and_loses_nothing(running: CaseMeeting, item: MeetingItem, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as by:
        write_item(by=by, item=doors.get_item(by, item.pk), minutes="Aino kirjasi tämän.", decision="", version=0)
    with act_as(cast.partner.actor) as by, pytest.raises(WrittenMeanwhile) as told:
        write_item(by=by, item=doors.get_item(by, item.pk), minutes="Pekka kirjasi toista.", decision="", version=0)
    assert (told.value.theirs, told.value.version) == ("Aino kirjasi tämän.", 1)
    assert ItemMinutes.objects.get(item=item).minutes == "Aino kirjasi tämän."


def test_step_of_who_handles_a_part_is_that_parts_next_step(running: CaseMeeting, item: MeetingItem, cast: Cast) -> None:
    due = timezone.localdate() + timedelta(days=2)
    with act_as(cast.partner.actor) as by:
        add_step(by=by, item=doors.get_item(by, item.pk), words="Laskee kannattavuuden", person=cast.adviser.someone, due=due)
    leg = Leg.objects.get()
    assert leg.next_step == "Laskee kannattavuuden"
    assert leg.next_step_at is not None
    assert timezone.localdate(leg.next_step_at) == due
    with act_as(cast.partner.actor):
        assert not Leg.objects.exists()  # she wrote onto a case that she does not read


def test_step_is_for_somebody_who_meets(running: CaseMeeting, item: MeetingItem, cast: Cast) -> None:
    with act_as(cast.partner.actor) as by, pytest.raises(RuleBroken) as refused:
        add_step(by=by, item=doors.get_item(by, item.pk), words="x", person=cast.outsider.someone, due=None)
    assert refused.value.field == "person"


def test_matter_without_a_decision_or_step_is_not_done(running: CaseMeeting, item: MeetingItem, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as by, pytest.raises(RuleBroken):
        handle_item(by=by, item=doors.get_item(by, item.pk))


def test_matter_discussed_without_names_tells_the_customer_so(running: CaseMeeting, item: MeetingItem, cast: Cast, holder: Actor) -> None:
    with act_as(cast.partner.actor) as by:
        listed = doors.get_item(by, item.pk)
        write_item(by=by, item=listed, minutes="", decision="Kysytään pankista.", version=0)
        handle_item(by=by, item=listed)
    assert "Kysytään pankista." in Note.objects.get().body
    with act_as(holder) as by:
        page = status_page(by)
        event = next(event for event in page.history if event.action == "case.discussed")
        assert event.facts["named"] is False
        assert cast.partners.name in page.talks.discussed[item.pk].organisations


def test_whoever_promised_a_step_sees_it_and_says_that_it_is_done(running: CaseMeeting, item: MeetingItem, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as by:
        step = add_step(by=by, item=doors.get_item(by, item.pk), words="Soittaa", person=cast.partner.someone, due=None)
        with pytest.raises(NotAllowed):
            finish_step(by=by, step=step)
    with act_as(cast.partner.actor) as by:
        assert [each.words for each in my_steps(by)] == ["Soittaa"]
        finish_step(by=by, step=MeetingStep.objects.get())
        assert my_steps(by) == []


def test_memo_keeps_the_figures_of_its_day(make: Callable[..., object], cast: Cast) -> None:
    make(template="activation")
    meeting = CaseMeeting.objects.coming().get()
    with act_as(cast.adviser.actor) as by:
        open_meeting(by=by, meeting=doors.get_meeting(by, meeting.pk))
        close_meeting(by=by, meeting=doors.get_meeting(by, meeting.pk))
        page = meeting_page(by, meeting.pk)
    assert [line.point.kind for line in page.points] == ["region", "changes", "cases", "customers", "visits", "other"]
    assert all(line.figures == [] for line in page.points)  # no data, no figure
