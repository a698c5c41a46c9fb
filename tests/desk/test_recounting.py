"""Limits that run follow the calendar: exactly, once, with an event; nobody is made late by a change of hours."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from luukku.core.actor import HOUSE, act_as, act_as_house
from luukku.core.models import Event
from luukku.core.worktime import NeverOpens, OutsideCalendar, WorkCalendar, due, parse_hours, working_days_between, working_minutes_between
from luukku.desk.actions.clocks import LegClocks, limit_of
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.recounting import counted_anew, recount
from luukku.desk.actions.sweeping import sweep
from luukku.desk.actions.waiting import resume, wait
from luukku.desk.enums import ClockKind
from luukku.desk.models import Breach, Case, Clock, Leg
from luukku.network.actions.desks import add_closing_day, remove_closing_day, set_hours
from luukku.network.queries.calendars import desk_calendar
from tests.cast import Cast
from tests.core.worktime.test_worktime_properties import calendars, moments
from tests.harness.jobs import queued_jobs, run_jobs

HELSINKI = ZoneInfo("Europe/Helsinki")
slowly = settings(deadline=None, max_examples=100)
JOB = "luukku.desk.tasks.recount_clocks"


def next_monday() -> datetime:
    """Ten o'clock on a Monday to come, with no holiday in the two weeks after it."""
    day = timezone.localdate() + timedelta(days=7 - timezone.localdate().weekday())
    calendar = WorkCalendar()
    while not all(calendar.day(day + timedelta(days=each)).is_open for each in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11, 14)):
        day += timedelta(days=7)
    return datetime(day.year, day.month, day.day, 10, tzinfo=HELSINKI)


@pytest.fixture
def monday() -> datetime:
    return next_monday()


@pytest.fixture
def taken(send: Callable[..., Case], cast: Cast, monday: datetime) -> Leg:
    leg = Leg.objects.get(case=send(at=monday))
    with act_as(cast.adviser.actor) as actor:
        return take_up(by=actor, leg=leg, at=monday)


def soon() -> datetime:
    return timezone.now() + timedelta(minutes=5)


def fresh(leg: Leg) -> Leg:
    return Leg.objects.get(pk=leg.pk)


def test_closing_day_moves_the_limits_that_run_and_says_so_in_the_history(taken: Leg, cast: Cast, monday: datetime) -> None:
    assert taken.due_at == monday + timedelta(days=14)
    day = (monday + timedelta(days=2)).date()
    closing = add_closing_day(by=cast.coordinator.actor, owner=cast.here.region, day=day)
    assert fresh(taken).due_at == monday + timedelta(days=14)  # the job comes when nobody counts in the old hours any more
    assert run_jobs(JOB) == 0
    assert run_jobs(JOB, until=soon()) == 1
    assert fresh(taken).due_at == monday + timedelta(days=15)
    event = Event.objects.get(action="case.limit_moved")
    assert (event.subject_id, event.facts["leg"]) == (taken.case_id, taken.pk)
    assert datetime.fromisoformat(event.facts["before"]) == monday + timedelta(days=14)
    assert datetime.fromisoformat(event.facts["after"]) == monday + timedelta(days=15)
    remove_closing_day(by=cast.coordinator.actor, closing_day=closing)
    run_jobs(JOB, until=soon())
    assert fresh(taken).due_at == monday + timedelta(days=14)


def test_recount_twice_leaves_one_event(taken: Leg, cast: Cast, monday: datetime) -> None:
    add_closing_day(by=cast.coordinator.actor, owner=cast.here.desk, day=(monday + timedelta(days=2)).date())
    with act_as_house("test"):
        assert recount(cast.here.desk.pk, [taken.case_id]) == 1
        assert recount(cast.here.desk.pk, [taken.case_id]) == 0
    assert Event.objects.filter(action="case.limit_moved").count() == 1


def test_other_desks_and_ended_clocks_keep_theirs(taken: Leg, cast: Cast, monday: datetime) -> None:
    met = Clock.objects.get(leg=taken, kind=ClockKind.TAKEN_UP)
    add_closing_day(by=cast.coordinator.actor, owner=cast.partner_desk, day=(monday + timedelta(days=1)).date())
    add_closing_day(by=cast.coordinator.actor, owner=cast.here.desk, day=(monday + timedelta(days=1)).date())
    run_jobs(JOB, until=soon())
    assert Clock.objects.get(pk=met.pk).due_at == met.due_at
    assert fresh(taken).due_at == monday + timedelta(days=15)


def test_promise_of_other_days_changes_nothing_that_runs(taken: Leg, cast: Cast, monday: datetime) -> None:
    cast.here.region.informed_days = 3
    cast.here.region.save()
    add_closing_day(by=cast.coordinator.actor, owner=cast.here.desk, day=(monday + timedelta(days=1)).date())
    run_jobs(JOB, until=soon())
    assert fresh(taken).due_at == monday + timedelta(days=15)


