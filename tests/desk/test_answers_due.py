"""After the customer has written our answer is due soon, and her own clock is never reset."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from luukku.core.actor import Actor, act_as
from luukku.desk.actions.customer import customer_writes
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.talking import write
from luukku.desk.actions.waiting import wait
from luukku.desk.enums import ClockEnd
from luukku.desk.models import Case, Clock, Leg
from tests.cast import Cast

HELSINKI = ZoneInfo("Europe/Helsinki")
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=HELSINKI)
DAY = timedelta(days=1)


@pytest.fixture
def case(send: Callable[..., Case]) -> Case:
    return send(at=MONDAY)


def informed() -> Clock:
    return Clock.objects.get(kind="informed", ended_at=None)


def test_answer_is_due_within_the_promise_after_she_has_written(case: Case, leg: Leg, holder: Actor, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=leg, at=MONDAY)
    with act_as(holder):
        customer_writes(by=holder, case=case, body="Miten etenee?", at=MONDAY + DAY)
        customer_writes(by=holder, case=case, body="Vielä yksi asia.", at=MONDAY + DAY + timedelta(hours=2))
    leg = Leg.objects.get()
    assert informed().due_at == leg.due_at == datetime(2026, 11, 26, 10, 0, tzinfo=HELSINKI)  # two working days after the first message
    assert Clock.objects.get(kind="informed", end=ClockEnd.REARMED).kept is None
    first = Clock.objects.get(kind="taken-up")
    assert (first.started_at, first.kept) == (MONDAY, True)
    assert Case.objects.get().contacted_at == MONDAY
    with act_as(cast.adviser.actor) as actor:
        write(by=actor, case=case, body="Näin etenee.", at=MONDAY + 2 * DAY)
    assert Clock.objects.get(kind="informed", end=ClockEnd.MET).kept is True
    assert informed().working_days == cast.here.region.informed_days


def test_limit_that_is_sooner_or_past_stays(case: Case, leg: Leg, holder: Actor, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=leg, at=MONDAY)
    due = informed().due_at
    for moment in (due - timedelta(hours=3), due + DAY):
        with act_as(holder):
            customer_writes(by=holder, case=case, body=f"Hei {moment}", at=moment)
        assert informed().due_at == due


def test_her_answer_to_our_question_makes_ours_due_too(case: Case, leg: Leg, holder: Actor, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=leg, at=MONDAY)
        wait(by=actor, leg=leg, waiting_for="customer", words_to_customer="Lähetätkö laskelman?", at=MONDAY)
    with act_as(holder):
        customer_writes(by=holder, case=case, body="Tässä.", at=MONDAY + 7 * DAY)
    assert informed().due_at == datetime(2026, 12, 2, 10, 0, tzinfo=HELSINKI)


def test_new_matter_keeps_its_first_limit(case: Case, leg: Leg, holder: Actor) -> None:
    with act_as(holder):
        customer_writes(by=holder, case=case, body="Lisäys.", at=MONDAY + DAY)
    assert [(each.kind, each.started_at) for each in Clock.objects.all()] == [("taken-up", MONDAY)]
