"""Two at once on one meeting, with real threads and commits."""

from collections.abc import Callable
from datetime import time

import pytest

from luukku.core.actor import PUBLIC, Actor, act_as
from luukku.core.errors import RuleBroken
from luukku.desk.access import case_meetings as doors
from luukku.desk.actions.case_meetings.listing import propose
from luukku.desk.actions.case_meetings.making import make_next
from luukku.desk.actions.case_meetings.running import WrittenMeanwhile, open_meeting, write_item
from luukku.desk.actions.case_meetings.series import SeriesForm, create_series
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.models import CaseMeeting, ItemMinutes, Leg, MeetingItem
from tests.cast import Cast, assemble
from tests.desk.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def item(cast: Cast, need: Callable[..., NeedForm]) -> MeetingItem:
    with act_as(cast.coordinator.actor) as by:
        form = SeriesForm(names={"fi": "Neuvottelu"}, starts=time(9), place="Talo")
        create_series(by=by, region=cast.here.region, template="cases", form=form, organisations=[cast.here.organisation, cast.partners])
    with act_as(PUBLIC):
        case = send_need(by=PUBLIC, need=need())
    meeting = CaseMeeting.objects.get()
    with act_as(cast.adviser.actor) as by:
        take_up(by=by, leg=Leg.objects.get(case=case))
        item = propose(by=by, case=case, meeting=meeting, question="Miten?", nameless="Yritys, joka etsii tiloja.")
    with act_as(cast.coordinator.actor) as by:
        open_meeting(by=by, meeting=doors.get_meeting(by, meeting.pk))
    return item


def writing(actor: Actor, item: MeetingItem, words: str, version: int) -> Callable[[], object]:
    def work() -> object:
        with act_as(actor) as by:
            return write_item(by=by, item=doors.get_item(by, item.pk), minutes=words, decision="", version=version)

    return work


def test_two_write_minutes_at_once_and_the_second_is_told(cast: Cast, item: MeetingItem) -> None:
    for version in range(3):
        results = at_once(
            writing(cast.adviser.actor, item, f"Ainon {version}", version), writing(cast.partner.actor, item, f"Pekan {version}", version)
        )
        refused = [each for each in results if isinstance(each, Exception)]
        assert [type(each) for each in refused] == [WrittenMeanwhile], results
        kept = ItemMinutes.objects.get(item=item)
        assert (refused[0].theirs, refused[0].version) == (kept.minutes, version + 1)  # type: ignore[attr-defined]


def test_next_meeting_is_made_once(cast: Cast, item: MeetingItem) -> None:
    CaseMeeting.objects.update(state="cancelled")
    series = CaseMeeting.objects.get().series

    def work() -> object:
        with act_as(cast.coordinator.actor) as by:
            return make_next(by=by, series=series)

    results = at_once(work, work)
    assert not any(isinstance(each, Exception) for each in results), results
    assert CaseMeeting.objects.coming().count() == 1


def test_one_case_is_listed_once_by_two_at_once(cast: Cast, item: MeetingItem, need: Callable[..., NeedForm]) -> None:
    with act_as(PUBLIC):
        case = send_need(by=PUBLIC, need=need(name="Toinen", email="toinen@customer.example", words="Muu asia"))
    meeting = CaseMeeting.objects.get()
    with act_as(cast.adviser.actor) as by:
        take_up(by=by, leg=Leg.objects.get(case=case))

    def work() -> object:
        with act_as(cast.adviser.actor) as by:
            return propose(by=by, case=case, meeting=meeting, question="Miten?", nameless="Kauppa, joka muuttaa.")

    results = at_once(work, work)
    assert sum(isinstance(each, RuleBroken) for each in results) == 1, results
