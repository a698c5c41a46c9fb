"""The working-time calendars of regions and desks, as promises are counted in them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time

from django.db.models import Q

from luukku.core.worktime import DAY_MINUTES, OFFICE_HOURS, Hours, Interval, WorkCalendar, hours
from luukku.network.models import ClosingDay, Desk, OpeningDay, OpeningHours, Region

_LAST_MINUTE = time(23, 59)  # a time field knows no 24:00; nobody closes at 23.59 and not at midnight


def region_calendar(region_id: int) -> WorkCalendar:
    """The region's hours, closing days and days with hours of their own; Monday to Friday 8–16 where it has not set hours. Three statements."""
    return _calendar(Q(region_id=region_id))


def desk_calendar(desk: Desk) -> WorkCalendar:
    """The desk's own hours, or its region's where it has none; closing days of both. Three statements.

    A day's hours that the desk itself has set win over its region's closing day, and its own closing day over its region's hours of that day.
    """
    return _calendar(Q(region_id=desk.region_id) | Q(desk_id=desk.pk))


class Calendars:
    """The calendars of every region and desk, read at once: three statements."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, int], _Rows] = defaultdict(_Rows)
        for hours_of in OpeningHours.objects.order_by():
            self._of(hours_of).hours.append(hours_of)
        for opening in OpeningDay.objects.order_by():
            self._of(opening).openings.append(opening)
        for closing in ClosingDay.objects.order_by():
            self._of(closing).closings.append(closing)

    def of_region(self, region_id: int) -> WorkCalendar:
        """As `region_calendar`."""
        return self._rows[("region", region_id)].calendar()

    def of_desk(self, desk_id: int, region_id: int) -> WorkCalendar:
        """As `desk_calendar`."""
        theirs, own = self._rows[("region", region_id)], self._rows[("desk", desk_id)]
        return _Rows(theirs.hours + own.hours, theirs.openings + own.openings, theirs.closings + own.closings).calendar()

    def _of(self, row: OpeningHours | OpeningDay | ClosingDay) -> "_Rows":
        return self._rows[("desk", row.desk_id) if row.desk_id else ("region", row.region_id or 0)]


def own_week(owner: Region | Desk) -> tuple[Hours, ...] | None:
    """The week that a region or desk has set for itself, Monday first; None when it has set none."""
    return _week(owner.opening_hours.values_list("weekday", "opens", "closes"))


def own_days(owner: Region | Desk, since: date) -> list[tuple[date, Hours, str]]:
    """Days from `since` on to which a region or desk has given hours of their own, with the reason."""
    rows = list(owner.opening_days.filter(day__gte=since))
    reasons = {row.day: row.reason for row in rows}
    return [(day, each, reasons[day]) for day, each in _days(rows).items()]


def _calendar(owners: Q) -> WorkCalendar:
    rows = _Rows(list(OpeningHours.objects.filter(owners)), list(OpeningDay.objects.filter(owners)), list(ClosingDay.objects.filter(owners)))
    return rows.calendar()


@dataclass
class _Rows:
    """What a region, or a region and its desk, have set."""

    hours: list[OpeningHours] = field(default_factory=list)
    openings: list[OpeningDay] = field(default_factory=list)
    closings: list[ClosingDay] = field(default_factory=list)

    def calendar(self) -> WorkCalendar:
        own_hours = _week((row.weekday, row.opens, row.closes) for row in self.hours if row.desk_id)
        desks_open = _days(row for row in self.openings if row.desk_id)
        regions_open = _days(row for row in self.openings if not row.desk_id and own_hours is None)
        closing = {row.day: row.desk_id for row in sorted(self.closings, key=lambda row: row.desk_id is not None)}
        closed = {day for day, desk_id in closing.items() if day not in desks_open and (desk_id or day not in regions_open)}
        exceptions = {day: each for day, each in (regions_open | desks_open).items() if day not in closed}
        week = own_hours or _week((row.weekday, row.opens, row.closes) for row in self.hours if not row.desk_id) or OFFICE_HOURS.week
        return WorkCalendar(week, frozenset(closed), tuple(exceptions.items()))


def _days(rows: Iterable[OpeningDay]) -> dict[date, Hours]:
    found: dict[date, list[Interval]] = {}
    for row in rows:
        found.setdefault(row.day, []).append(_interval(row.opens, row.closes))
    return {day: hours(intervals) for day, intervals in found.items()}


def _week(rows: Iterable[tuple[int, time, time]]) -> tuple[Hours, ...] | None:
    days: list[list[Interval]] = [[] for _ in range(7)]
    for weekday, opens, closes in rows:
        days[weekday].append(_interval(opens, closes))
    return tuple(hours(day) for day in days) if any(days) else None


def _interval(opens: time, closes: time) -> Interval:
    end = DAY_MINUTES if closes == _LAST_MINUTE else closes.hour * 60 + closes.minute
    return Interval(opens.hour * 60 + opens.minute, end)
