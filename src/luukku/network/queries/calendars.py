"""The working-time calendars of regions and desks, as promises are counted in them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import NamedTuple

from django.db.models import DateField, IntegerField, Q, TimeField, Value

from luukku.core.worktime import DAY_MINUTES, OFFICE_HOURS, Hours, Interval, WorkCalendar, hours
from luukku.network.models import ClosingDay, Desk, OpeningDay, OpeningHours, PastHours, Premises, Region

Week = tuple[Hours, ...]
Owner = Region | Desk | Premises  # who keeps hours
NO_HOURS = 7  # in place of a weekday: the week had no hours of its own
_LAST_MINUTE = time(23, 59)  # a time field knows no 24:00; nobody closes at 23.59 and not at midnight


def region_calendar(region_id: int) -> WorkCalendar:
    """The region's hours, closing days and days with hours of their own; Monday to Friday 8–16 where it has not set hours. One statement."""
    return _calendar(Q(region_id=region_id))


def desk_calendar(desk: Desk) -> WorkCalendar:
    """The desk's own hours, or its region's where it has none; closing days of both. One statement.

    A day's hours that the desk itself has set win over its region's closing day, and its own closing day over its region's hours of that day.
    """
    return _calendar(Q(region_id=desk.region_id) | Q(desk_id=desk.pk))


class Calendars:
    """The calendars of every region and desk, or of a region with its desks, read at once: one statement."""

    def __init__(self, region_id: int | None = None) -> None:
        self._rows: dict[tuple[str, int], list[_Row]] = defaultdict(list)
        for row in _rows(~Q(region=None, desk=None) if region_id is None else Q(region_id=region_id) | Q(desk__region_id=region_id)):
            self._rows[("desk", row.desk_id) if row.desk_id else ("region", row.region_id or 0)].append(row)

    def of_region(self, region_id: int) -> WorkCalendar:
        """As `region_calendar`."""
        return _built(self._rows.get(("region", region_id), []))

    def of_desk(self, desk_id: int, region_id: int) -> WorkCalendar:
        """As `desk_calendar`."""
        return _built(self._rows.get(("region", region_id), []) + self._rows.get(("desk", desk_id), []))


def premises_calendars() -> dict[int, WorkCalendar]:
    """Of all premises that have set hours, by key: their weeks, closing days, days with hours of their own. One statement."""
    no_day, no_weekday, no_time = Value(None, DateField()), Value(None, IntegerField()), Value(None, TimeField())
    week = OpeningHours.objects.exclude(premises=None).order_by().values_list("premises_id", "weekday", no_day, "opens", "closes")
    opening = OpeningDay.objects.exclude(premises=None).order_by().values_list("premises_id", no_weekday, "day", "opens", "closes")
    closing = ClosingDay.objects.exclude(premises=None).order_by().values_list("premises_id", no_weekday, "day", no_time, no_time)
    found: dict[int, list[_Row]] = defaultdict(list)
    for premises_id, *values in week.union(opening, closing, all=True):
        found[premises_id].append(_Row(None, premises_id, *values))
    return {key: _built(rows) for key, rows in found.items() if any(row.weekday is not None for row in rows)}


def own_week(owner: Owner) -> tuple[Hours, ...] | None:
    """The week that a region, desk or premises have set for themselves, Monday first; None when it has set none."""
    return _week(_Row(None, None, *values) for values in owner.opening_hours.values_list("weekday", Value(None, DateField()), "opens", "closes"))


def own_days(owner: Owner, since: date) -> list[tuple[date, Hours, str]]:
    """Days from `since` on to which a region, desk or premises have given hours of their own, with the reason."""
    rows = list(owner.opening_days.filter(day__gte=since))
    reasons = {row.day: row.reason for row in rows}
    days = _days(_Row(None, None, None, row.day, row.opens, row.closes) for row in rows)
    return [(day, each, reasons[day]) for day, each in days.items()]


def _calendar(owners: Q) -> WorkCalendar:
    return _built(_rows(owners))


