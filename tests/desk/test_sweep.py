"""The sweep: who is warned of a promise, when, and that nothing is repeated."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as outbox
from django.core.mail import EmailMultiAlternatives
from django.db import connection

from luukku.core.actor import act_as, act_as_house
from luukku.core.models import Event, MailState, OutgoingMail
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.sweeping import Swept, sweep
from luukku.desk.actions.talking import write
from luukku.desk.actions.waiting import wait
from luukku.desk.models import Breach, Case, Clock, ClockWarning, Leg, WarningTimes
from tests.cast import Cast
from tests.harness.counting import sql_count
from tests.harness.jobs import run_jobs

HELSINKI = ZoneInfo("Europe/Helsinki")
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=HELSINKI)
SECRETS = ("kahvila", "Kahvila", "rahoitusta", "Kaisa Kahvila", "040 555 0199")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=HELSINKI)


def swept(now: datetime) -> Swept:
    with act_as_house("test"):
        return sweep(now=now)


def told() -> list[tuple[str, str]]:
    return sorted(ClockWarning.objects.values_list("person__name", "step"))


@pytest.fixture
def mine(send: Callable[..., Case], cast: Cast) -> Leg:
    """Aino took it up on Monday at ten: she must tell how it stands by Monday 7 December at ten."""
    leg = Leg.objects.get(case=send(at=MONDAY))
    with act_as(cast.adviser.actor) as actor:
        return take_up(by=actor, leg=leg, at=MONDAY)


def test_handler_is_warned_half_a_working_day_before_then_the_lead_then_the_coordinator(mine: Leg) -> None:
    due = mine.due_at
    assert due is not None
    due = due.astimezone(HELSINKI)
    assert (due.month, due.day, due.hour) == (12, 7, 10)
    assert swept(datetime(2026, 12, 4, 13, 59, tzinfo=HELSINKI)).warnings == 0
    assert swept(datetime(2026, 12, 4, 14, 0, tzinfo=HELSINKI)) == Swept(1, 1, 0)  # two hours on Friday, two on Monday
    assert told() == [("Aino Adviser", "handler")]
    assert swept(datetime(2026, 12, 7, 8, 0, tzinfo=HELSINKI)) == Swept(1, 1, 0)
    assert told() == [("Aino Adviser", "handler"), ("Leena Lead", "lead")]
    assert swept(datetime(2026, 12, 7, 8, 59, tzinfo=HELSINKI)) == Swept(0, 0, 0)
    assert swept(datetime(2026, 12, 7, 9, 0, tzinfo=HELSINKI)) == Swept(1, 1, 0)  # an hour before it breaks
    assert told() == [("Aino Adviser", "handler"), ("Kaisa Coordinator", "coordinator"), ("Leena Lead", "lead")]
    assert swept(datetime(2026, 12, 9, 10, 0, tzinfo=HELSINKI)) == Swept(0, 0, 1)


def test_a_limit_at_the_next_opening_is_as_near_as_the_closing_before_it(send: Callable[..., Case]) -> None:
    send(at=at(21, 12))  # Saturday: counts from Monday 8.00, due Wednesday 8.00
    assert swept(at(24, 11, 59)).warnings == 0
    assert swept(at(24, 12)).warnings == 1
    assert told() == [("Leena Lead", "lead")]  # nobody has it: the lead at once


def test_nobody_is_warned_at_night_and_the_first_minute_of_the_day_tells_all(mine: Leg) -> None:
    assert mine.due_at is not None
    for moment in (datetime(2026, 12, 4, 17, 0, tzinfo=HELSINKI), datetime(2026, 12, 6, 12, 0, tzinfo=HELSINKI)):
        assert swept(moment).warnings == 0
    assert swept(datetime(2026, 12, 7, 8, 0, tzinfo=HELSINKI)) == Swept(2, 2, 0)


def test_desk_without_a_lead_warns_all_who_handle_its_matters(send: Callable[..., Case], cast: Cast) -> None:
    case = send(at=MONDAY, region=cast.there.region, municipality=cast.there.municipality)
    assert case.region == cast.there.region
    swept(at(25, 9))
    assert told() == [("Otto Outsider", "lead")]


def test_region_chooses_when(mine: Leg, cast: Cast) -> None:
    WarningTimes.objects.create(region=cast.here.region, handler_minutes=960, lead_minutes=0, coordinator_minutes=-60)
    swept(datetime(2026, 12, 3, 10, 0, tzinfo=HELSINKI))
    assert told() == [("Aino Adviser", "handler")]
    swept(datetime(2026, 12, 7, 9, 59, tzinfo=HELSINKI))
    assert len(told()) == 1
    swept(datetime(2026, 12, 7, 10, 0, tzinfo=HELSINKI))
    assert len(told()) == 2
    swept(datetime(2026, 12, 7, 11, 0, tzinfo=HELSINKI))
    assert len(told()) == 3


def test_paused_and_ended_clocks_warn_of_nothing(mine: Leg, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        wait(by=actor, leg=mine, waiting_for="customer", words_to_customer="Lähetätkö laskelman?", at=at(24, 9))
    assert swept(datetime(2027, 1, 15, 12, 0, tzinfo=HELSINKI)) == Swept(0, 0, 0)


def test_what_broke_is_recorded_once_with_its_cause_and_in_the_history(mine: Leg, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        wait(by=actor, leg=mine, waiting_for="authority", at=at(24, 9))
    for day in (9, 10, 11):
        swept(datetime(2026, 12, day, 12, 0, tzinfo=HELSINKI))
    breach = Breach.objects.get()
    assert (breach.kind, breach.waiting_for, breach.desk) == ("informed", "authority", cast.here.desk)
    event = Event.objects.get(action="case.late")
    assert event.subject_id == mine.case_id
    assert event.at == breach.due_at
    assert event.facts == {"leg": mine.pk, "clock": breach.clock_id, "kind": "informed", "cause": "authority"}


def test_promise_that_was_met_too_late_between_two_sweeps_is_recorded_too(mine: Leg, cast: Cast) -> None:
    assert mine.due_at is not None
    with act_as(cast.adviser.actor) as actor:
        write(by=actor, case=mine.case, body="Anteeksi, että kesti.", at=mine.due_at + timedelta(minutes=2))
    assert swept(mine.due_at + timedelta(minutes=4)).broken == 1
    assert swept(mine.due_at + timedelta(minutes=9)).broken == 0


def test_one_mail_gathers_the_warnings_of_a_person_and_tells_numbers_only(send: Callable[..., Case], cast: Cast) -> None:
    cases = [send(at=MONDAY) for _ in range(6)]
    for case in cases[:3]:
        with act_as(cast.adviser.actor) as actor:
            take_up(by=actor, leg=Leg.objects.get(case=case), at=MONDAY)
    OutgoingMail.objects.all().delete()
    now = datetime(2026, 12, 8, 11, 0, tzinfo=HELSINKI)
    Clock.objects.filter(kind="taken-up").update(due_at=at(25, 10))
    assert swept(now) == Swept(3 + 6 + 6, 3, 6)
    assert OutgoingMail.objects.count() == 3
    outbox.outbox.clear()
    run_jobs("luukku.core.tasks.send_mail")
    assert {message.to[0] for message in outbox.outbox} == {"adviser@cast.example", "desklead@cast.example", "coordinator@cast.example"}
    for message in outbox.outbox:
        assert isinstance(message, EmailMultiAlternatives)
        text = str(message.subject) + str(message.body) + str(message.alternatives[0][0])
        assert not [secret for secret in SECRETS if secret in text]
        wanted = cases[:3] if message.to == ["adviser@cast.example"] else cases
        assert [case.number for case in cases if case.number in text] == [case.number for case in wanted]
        assert (f"/asia/{cases[0].number}/" in text) is (message.to != ["coordinator@cast.example"])


def test_mail_leaves_out_what_has_been_seen_to_meanwhile(mine: Leg, cast: Cast) -> None:
    OutgoingMail.objects.all().delete()
    swept(datetime(2026, 12, 7, 7, 59, tzinfo=HELSINKI))
    swept(datetime(2026, 12, 7, 8, 0, tzinfo=HELSINKI))
    with act_as(cast.adviser.actor) as actor:
        write(by=actor, case=mine.case, body="Tilanne on tämä.", at=datetime(2026, 12, 7, 8, 1, tzinfo=HELSINKI))
    run_jobs("luukku.core.tasks.send_mail")
    assert set(OutgoingMail.objects.filter(kind="desk.warning").values_list("state", flat=True)) == {MailState.GONE}


def test_sweep_costs_a_fixed_number_of_statements(send: Callable[..., Case]) -> None:
    send(at=MONDAY)
    with act_as_house("test"), sql_count() as few:
        sweep(now=at(26, 12))
    for _ in range(5):
        send(at=MONDAY)
    with act_as_house("test"), sql_count(few.number):
        sweep(now=at(26, 13))


def test_web_reads_and_writes_neither_warnings_nor_breaches(mine: Leg, cast: Cast) -> None:
    swept(datetime(2026, 12, 9, 12, 0, tzinfo=HELSINKI))
    assert ClockWarning.objects.exists()
    assert Breach.objects.exists()
    with act_as(cast.adviser.actor), connection.cursor() as cursor:
        for table in ("desk_clockwarning", "desk_breach"):
            cursor.execute(f"select count(*) from {table}")
            assert cursor.fetchone()[0] == 0
            cursor.execute(f"delete from {table}")
            assert cursor.rowcount == 0
