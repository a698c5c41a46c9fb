"""Whole calendar months, the only periods that figures are told of: a shorter one, or the difference of two, could tell of one person."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone


def month_after(day: date, months: int) -> date:
    """The first day of the month so many months later (earlier if negative)."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, 1)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last of the month where it has no such day."""
    first = month_after(day, -months)
    return min(first + timedelta(days=day.day - 1), month_after(first, 1) - timedelta(days=1))


@dataclass(frozen=True)
class Months:
    """So many months from `first`, the first day of a month, on."""

    first: date
    count: int

    @property
    def until(self) -> date:
        """The first day after them."""
        return month_after(self.first, self.count)

    @property
    def last(self) -> date:
        """The last day of them."""
        return self.until - timedelta(days=1)

    @property
    def starts(self) -> list[date]:
        """The first day of each."""
        return [month_after(self.first, number) for number in range(self.count)]


def ended_months(count: int, today: date | None = None) -> Months:
    """The last `count` months that have ended by the Finnish clock."""
    this = (today or timezone.localdate()).replace(day=1)
    return Months(month_after(this, -count), count)
