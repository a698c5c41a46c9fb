"""The cutting of published times against a slow, obvious oracle that asks every minute of the year; the clock is moved twice in it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from luukku.core.worktime.finland import days_off
from luukku.desk.queries.slots import Pattern, Span, free_times, times_on

HELSINKI = ZoneInfo("Europe/Helsinki")
MINUTE = timedelta(minutes=1)
YEAR = date(2026, 1, 1)
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)

days = st.one_of(
    st.integers(0, 364).map(lambda n: YEAR + timedelta(days=n)), st.sampled_from([SPRING, AUTUMN]),
    st.sampled_from([SPRING - timedelta(days=1), AUTUMN + timedelta(days=1)]),
)  # fmt: skip
clock = st.integers(0, 23 * 60 + 58).map(lambda n: time(n // 60, n % 60))


@st.composite
def patterns(draw: st.DrawFn) -> Pattern:
    opens, closes = sorted(draw(st.lists(clock, min_size=2, max_size=2, unique=True)))
    first = draw(days)
    weekdays = draw(st.frozensets(st.integers(0, 6), max_size=4))
    last = draw(st.none() | st.integers(0, 40).map(lambda n: first + timedelta(days=n))) if weekdays else first
    return Pattern(weekdays, first, last, opens, closes, draw(st.integers(10, 180)), draw(st.integers(0, 60)))


def oracle(pattern: Pattern, day: date) -> list[Span]:
    """Each minute of the day and its neighbours: does the wall clock show an open one?"""
    offered = day == pattern.first_day if not pattern.weekdays else (
        day.weekday() in pattern.weekdays and pattern.first_day <= day and (pattern.last_day is None or day <= pattern.last_day)
        and day not in days_off(day.year)
    )  # fmt: skip
    if not offered:
        return []
    at, found, run = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=4), [], 0
    step = pattern.length + pattern.buffer
    begin: datetime | None = None
    for _ in range(32 * 60):
        local = at.astimezone(HELSINKI)
        is_open = local.date() == day and pattern.opens <= local.time() < pattern.closes
        if is_open:
            begin, run = begin or at, run + 1
            if run % step == pattern.length % step and run >= pattern.length:
                found.append((at + MINUTE - pattern.length * MINUTE, at + MINUTE))
        else:
            begin, run = None, 0
        at += MINUTE
    return found


@settings(max_examples=60, deadline=None)
@given(patterns(), days)
def test_times_of_a_day_are_those_of_the_oracle(pattern: Pattern, day: date) -> None:
    for each in (day, pattern.first_day):
        assert times_on(pattern, each) == oracle(pattern, each)


@settings(max_examples=60, deadline=None)
@given(
    patterns(),
    st.lists(st.tuples(st.integers(0, 60 * 24 * 6), st.integers(1, 400)), max_size=8),
    st.frozensets(st.integers(0, 5), max_size=2),
    st.integers(0, 3000),
)
def test_free_times_are_those_that_meet_nothing(pattern: Pattern, blocks: Sequence[tuple[int, int]], shut: frozenset[int], notice: int) -> None:
    first = pattern.first_day
    start = datetime(first.year, first.month, first.day, tzinfo=HELSINKI).astimezone(UTC)
    taken = [(start + begin * MINUTE, start + (begin + length) * MINUTE) for begin, length in blocks]
    closed = {first + timedelta(days=n) for n in shut}
    earliest, last = start + notice * MINUTE, first + timedelta(days=6)
    slow = [
        (begin, end)
        for n in range(7) if (day := first + timedelta(days=n)) not in closed
        for begin, end in oracle(pattern, day)
        if begin >= earliest and not any(a < end + pattern.buffer * MINUTE and b > begin for a, b in taken)
    ]  # fmt: skip
    assert list(free_times(pattern, first=first, last=last, earliest=earliest, closed=closed, taken=taken)) == slow


def test_evening_and_weekend_are_times_like_others() -> None:
    saturday = date(2026, 11, 28)
    pattern = Pattern(frozenset({5}), saturday, None, time(18), time(21), 60, 0)
    assert [begin.astimezone(HELSINKI).hour for begin, _ in times_on(pattern, saturday)] == [18, 19, 20]


def test_hour_that_the_clock_skips_is_not_offered() -> None:
    pattern = Pattern(frozenset(), SPRING, SPRING, time(2), time(5), 60, 0)
    assert [begin.astimezone(HELSINKI).hour for begin, _ in times_on(pattern, SPRING)] == [2, 4]
    assert len(times_on(Pattern(frozenset(), AUTUMN, AUTUMN, time(2), time(5), 60, 0), AUTUMN)) == 4


def test_weekly_times_rest_on_a_holiday_and_single_ones_do_not() -> None:
    holiday = date(2026, 12, 25)
    weekly = Pattern(frozenset({holiday.weekday()}), date(2026, 12, 1), None, time(9), time(10), 60, 0)
    assert times_on(weekly, holiday) == []
    assert len(times_on(Pattern(frozenset(), holiday, holiday, time(9), time(10), 60, 0), holiday)) == 1
