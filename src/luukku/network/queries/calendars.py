"""The working-time calendars of regions and desks, as promises are counted in them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, time

from django.db.models import F, Q

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
    """The calendars of every region and desk, read at once: two statements."""

    def __init__(self) -> None:
        self._weeks: dict[tuple[str, int], list[tuple[int, time, time]]] = defaultdict(list)
        self._closed: dict[tuple[str, int], set[date]] = defaultdict(set)
        for each in OpeningHours.objects.order_by():
            self._weeks[_owner_key(each)].append((each.weekday, each.opens, each.closes))
        for closing in ClosingDay.objects.order_by():
            self._closed[_owner_key(closing)].add(closing.day)

    def of_region(self, region_id: int) -> WorkCalendar:
        """As `region_calendar`."""
        return self._joined([("region", region_id)])

    def of_desk(self, desk_id: int, region_id: int) -> WorkCalendar:
        """As `desk_calendar`."""
        return self._joined([("desk", desk_id), ("region", region_id)])

    def _joined(self, owners: list[tuple[str, int]]) -> WorkCalendar:
        """The first owner's week that there is; everybody's days."""
        weeks = (_week(self._weeks.get(owner, ())) for owner in owners)
        closed = frozenset().union(*(self._closed.get(owner, ()) for owner in owners))
        return WorkCalendar(next((week for week in weeks if week), OFFICE_HOURS.week), closed)


def _owner_key(row: OpeningHours | ClosingDay) -> tuple[str, int]:
    return ("desk", row.desk_id) if row.desk_id else ("region", row.region_id or 0)


def own_week(owner: Region | Desk) -> tuple[Hours, ...] | None:
    """The week that a region or desk has set for itself, Monday first; None when it has set none."""
    return _week(owner.opening_hours.values_list("weekday", "opens", "closes"))


def own_days(owner: Region | Desk, since: date) -> list[tuple[date, Hours, str]]:
    """Days from `since` on to which a region or desk has given hours of their own, with the reason."""
    rows = list(owner.opening_days.filter(day__gte=since))
    reasons = {row.day: row.reason for row in rows}
    return [(day, each, reasons[day]) for day, each in _days(rows).items()]


def _calendar(owners: Q) -> WorkCalendar:
    mine: list[tuple[int, time, time]] = []
    regions: list[tuple[int, time, time]] = []
    for hours_of in OpeningHours.objects.filter(owners):
        (mine if hours_of.desk_id else regions).append((hours_of.weekday, hours_of.opens, hours_of.closes))
    own_hours = _week(mine)
    opening = list(OpeningDay.objects.filter(owners))
    desks_open = _days(row for row in opening if row.desk_id)
    regions_open = _days(row for row in opening if not row.desk_id and own_hours is None)
    closing = dict(ClosingDay.objects.filter(owners).values_list("day", "desk_id").order_by(F("desk_id").asc(nulls_first=True)))
    closed = {day for day, desk_id in closing.items() if day not in desks_open and (desk_id or day not in regions_open)}
    exceptions = {day: each for day, each in (regions_open | desks_open).items() if day not in closed}
    return WorkCalendar(own_hours or _week(regions) or OFFICE_HOURS.week, frozenset(closed), tuple(exceptions.items()))


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
