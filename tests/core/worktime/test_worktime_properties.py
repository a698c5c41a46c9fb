"""Working time against the slow oracle, over invented calendars and the moments where calendars go wrong."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from luukku.core.worktime import (
    CLOSED,
    Hours,
    Interval,
    WorkCalendar,
    add_working_minutes,
    due,
    is_open,
    next_opening,
    working_days_between,
    working_minutes_between,
)
from tests.core.worktime import oracle

TRICKY_DAYS = [
    date(2026, 3, 28),  # summer time begins on Sunday
    date(2026, 10, 24),  # and ends
    date(2026, 12, 23),
    date(2026, 6, 18),  # Midsummer Eve on Friday
    date(2027, 12, 31),  # over the turn of the year
    date(2028, 2, 28),  # leap year
    date(2024, 4, 30),
]


@st.composite
def a_day(draw: st.DrawFn) -> Hours:
    edges = sorted(draw(st.sets(st.integers(0, 1440), max_size=6)))
    return tuple(Interval(*edges[at : at + 2]) for at in range(0, len(edges) - 1, 2))


days = st.one_of(
    st.just(CLOSED),
    st.just((Interval(480, 960),)),
    st.just((Interval(0, 1440),)),
    st.just((Interval(480, 720), Interval(780, 960))),
    a_day(),
)
near = st.builds(lambda day, by: day + timedelta(days=by), st.sampled_from(TRICKY_DAYS), st.integers(-4, 8))


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    week = tuple(draw(st.lists(days, min_size=7, max_size=7)))
    assume(any(week))
    closing = draw(st.frozensets(near, max_size=4))
    exceptions = draw(st.dictionaries(near.filter(lambda day: day not in closing), days, max_size=3))
    return WorkCalendar(week, closing, tuple(exceptions.items()), draw(st.booleans()))


moments = st.one_of(
    st.builds(
        lambda day, seconds: datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(seconds=seconds),
        near,
        st.integers(-7200, 86400),
    ),
    st.datetimes(datetime(2003, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC)),
)
slowly = settings(deadline=None, max_examples=120)


@slowly
@given(calendars(), moments, st.integers(0, 5))
def test_due_equals_oracle(calendar: WorkCalendar, moment: datetime, working_days: int) -> None:
    found = due(calendar, moment, working_days=working_days)
    assert found.astimezone(UTC) == oracle.due(calendar, moment, working_days).astimezone(UTC)
    assert found.utcoffset() == found.astimezone(UTC).astimezone(oracle.ZONE).utcoffset()


@slowly
@given(calendars(), moments)
def test_is_open_and_next_opening_equal_oracle(calendar: WorkCalendar, moment: datetime) -> None:
    assert is_open(calendar, moment) == oracle.is_open(calendar, moment)
    assert next_opening(calendar, moment).astimezone(UTC) == oracle.next_opening(calendar, moment).astimezone(UTC)


@slowly
@given(calendars(), moments, st.integers(0, 9 * 1440))
def test_working_minutes_equal_oracle(calendar: WorkCalendar, start: datetime, length: int) -> None:
    end = start + timedelta(minutes=length)
    expected = oracle.working_minutes_between(calendar, start, end)
    assert working_minutes_between(calendar, start, end) == expected
    assert working_minutes_between(calendar, end, start) == -expected


@slowly
@given(calendars(), moments, st.integers(1, 4000))
def test_add_working_minutes_is_the_earliest_moment_with_that_much_work(calendar: WorkCalendar, start: datetime, minutes: int) -> None:
    end = add_working_minutes(calendar, start, minutes)
    assert working_minutes_between(calendar, start, end) == minutes
    assert working_minutes_between(calendar, start, end - timedelta(minutes=1)) == minutes - 1


@slowly
@given(calendars(), moments, st.integers(0, 60))
def test_working_days_between_reverses_due(calendar: WorkCalendar, moment: datetime, working_days: int) -> None:
    assert working_days_between(calendar, moment, due(calendar, moment, working_days=working_days)) == working_days


@slowly
@given(calendars(), moments, moments, st.integers(0, 5))
def test_due_never_runs_backwards(calendar: WorkCalendar, one: datetime, other: datetime, working_days: int) -> None:
    """Who asks earlier is promised no later: on a week whose hours are alike, breaks and all."""
    first, second = sorted((one, other))
    week = (next(filter(None, calendar.week)),) * 7
    alike = WorkCalendar(week, calendar.closing_days, (), calendar.finnish_days_off)
    shown = [each.astimezone(oracle.ZONE).replace(tzinfo=None) for each in (first, second)]
    assume(shown == sorted(shown))  # not within the hour that an autumn night has twice
    assert due(alike, first, working_days=working_days) <= due(alike, second, working_days=working_days)