def test_longer_hours_do_not_make_anybody_late(send: Callable[..., Case], cast: Cast) -> None:
    now = timezone.now()
    leg = Leg.objects.get(case=send(at=now - timedelta(days=30)))
    Clock.objects.filter(leg=leg).update(due_at=now + timedelta(hours=3), working_days=25)
    with act_as_house("test"):
        assert recount(leg.desk_id, [leg.case_id], now=now) in (0, 1)
    before = fresh(leg).due_at
    set_hours(by=cast.coordinator.actor, owner=cast.here.region, week=[parse_hours("0-24")] * 7)
    run_jobs(JOB, until=soon())
    after = fresh(leg).due_at
    assert after is not None
    assert after >= now or after == before


def test_broken_promise_that_a_closing_day_mends_is_no_longer_counted(send: Callable[..., Case], cast: Cast) -> None:
    leg = Leg.objects.get(case=send())
    started = Clock.objects.get(leg=leg).started_at
    limit = Clock.objects.get(leg=leg).due_at
    with act_as_house("test"):
        assert sweep(now=limit + timedelta(hours=1)).broken == 1
        add_closing_day(by=HOUSE, owner=cast.here.desk, day=limit.astimezone(HELSINKI).date())
        assert recount(leg.desk_id, [leg.case_id], now=limit + timedelta(hours=1)) == 1
    assert not Breach.objects.exists()
    assert fresh(leg).due_at == due(desk_calendar(cast.here.desk), started, working_days=2)


def test_change_of_hours_queues_one_job_for_its_owner(cast: Cast) -> None:
    set_hours(by=cast.coordinator.actor, owner=cast.here.region, week=[parse_hours("9-15")] * 5 + [()] * 2)
    assert queued_jobs().count(JOB) == 1
    set_hours(by=cast.coordinator.actor, owner=cast.here.region, week=[parse_hours("9-15")] * 5 + [()] * 2)
    assert queued_jobs().count(JOB) == 1  # nothing changed


def test_pause_is_counted_in_the_new_hours(taken: Leg, cast: Cast, monday: datetime) -> None:
    with act_as(cast.adviser.actor) as actor:
        wait(by=actor, leg=taken, waiting_for="customer", words_to_customer="Lähetätkö laskelman?", at=monday + timedelta(days=1))
        resume(by=actor, leg=taken, at=monday + timedelta(days=3))
    assert fresh(taken).due_at == monday + timedelta(days=17)  # ten days from Thursday
    add_closing_day(by=cast.coordinator.actor, owner=cast.here.desk, day=(monday + timedelta(days=7)).date())
    run_jobs(JOB, until=soon())
    assert fresh(taken).due_at == monday + timedelta(days=18)


@slowly
@given(calendars(), moments, st.integers(1, 10))
def test_limit_is_counted_from_the_start(calendar: WorkCalendar, start: datetime, days: int) -> None:
    run = Clock(started_at=start, working_days=days, due_at=start)
    assert limit_of(run, calendar) == due(calendar, start, working_days=days)
    assert limit_of(Clock(started_at=start, due_at=start), calendar) == start  # days unknown: keeps its date


@slowly
@given(calendars(), calendars(), moments, st.integers(1, 10), st.lists(st.integers(0, 20_000), min_size=2, max_size=6))
def test_recount_after_any_changes_equals_the_promise_in_the_last_calendar(
    old: WorkCalendar, new: WorkCalendar, start: datetime, days: int, steps: list[int]
) -> None:
    """Pauses as they happened; the time left over after each pause is the same number of working minutes in whichever calendar counts."""
    assume(len(steps) % 2 == 0)
    at, pauses = start, []
    for step in steps:
        at += timedelta(minutes=step)
        pauses.append(at)
    run = Clock(started_at=start, working_days=days, pauses=pauses, due_at=start)
    try:
        run.due_at = limit_of(run, old)
        first = limit_of(run, new)
    except OutsideCalendar:
        return
    run.due_at = counted_anew(run, new, datetime(1970, 1, 3, tzinfo=UTC))  # nothing lies in the past: always the exact one
    assert run.due_at == first
    assert counted_anew(run, new, datetime(1970, 1, 3, tzinfo=UTC)) == first
    expected = due(new, start, working_days=days)
    for paused, resumed in zip(pauses[::2], pauses[1::2], strict=True):
        left = working_minutes_between(new, paused, expected)
        if left > 0:
            expected = first_minute_with(new, resumed, left)
    assert first == expected


