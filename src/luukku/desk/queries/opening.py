"""When a door is open, as its customers read it: now, next, and the week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from luukku.core.remembered import Remembered
from luukku.core.worktime import DayHours, Why, WorkCalendar, due, is_open, next_opening
from luukku.desk.queries.doors import desk_for, work_calendar
from luukku.network.models import Desk, Region

AHEAD_DAYS = 21


@dataclass(frozen=True)
class Days:
    """Weekdays in a row (0 = Monday) that share their hours: opening and closing in minutes from midnight."""

    first: int
    last: int
    hours: Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Door:
    """A region's front desk, or an organisation's own, at one moment: open or not, and by when a need sent now is taken up."""

    desk: Desk
    now: datetime
    is_open: bool
    closes_at: datetime | None
    opens_at: datetime
    taken_up_by: datetime
    week: Sequence[Days]
    unusual: Sequence[DayHours]


_front_desks: Remembered[Desk | None] = Remembered(30)


def door_of(region: Region, now: datetime | None = None) -> Door | None:
    """The region's front desk; None where it has none. Four statements, then none for half a minute."""
    desk = _front_desks.get(region.pk, lambda: desk_for(region.pk))
    return door_at(desk, region, now) if desk is not None else None


def door_at(desk: Desk, region: Region, now: datetime | None = None) -> Door:
    """The door of one desk: the region's front desk, or an organisation's own."""
    calendar, now = work_calendar(desk), timezone.localtime(now)
    return Door(
        desk=desk,
        now=now,
        is_open=is_open(calendar, now),
        closes_at=closing(calendar, now),
        opens_at=next_opening(calendar, now),
        taken_up_by=due(calendar, now, working_days=region.taken_up_days),
        week=week_of(calendar),
        unusual=unusual_days(calendar, now.date()),
    )


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
