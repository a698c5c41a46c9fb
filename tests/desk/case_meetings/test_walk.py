"""One matter through a meeting: listed, agreed to, discussed, written onto the case, told to the customer."""

from datetime import timedelta

from django.utils import timezone

from luukku.core.actor import Actor, act_as, act_as_house
from luukku.core.models import OutgoingMail
from luukku.desk.access.case_meetings import get_item, get_meeting
from luukku.desk.actions.case_meetings.closing import close_meeting
from luukku.desk.actions.case_meetings.consent import answer, ask_consent
from luukku.desk.actions.case_meetings.running import add_step, handle_item, write_item
from luukku.desk.models import CaseMeeting, Leg, MeetingConsent, MeetingItem, MeetingPoint, Note
from luukku.desk.queries.case_meetings.agenda import meeting_page
from luukku.desk.queries.status_page import status_page
from tests.cast import Cast
from tests.desk.case_meetings.conftest import NAMELESS, QUESTION


def test_matter_is_discussed_by_name_after_the_customers_word(item: MeetingItem, running: CaseMeeting, cast: Cast, holder: Actor) -> None:
    with act_as(cast.adviser.actor) as by:
        ask_consent(by=by, item=get_item(by, item.pk))
    with act_as(cast.partner.actor) as by:
        (line,) = meeting_page(by, running.pk).lines
        assert (line.case, line.question, line.item.nameless) == (None, "", NAMELESS)
    with act_as(holder) as by:
        (word,) = status_page(by).talks.words
        assert word.is_asked
        answer(by=by, consent=word.consent, allowed=[cast.partners.pk])
    with act_as(cast.partner.actor) as by:
        (line,) = meeting_page(by, running.pk).lines
        assert line.case is not None
        assert line.case.customer == "Kaisa Kahvila"
        assert line.question == QUESTION
        listed = get_item(by, item.pk)
        write_item(by=by, item=listed, minutes="Kauppakamari tuntee rahoittajan.", decision="Haetaan lainaa yhdessä.", version=0)
        add_step(by=by, item=listed, words="Soittaa rahoittajalle", person=cast.partner.someone, due=timezone.localdate() + timedelta(days=3))
        handle_item(by=by, item=listed)
    note = Note.objects.get(case=Leg.objects.get().case)
    assert "Haetaan lainaa yhdessä." in note.body
    assert "Pekka Partner: Soittaa rahoittajalle" in note.body
    assert Leg.objects.get().next_step == ""  # the adviser's own part: Pekka has none
    with act_as(holder) as by:
        discussed = status_page(by).talks.discussed[item.pk]
        assert discussed.organisations == [cast.here.organisation.name, cast.partners.name]  # not the third, whom she did not name
        assert [step.words for step in discussed.steps] == ["Soittaa rahoittajalle"]
        assert not Note.objects.exists()


def test_next_meeting_is_made_when_one_closes_and_begins_with_what_was_left_open(running: CaseMeeting, item: MeetingItem, cast: Cast) -> None:
    MeetingPoint.objects.filter(meeting=running, kind="other").update(is_open=True, title_fi="Jäi kesken")
    with act_as(cast.adviser.actor) as by:
        close_meeting(by=by, meeting=get_meeting(by, running.pk))
    following = CaseMeeting.objects.coming().get(series=running.series_id)
    assert following.starts_at > running.starts_at
    assert following.lead == cast.partner.someone  # the lead goes round
    first = following.points.order_by("position")[0]
    assert (first.title_fi, first.carried_from_id is not None) == ("Jäi kesken", True)
    item.refresh_from_db()
    assert (item.meeting_id, item.state) == (following.pk, "listed")
    told = {(mail.facts["what"], mail.facts["person"]) for mail in OutgoingMail.objects.filter(kind="desk.case_meeting")}
    assert ("memo", cast.partner.someone.pk) in told
    assert MeetingConsent.objects.count() == 0


def test_point_that_two_meetings_had_no_time_for_keeps_coming_first_with_what_was_said_of_it(running: CaseMeeting, cast: Cast) -> None:
    MeetingPoint.objects.filter(meeting=running, kind="other").update(is_open=True, title_fi="Jäi kesken", minutes="Selvitetään")
    meeting = running
    for _time in range(2):
        with act_as_house("hold a meeting in which nobody comes to it"):
            CaseMeeting.objects.filter(pk=meeting.pk).update(state="running")
        with act_as(cast.coordinator.actor) as by:
            close_meeting(by=by, meeting=get_meeting(by, meeting.pk))
        meeting = CaseMeeting.objects.coming().get(series=running.series_id)
        first = meeting.points.select_related("carried_from").order_by("position")[0]
        assert first.carried_from is not None
        assert (first.title_fi, first.carried_from.minutes) == ("Jäi kesken", "Selvitetään")
    with act_as_house("somebody writes of it and leaves it"):
        MeetingPoint.objects.filter(pk=first.pk).update(minutes="Valmis")
        CaseMeeting.objects.filter(pk=meeting.pk).update(state="running")
    with act_as(cast.coordinator.actor) as by:
        close_meeting(by=by, meeting=get_meeting(by, meeting.pk))
    assert not CaseMeeting.objects.coming().get().points.filter(title_fi="Jäi kesken").exists()
