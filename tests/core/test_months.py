"""Whole months: where they begin and end, over the turn of a year too."""

from datetime import date

import pytest

from luukku.core.months import Months, ended_months, month_after


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [(date(2026, 11, 22), 1, date(2026, 12, 1)), (date(2026, 12, 31), 1, date(2027, 1, 1)), (date(2026, 1, 5), -1, date(2025, 12, 1)),
     (date(2026, 6, 1), -12, date(2025, 6, 1))],
)  # fmt: skip
def test_month_after_is_the_first_of_a_month(day: date, months: int, then: date) -> None:
    assert month_after(day, months) == then


def test_ended_months_leave_the_running_one_out() -> None:
    found = ended_months(3, today=date(2026, 2, 28))
    assert found == Months(date(2025, 11, 1), 3)
    assert (found.until, found.last) == (date(2026, 2, 1), date(2026, 1, 31))
    assert found.starts == [date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1)]
