"""A series: who makes it, how often it meets, who leads by turns, what it begins with."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from django.core import mail as outbox
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from luukku.core.actor import act_as, act_as_house
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.models import OutgoingMail
from luukku.core.worktime.finland import days_off
from luukku.desk.access import case_meetings as doors
from luukku.desk.actions.case_meetings.making import call_off, hand_lead, make_all, move_meeting
from luukku.desk.actions.case_meetings.members import set_people
from luukku.desk.actions.case_meetings.series import create_series, end_series, set_points
from luukku.desk.models import CaseMeeting, MeetingMember, MeetingParty, MeetingSeries
from luukku.desk.queries.case_meetings.rhythm import next_day, nth_weekday
from luukku.network.actions.absences import enter_absence
from luukku.network.models import Organisation, Seat
from tests.cast import Cast
from tests.desk.case_meetings.conftest import FORM
from tests.harness.jobs import run_jobs

Make = Callable[..., MeetingSeries]


@pytest.mark.parametrize("name", ["adviser", "desklead", "partner", "steering", "area", "national", "outsider", "editor"])
def test_only_the_coordinator_makes_a_series_of_the_region(cast: Cast, third: Organisation, name: str) -> None:
    with act_as(getattr(cast, name).actor) as by, pytest.raises(NotAllowed):
        create_series(by=by, region=cast.here.region, template="cases", form=FORM, organisations=[cast.here.organisation, third])
    with act_as(cast.coordinator.actor) as by, pytest.raises(NotAllowed):
        create_series(by=by, region=cast.there.region, template="cases", form=FORM, organisations=[cast.there.organisation, third])


def test_desk_lead_makes_a_series_of_her_own_desk_with_her_organisation_in_it(cast: Cast, third: Organisation) -> None:
    with act_as(cast.desklead.actor) as by:
        with pytest.raises(RuleBroken):
            create_series(
                by=by, region=cast.here.region, template="cases", form=FORM, organisations=[cast.partners, third], desk=cast.here.desk
            )  # fmt: skip
        made = create_series(
            by=by, region=cast.here.region, template="cases", form=FORM, organisations=[cast.here.organisation, third], desk=cast.here.desk
        )  # fmt: skip
        assert doors.can_edit_series(by, made)
    with act_as(cast.coordinator.actor) as by, pytest.raises(NotFound):
        doors.get_series(by, made.pk)


def test_members_take_part_in_the_region(cast: Cast) -> None:
    with act_as(cast.coordinator.actor) as by, pytest.raises(RuleBroken) as refused:
        create_series(by=by, region=cast.here.region, template="cases", form=FORM, organisations=[cast.here.organisation, cast.there.organisation])
    assert refused.value.field == "organisations"


def test_series_of_another_region_is_not_there(series: MeetingSeries, meeting: CaseMeeting, cast: Cast) -> None:
    with act_as(cast.outsider.actor) as by:
        for ask in (lambda: doors.get_series(by, series.pk), lambda: doors.get_meeting(by, meeting.pk)):
            with pytest.raises(NotFound):
                ask()


def test_invitations_go_to_those_who_meet_each_once(meeting: CaseMeeting, cast: Cast) -> None:
    invited = [mail.facts["person"] for mail in OutgoingMail.objects.filter(kind="desk.case_meeting", facts__what="invited")]
    assert len(invited) == len(set(invited)) == 3
    assert cast.partner.someone.pk in invited


def test_moved_and_called_off_everybody_is_told_and_the_next_is_made(meeting: CaseMeeting, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as by:
        later = meeting.starts_at + timedelta(days=2)
        moved = move_meeting(by=by, meeting=doors.get_meeting(by, meeting.pk), starts_at=later, place="Toinen talo")
        assert (moved.sequence, moved.ends_at - moved.starts_at) == (1, meeting.ends_at - meeting.starts_at)
        call_off(by=by, meeting=doors.get_meeting(by, meeting.pk))
    told = [mail.facts["what"] for mail in OutgoingMail.objects.filter(kind="desk.case_meeting")]
    assert (told.count("moved"), told.count("cancelled")) == (3, 3)
    with act_as_house("make the next") as house:
        assert make_all(by=house) == 1
        assert make_all(by=house) == 0
    assert CaseMeeting.objects.coming().get().starts_at > later


def test_ended_series_makes_no_more_meetings(series: MeetingSeries, cast: Cast) -> None:
    with act_as(cast.coordinator.actor) as by:
        end_series(by=by, series=series)
    with act_as_house("make the next") as house:
        assert make_all(by=house) == 0
    assert CaseMeeting.objects.get().state == "cancelled"


def test_deputy_leads_when_the_leader_is_away(series: MeetingSeries, meeting: CaseMeeting, cast: Cast) -> None:
    party = MeetingParty.objects.select_related("series__desk").get(organisation=cast.here.organisation)
    with act_as(cast.coordinator.actor) as by:
        set_people(by=by, party=party, people=[(cast.adviser.someone, "lead"), (cast.desklead.someone, "deputy")])
    day = timezone.localdate()
    with act_as(cast.adviser.actor) as by:
        enter_absence(by=by, person=cast.adviser.someone, first_day=day, last_day=day + timedelta(days=90))
    CaseMeeting.objects.all().delete()
    with act_as_house("make the next") as house:
        make_all(by=house)
    assert CaseMeeting.objects.get().lead == cast.desklead.someone


def test_organisation_passed_over_leads_next(meeting: CaseMeeting, cast: Cast) -> None:
    assert meeting.lead == cast.adviser.someone
    with act_as(cast.coordinator.actor) as by:
        hand_lead(by=by, meeting=doors.get_meeting(by, meeting.pk), member=MeetingMember.objects.get(person=cast.partner.someone))
    leads = []
    for _time in range(3):
        CaseMeeting.objects.update(state="closed", closed_at=timezone.now())
        with act_as_house("make the next") as house:
            make_all(by=house, at=CaseMeeting.objects.latest("starts_at").ends_at)
        leads.append(CaseMeeting.objects.latest("starts_at").lead_party.organisation.code)  # type: ignore[union-attr]
    assert leads == [cast.here.organisation.code, "koskimaa-oppilaitos", cast.partners.code]


def test_deputy_is_told_that_she_leads_when_the_leader_will_be_away_after_all(series: MeetingSeries, meeting: CaseMeeting, cast: Cast) -> None:
    party = MeetingParty.objects.select_related("series__desk").get(organisation=cast.here.organisation)
    with act_as(cast.coordinator.actor) as by:
        set_people(by=by, party=party, people=[(cast.adviser.someone, "lead"), (cast.desklead.someone, "deputy")])
    meeting.refresh_from_db()
    assert meeting.lead == cast.adviser.someone
    day = timezone.localdate(meeting.starts_at)
    with act_as(cast.adviser.actor) as by:
        enter_absence(by=by, person=cast.adviser.someone, first_day=day, last_day=day)
    for _time in range(2):
        with act_as_house("as every night") as house:
            make_all(by=house)
    meeting.refresh_from_db()
    assert meeting.lead == cast.desklead.someone
    assert [mail.facts["person"] for mail in OutgoingMail.objects.filter(facts__what="lead")] == [cast.desklead.someone.pk]


def test_who_has_left_leads_no_meeting(series: MeetingSeries, meeting: CaseMeeting, cast: Cast) -> None:
    Seat.objects.filter(person=cast.adviser.someone).update(valid_until=timezone.localdate() - timedelta(days=1))
    with act_as_house("as every night") as house:
        make_all(by=house)
    meeting.refresh_from_db()
    assert meeting.lead == cast.partner.someone


def test_lead_is_told_once_of_a_meeting_that_was_not_closed(series: MeetingSeries, meeting: CaseMeeting, cast: Cast) -> None:
    for days in (-1, 1, 2):
        with act_as_house("as every night") as house:
            make_all(by=house, at=meeting.ends_at + timedelta(days=days))
    assert [mail.facts["person"] for mail in OutgoingMail.objects.filter(facts__what="unclosed")] == [meeting.lead_id]
    run_jobs()
    assert any("päättämättä" in mail.subject for mail in outbox.outbox)


def test_lead_is_handed_to_somebody_of_the_meeting_only(meeting: CaseMeeting, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as by:
        member = MeetingMember.objects.select_related("party").get(person=cast.partner.someone)
        assert hand_lead(by=by, meeting=doors.get_meeting(by, meeting.pk), member=member).lead == cast.partner.someone
        assert [mail.facts["person"] for mail in OutgoingMail.objects.filter(facts__what="lead")] == [cast.partner.someone.pk]
        with pytest.raises(NotAllowed):  # the turn has gone to another organisation
            hand_lead(by=by, meeting=doors.get_meeting(by, meeting.pk), member=member)


def test_standing_points_are_changed_for_the_meetings_to_come(series: MeetingSeries, meeting: CaseMeeting, cast: Cast) -> None:
    before = list(meeting.points.values_list("title_fi", flat=True))
    with act_as(cast.coordinator.actor) as by:
        set_points(by=by, series=series, points=[("region", {"fi": "Tilanne", "sv": "", "en": ""}), ("other", {"fi": "", "sv": "", "en": ""})])
        with pytest.raises(RuleBroken):
            set_points(by=by, series=series, points=[("other", {"fi": "", "sv": "Bara", "en": ""})])
    assert list(series.points.values_list("kind", "title_fi")) == [("region", "Tilanne")]
    assert list(meeting.points.values_list("title_fi", flat=True)) == before


def test_template_gives_the_points_in_three_languages(make: Make) -> None:
    points = list(make(template="partners").points.all())
    assert [point.kind for point in points] == ["guidance", "guide", "faces", "site", "cases", "other"]
    assert all(point.title_fi and point.title_sv and point.title_en for point in points)


def test_second_tuesday_and_last_friday() -> None:
    assert nth_weekday(2026, 12, 2, 1) == date(2026, 12, 8)
    assert nth_weekday(2026, 10, 5, 4) == date(2026, 10, 30)
    assert nth_weekday(2026, 2, 5, 4) == date(2026, 2, 27)


def test_day_off_moves_a_meeting_to_the_next_working_day() -> None:
    series = MeetingSeries(rhythm="monthly", nth=1, weekday=4, starts=time(9))  # the first Friday of January 2027 is New Year's Day
    assert next_day(series, date(2026, 12, 4), date(2026, 12, 10)) == date(2027, 1, 4)


@given(
    rhythm=st.sampled_from(["weekly", "fortnightly", "monthly", "two-monthly", "quarterly"]), nth=st.integers(1, 5), weekday=st.integers(0, 4),
    today=st.dates(date(2025, 1, 1), date(2035, 12, 31)), gap=st.none() | st.integers(-40, 400),
)  # fmt: skip
def test_next_meeting_is_a_working_day_to_come_after_the_last_one(rhythm: str, nth: int, weekday: int, today: date, gap: int | None) -> None:
    series = MeetingSeries(rhythm=rhythm, nth=nth, weekday=weekday, starts=time(9))
    last = None if gap is None else today - timedelta(days=gap)
    day = next_day(series, last, today)
    assert day >= today
    assert last is None or day > last
    assert day not in days_off(day.year)
    assert day.weekday() < 5
    assert day - max(today, last or today) < timedelta(days=130)


def test_hour_is_the_finnish_one_in_summer_and_winter(make: Make) -> None:
    series = make(form=replace(FORM, starts=time(8, 30)))
    starts: datetime = CaseMeeting.objects.get(series=series).starts_at
    assert timezone.localtime(starts).time() == time(8, 30)
