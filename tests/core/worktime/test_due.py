"""The promise's limits, one rule at a time, on dates a person can check in a wall calendar."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from luukku.core.worktime import (
    OFFICE_HOURS,
    NeverOpens,
    OutsideCalendar,
    Why,
    WorkCalendar,
    add_working_minutes,
    due,
    is_open,
    next_opening,
    working_days_between,
    working_minutes_between,
)

ZONE = ZoneInfo("Europe/Helsinki")
NEVER = WorkCalendar.of({})
EVENINGS = WorkCalendar.of({0: "8-16", 1: "8-16", 2: "8-19", 3: "10-16", 4: "8-12, 13-14", 5: "10-13"})


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("asked", "days", "expected"),
    [
        ("2026-12-23T15:10", 2, "2026-12-29T15:10:00+02:00"),  # Christmas Eve to the second day of Christmas, then Sunday
        ("2026-11-16T09:00", 2, "2026-11-18T09:00:00+02:00"),
        ("2026-11-16T07:59", 2, "2026-11-18T08:00:00+02:00"),  # before opening
        ("2026-11-16T16:00", 2, "2026-11-19T08:00:00+02:00"),  # closing time is outside
        ("2026-11-14T12:00", 2, "2026-11-18T08:00:00+02:00"),  # Saturday
        ("2026-06-17T10:00", 2, "2026-06-22T10:00:00+03:00"),  # over Midsummer
        ("2026-06-19T10:00", 1, "2026-06-23T08:00:00+03:00"),  # asked on Midsummer Eve
        ("2026-03-27T10:00", 1, "2026-03-30T10:00:00+03:00"),  # summer time begins
        ("2026-10-23T10:00", 1, "2026-10-26T10:00:00+02:00"),  # and ends
        ("2026-04-30T15:59", 1, "2026-05-04T15:59:00+03:00"),  # May Day on a Friday
        ("2026-12-30T12:00", 3, "2027-01-05T12:00:00+02:00"),  # over New Year
        ("2026-11-16T09:00", 0, "2026-11-16T09:00:00+02:00"),
        ("2026-11-15T09:00", 0, "2026-11-16T08:00:00+02:00"),
        ("2026-11-16T15:59:59.999999", 1, "2026-11-17T15:59:59.999999+02:00"),
    ],
)
def test_due_in_office_hours(asked: str, days: int, expected: str) -> None:
    assert due(OFFICE_HOURS, local(asked), working_days=days).isoformat() == expected


@pytest.mark.parametrize(
    ("asked", "days", "expected"),
    [
        ("2026-11-18T18:30", 1, "2026-11-19T16:00:00+02:00"),  # later than Thursday's closing: clamped to it
        ("2026-11-18T08:15", 1, "2026-11-19T10:00:00+02:00"),  # earlier than Thursday's opening
        ("2026-11-19T12:30", 1, "2026-11-20T12:00:00+02:00"),  # within Friday's lunch break: before it
        ("2026-11-20T13:30", 1, "2026-11-21T13:00:00+02:00"),  # Saturday is a working day here
        ("2026-11-20T12:30", 1, "2026-11-21T13:00:00+02:00"),  # asked in the break: counts from 13, the end on Saturday
    ],
)
def test_due_with_hours_that_differ_by_weekday(asked: str, days: int, expected: str) -> None:
    assert due(EVENINGS, local(asked), working_days=days).isoformat() == expected


def test_due_skips_own_closing_days_and_uses_exceptional_hours() -> None:
    calendar = WorkCalendar.of(
        dict.fromkeys(range(5), "8-16"),
        closing_days=[date(2026, 11, 17)],
        exceptional_days={date(2026, 11, 18): "9-11", date(2026, 11, 19): ""},
    )
    assert due(calendar, local("2026-11-16T15:00"), working_days=1) == local("2026-11-18T11:00")
    assert due(calendar, local("2026-11-16T15:00"), working_days=2) == local("2026-11-20T15:00")


def test_exceptional_day_opens_a_holiday() -> None:
    calendar = WorkCalendar.of(dict.fromkeys(range(5), "8-16"), exceptional_days={date(2026, 12, 24): "8-11"})
    assert due(calendar, local("2026-12-23T15:10"), working_days=1) == local("2026-12-24T11:00")


def test_day_says_where_its_hours_come_from() -> None:
    calendar = WorkCalendar.of(closing_days=[date(2026, 11, 17)], exceptional_days={date(2026, 11, 18): "9-11"})
    days = {16: Why.WEEKDAY, 17: Why.CLOSING_DAY, 18: Why.EXCEPTIONAL_DAY}
    assert {number: calendar.day(date(2026, 11, number)).why for number in days} == days
    assert calendar.day(date(2026, 12, 24)).why is Why.HOLIDAY
    assert not calendar.day(date(2026, 12, 24)).is_open


def test_due_takes_the_moment_in_any_time_zone() -> None:
    assert due(OFFICE_HOURS, datetime(2026, 12, 23, 13, 10, tzinfo=UTC), working_days=2) == local("2026-12-29T15:10")


@pytest.mark.parametrize(
    "question",
    [
        lambda calendar, moment: due(calendar, moment, working_days=1),
        next_opening,
        lambda calendar, moment: add_working_minutes(calendar, moment, 1),
    ],
)
@pytest.mark.parametrize(
    "calendar",
    [NEVER, WorkCalendar.of({}, exceptional_days={date(2026, 1, 2): "8-16"}), WorkCalendar.of({}, exceptional_days={date(2026, 1, 2): ""})],
)
def test_calendar_that_never_opens_again_says_so(question: Callable[[WorkCalendar, datetime], datetime], calendar: WorkCalendar) -> None:
    with pytest.raises(NeverOpens, match="no opening hours"):
        question(calendar, local("2026-11-16T09:00"))


def test_calendar_that_never_opens_has_no_working_time() -> None:
    assert not is_open(NEVER, local("2026-11-16T09:00"))
    assert working_minutes_between(NEVER, local("2026-11-16T09:00"), local("2027-11-16T09:00")) == 0
    assert working_days_between(NEVER, local("2026-11-16T09:00"), local("2027-11-16T09:00")) == 0


def test_calendar_that_opens_once_far_ahead_is_found() -> None:
    calendar = WorkCalendar.of({}, exceptional_days={date(2061, 5, 2): "8-16"})
    assert next_opening(calendar, local("2026-11-16T09:00")) == local("2061-05-02T08:00")


def test_too_many_working_days_says_so() -> None:
    calendar = WorkCalendar.of({}, exceptional_days={date(2026, 11, 17): "8-16"})
    with pytest.raises(NeverOpens):
        due(calendar, local("2026-11-16T09:00"), working_days=1)


def test_working_minutes_of_a_night_when_the_clock_moves() -> None:
    always = WorkCalendar.of(dict.fromkeys(range(7), "0-24"), finnish_days_off=False)
    assert working_minutes_between(always, local("2026-03-29T00:00"), local("2026-03-30T00:00")) == 23 * 60
    assert working_minutes_between(always, local("2026-10-25T00:00"), local("2026-10-26T00:00")) == 25 * 60


def test_day_whose_only_hours_the_clock_skips_is_no_working_day() -> None:
    nights = WorkCalendar.of({6: "3-4", 0: "8-16"})
    assert due(nights, local("2026-03-23T09:00"), working_days=1) == local("2026-03-30T09:00")


def test_local_time_that_the_clock_skips_moves_on() -> None:
    always = WorkCalendar.of(dict.fromkeys(range(7), "0-24"), finnish_days_off=False)
    assert due(always, local("2026-03-28T03:30"), working_days=1).isoformat() == "2026-03-29T04:30:00+03:00"


def test_adding_minutes_ends_at_closing_time_not_at_the_next_opening() -> None:
    assert add_working_minutes(OFFICE_HOURS, local("2026-11-16T15:30"), 30) == local("2026-11-16T16:00")
    assert add_working_minutes(OFFICE_HOURS, local("2026-11-16T15:30"), 31) == local("2026-11-17T08:01")


def test_working_days_between_counts_no_weekend() -> None:
    assert working_days_between(OFFICE_HOURS, local("2026-11-13T15:00"), local("2026-11-16T08:30")) == 1
    assert working_days_between(OFFICE_HOURS, local("2026-11-14T15:00"), local("2026-11-16T08:30")) == 0
    assert working_days_between(OFFICE_HOURS, local("2026-11-16T08:30"), local("2026-11-13T15:00")) == -1


def test_unclear_moments_and_limits_are_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        due(OFFICE_HOURS, datetime(2026, 11, 16, 9), working_days=1)
    with pytest.raises(ValueError, match="negative"):
        due(OFFICE_HOURS, local("2026-11-16T09:00"), working_days=-1)
    with pytest.raises(OutsideCalendar, match="1970–2100"):
        due(OFFICE_HOURS, local("2101-11-16T09:00"), working_days=1)
