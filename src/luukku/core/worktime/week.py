"""A calendar as people read it: the week in few rows, the days that differ from it, the next closing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from luukku.core.worktime.calendar import DayHours, Why, WorkCalendar

AHEAD_DAYS = 21


@dataclass(frozen=True)
class Days:
    """Weekdays in a row (0 = Monday) that share their hours: opening and closing in minutes from midnight."""

    first: int
    last: int
    hours: Sequence[tuple[int, int]]


def unusual_days(calendar: WorkCalendar, since: date) -> list[DayHours]:
    """The days of the next three weeks whose hours are not their weekday's: closing days, holidays, days with hours of their own."""
    days = (calendar.day(since + timedelta(days=ahead)) for ahead in range(AHEAD_DAYS))
    return [day for day in days if day.why is not Why.WEEKDAY and day.hours != calendar.week[day.day.weekday()]]


def week_of(calendar: WorkCalendar) -> list[Days]:
    """The week in as few rows as it can be said; closed days are left out."""
    rows: list[Days] = []
    for weekday, hours in enumerate(calendar.week):
        spans = [(interval.start, interval.end) for interval in hours]
        if not spans:
            continue
        if rows and rows[-1].last == weekday - 1 and list(rows[-1].hours) == spans:
            rows[-1] = Days(rows[-1].first, weekday, spans)
        else:
            rows.append(Days(weekday, weekday, spans))
    return rows


def closing(calendar: WorkCalendar, now: datetime) -> datetime | None:
    """Today's closing that comes next, if the door is open."""
    minute = now.hour * 60 + now.minute
    for interval in calendar.day(now.date()).hours:
        if interval.start <= minute < interval.end:
            midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
            return midnight + timedelta(minutes=interval.end)
    return None