def first_minute_with(calendar: WorkCalendar, start: datetime, minutes: int) -> datetime:
    """The earliest moment with so many working minutes since `start`, by halving."""
    low, high = start, start + timedelta(days=1)
    while working_minutes_between(calendar, start, high) < minutes:
        high = start + 2 * (high - start)
    low = low.replace(second=0, microsecond=0)
    high = high.replace(second=0, microsecond=0)
    while high - low > timedelta(minutes=1):
        middle = (low + (high - low) / 2).replace(second=0, microsecond=0)
        low, high = (low, middle) if working_minutes_between(calendar, start, middle) >= minutes else (middle, high)
    return high


@slowly
@given(calendars(), calendars(), moments, st.integers(1, 10), st.integers(0, 30_000))
def test_recount_never_moves_a_limit_into_the_past_by_an_earlier_date(
    old: WorkCalendar, new: WorkCalendar, start: datetime, days: int, later: int
) -> None:
    run = Clock(started_at=start, working_days=days, due_at=due(old, start, working_days=days))
    now = start + timedelta(minutes=later)
    found = counted_anew(run, new, now)
    assert found in (run.due_at, due(new, start, working_days=days))
    assert found >= min(now, run.due_at)


def test_clocks_and_recount_count_alike(taken: Leg, cast: Cast, monday: datetime) -> None:
    """What the actions arrive at step by step is what a recount from the start gives."""
    with act_as(cast.adviser.actor) as actor:
        wait(by=actor, leg=taken, waiting_for="customer", words_to_customer="Lähetätkö laskelman?", at=monday + timedelta(hours=3))
        resume(by=actor, leg=taken, at=monday + timedelta(days=2, hours=1))
    for run in Clock.objects.filter(leg=taken):
        assert limit_of(run, desk_calendar(cast.here.desk)) == run.due_at
    assert LegClocks(fresh(taken), cast.here.region, monday).running.keys() == {ClockKind.INFORMED}


def test_limits_of_the_past_are_counted_in_the_hours_of_their_time(send: Callable[..., Case], cast: Cast) -> None:
    """Had the new hours held then, these limits would have come later, and what broke would have been kept."""
    leg = Leg.objects.get(case=send(at=timezone.now() - timedelta(days=30)))
    run = Clock.objects.get(leg=leg)
    limit = run.due_at
    assert limit < timezone.now() - timedelta(days=20)
    set_hours(by=cast.coordinator.actor, owner=cast.here.region, week=[parse_hours("9-10"), *[()] * 6])  # Mondays only
    set_hours(by=cast.coordinator.actor, owner=cast.here.region, week=[parse_hours("9-11"), *[()] * 6])  # the same day once more
    run_jobs(JOB, until=soon())
    assert Clock.objects.get(leg=leg).due_at == limit
    assert limit_of(run, desk_calendar(cast.here.desk)) == limit


def test_desk_that_gets_its_own_hours_keeps_its_regions_for_the_past(cast: Cast) -> None:
    before = desk_calendar(cast.here.desk)
    today = timezone.localdate()
    set_hours(by=cast.coordinator.actor, owner=cast.here.desk, week=[parse_hours("12-13")] * 7)
    after = desk_calendar(cast.here.desk)
    for days in range(1, 30):
        assert after.day(today - timedelta(days=days)).hours == before.day(today - timedelta(days=days)).hours
    assert after.week == (parse_hours("12-13"),) * 7
    set_hours(by=cast.coordinator.actor, owner=cast.here.region, week=[parse_hours("8-9")] * 7)
    assert desk_calendar(cast.here.desk).day(today - timedelta(days=1)).hours == before.day(today - timedelta(days=1)).hours


@slowly
@given(calendars(), calendars(), moments, st.integers(1, 10), st.integers(-20, 40), st.lists(st.integers(0, 60_000), min_size=2, max_size=2))
def test_hours_that_change_on_a_day_leave_what_was_before_it(
    old: WorkCalendar, new: WorkCalendar, start: datetime, days: int, later: int, minutes: list[int]
) -> None:
    change = (start + timedelta(days=later)).astimezone(HELSINKI).date()
    both = replace(old, week=new.week, past_weeks=((change, old.week),))
    after = replace(old, week=new.week)
    moment = datetime(change.year, change.month, change.day, tzinfo=HELSINKI)
    a, b = sorted(start + timedelta(minutes=each) for each in minutes)
    try:
        limit = due(old, start, working_days=days)
        if limit < moment:
            assert due(both, start, working_days=days) == limit
        if start >= moment:
            assert due(both, start, working_days=days) == due(after, start, working_days=days)
        assert working_days_between(both, start, due(both, start, working_days=days)) == days
        cut = min(max(a, moment), b)
        assert working_minutes_between(both, a, b) == working_minutes_between(old, a, cut) + working_minutes_between(after, cut, b)
    except (OutsideCalendar, NeverOpens):
        return
