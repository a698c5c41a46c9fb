"""Calendars and hours: what may be written, what is refused."""

from datetime import date

import pytest

from luukku.core.worktime import CLOSED, OFFICE_WEEK, Interval, WorkCalendar, format_hours, hours, parse_hours


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8-16", [(480, 960)]),
        ("8.30–12, 13:00-16", [(510, 720), (780, 960)]),
        ("13-16,8-12", [(480, 720), (780, 960)]),
        ("8-12, 12-16", [(480, 960)]),
        ("0-24", [(0, 1440)]),
        ("  ", []),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, expected: list[tuple[int, int]]) -> None:
    assert parse_hours(text) == hours(expected)
    assert parse_hours(format_hours(parse_hours(text))) == hours(expected)


@pytest.mark.parametrize("text", ["16-8", "8-8", "8-25", "8.75-10", "8-12, 11-16", "from eight", "8-16,", "24.30-25"])
def test_hours_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_hours(text)


def test_hours_are_shown_in_the_finnish_way() -> None:
    assert format_hours((Interval(480, 750), Interval(780, 960))) == "8–12.30, 13–16"


def test_equal_calendars_are_one_key() -> None:
    one = WorkCalendar.of({0: "8-16"}, [date(2026, 1, 2)], {date(2026, 1, 7): "9-10", date(2026, 1, 5): "9-10"})
    same = WorkCalendar.of({0: "8-12, 12-16"}, [date(2026, 1, 2)], {date(2026, 1, 5): "9-10", date(2026, 1, 7): "9-10"})
    assert one == same
    assert len({one, same, WorkCalendar()}) == 2


def test_default_is_weekdays_8_to_16() -> None:
    assert WorkCalendar().week == OFFICE_WEEK
    assert [format_hours(day) for day in OFFICE_WEEK] == ["8–16"] * 5 + [""] * 2


def test_contradictory_calendar_is_refused() -> None:
    with pytest.raises(ValueError, match="Both a closing day and an exceptional day"):
        WorkCalendar.of(closing_days=[date(2026, 1, 2)], exceptional_days={date(2026, 1, 2): "9-10"})
    with pytest.raises(ValueError, match="seven days"):
        WorkCalendar(week=(CLOSED,))
    with pytest.raises(ValueError, match="twice"):
        WorkCalendar(exceptional_days=((date(2026, 1, 2), CLOSED), (date(2026, 1, 2), CLOSED)))