class _Row(NamedTuple):
    """Hours of a weekday, or of a day, or a day that is closed (no hours); with both, hours of a weekday that held until that day."""

    region_id: int | None
    desk_id: int | None
    weekday: int | None
    day: date | None
    opens: time | None
    closes: time | None


def _rows(owners: Q) -> list[_Row]:
    """One statement."""
    no_day, no_weekday, no_time = Value(None, DateField()), Value(None, IntegerField()), Value(None, TimeField())
    week = OpeningHours.objects.filter(owners).order_by().values_list("region_id", "desk_id", "weekday", no_day, "opens", "closes")
    opening = OpeningDay.objects.filter(owners).order_by().values_list("region_id", "desk_id", no_weekday, "day", "opens", "closes")
    closing = ClosingDay.objects.filter(owners).order_by().values_list("region_id", "desk_id", no_weekday, "day", no_time, no_time)
    past = PastHours.objects.filter(owners).order_by().values_list("region_id", "desk_id", "weekday", "until", "opens", "closes")
    return [_Row(*values) for values in week.union(opening, closing, past, all=True)]


def _built(every: Sequence[_Row]) -> WorkCalendar:
    rows = [row for row in every if row.weekday is None or row.day is None]
    own_hours = _week(row for row in rows if row.desk_id)
    desks_open = _days(row for row in rows if row.desk_id)
    regions_open = _days(row for row in rows if not row.desk_id and own_hours is None)
    closings = sorted((row for row in rows if row.day and row.opens is None), key=lambda row: row.desk_id is not None)
    closing = {row.day: row.desk_id for row in closings if row.day}
    closed = {day for day, desk_id in closing.items() if day not in desks_open and (desk_id or day not in regions_open)}
    exceptions = {day: each for day, each in (regions_open | desks_open).items() if day not in closed}
    regions_hours = _week(row for row in rows if not row.desk_id)
    week = own_hours or regions_hours or OFFICE_HOURS.week
    past = _past_weeks([row for row in every if row.weekday is not None and row.day is not None], own_hours, regions_hours)
    return WorkCalendar(week, frozenset(closed), tuple(exceptions.items()), past_weeks=past)


def _past_weeks(rows: Sequence[_Row], own: Week | None, regions: Week | None) -> tuple[tuple[date, Week], ...]:
    """The weeks that held until each day of a change: the desk's own, where it had none its region's, where that had none office hours."""
    desks, region = (_until([row for row in rows if (row.desk_id is not None) is of_desk]) for of_desk in (True, False))

    def held(until: date, changes: dict[date, Week | None], now: Week | None) -> Week | None:
        return next((week for day, week in sorted(changes.items(), key=lambda change: change[0]) if day >= until), now)

    days = sorted(desks.keys() | region.keys())
    return tuple((day, held(day, desks, own) or held(day, region, regions) or OFFICE_HOURS.week) for day in days)


def _until(rows: Sequence[_Row]) -> dict[date, Week | None]:
    """The week that held until each day; None for a week without any hours."""
    found: dict[date, list[_Row]] = defaultdict(list)
    for row in rows:
        if row.day is not None:
            found[row.day].append(row)
    return {day: _week(row for row in of_day if row.weekday != NO_HOURS) for day, of_day in found.items()}


def _days(rows: Iterable[_Row]) -> dict[date, Hours]:
    found: dict[date, list[Interval]] = {}
    for row in rows:
        if row.day and row.opens and row.closes:
            found.setdefault(row.day, []).append(_interval(row.opens, row.closes))
    return {day: hours(intervals) for day, intervals in found.items()}


def _week(rows: Iterable[_Row]) -> tuple[Hours, ...] | None:
    days: list[list[Interval]] = [[] for _ in range(7)]
    for row in rows:
        if row.weekday is not None and row.opens and row.closes:
            days[row.weekday].append(_interval(row.opens, row.closes))
    return tuple(hours(day) for day in days) if any(days) else None


def _interval(opens: time, closes: time) -> Interval:
    end = DAY_MINUTES if closes == _LAST_MINUTE else closes.hour * 60 + closes.minute
    return Interval(opens.hour * 60 + opens.minute, end)
