"""A calendar's open intervals as sorted arrays of UTC minutes, computed once per calendar and year.

All questions about working time become a bisection in these arrays. Wall-clock hours are turned into UTC here and
nowhere else, so the change to and from summer time is right by construction: a day on which the clock is moved is
walked through minute by minute.
"""

from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from luukku.core.worktime.calendar import WorkCalendar
from luukku.core.worktime.finland import FIRST_YEAR, LAST_YEAR
from luukku.core.worktime.hours import Hours

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE: Final = timedelta(minutes=1)
_DAY: Final = timedelta(days=1)


class NeverOpens(ValueError):
    """The calendar has no opening hours after the moment asked about."""


class OutsideCalendar(ValueError):
    """The moment lies outside the years whose holidays are known."""


@dataclass(frozen=True, slots=True)
class Span:
    """Open intervals of whole years. Arrays of one length per interval, and of one length per open day."""

    first_year: int
    last_year: int
    safe_from: int  # UTC minutes between which every moment's local day lies in the span
    safe_to: int
    starts: "array[int]" = field(default_factory=lambda: array("q"))  # UTC minutes since 1970
    ends: "array[int]" = field(default_factory=lambda: array("q"))
    worked: "array[int]" = field(default_factory=lambda: array("q"))  # working minutes before the interval, in this span
    day_of: "array[int]" = field(default_factory=lambda: array("l"))  # index of the interval's day in `days`
    days: "array[int]" = field(default_factory=lambda: array("l"))  # ordinals of open days
    first_of: "array[int]" = field(default_factory=lambda: array("l"))  # index of the day's first interval; one longer than days

    def interval_before(self, minute: int) -> int:
        """Index of the last interval that has started by the minute; -1 when there is none."""
        return bisect_right(self.starts, minute) - 1

    def day_before(self, ordinal: int) -> int:
        """Index of the last open day on or before a date; -1 when there is none."""
        return bisect_right(self.days, ordinal) - 1

    def worked_by(self, minute: int) -> int:
        """Working minutes from the beginning of the span to the minute."""
        index = self.interval_before(minute)
        return 0 if index < 0 else self.worked[index] + min(minute, self.ends[index]) - self.starts[index]


class Timetable:
    """The growing table of one calendar. Growth replaces the span whole, so threads may share it."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self.calendar = calendar
        self.zone = ZoneInfo(calendar.zone)
        self._span: Span | None = None

    def around(self, first: int, last: int) -> Span:
        """A span that covers two UTC minutes and the local days on which they fall."""
        span = self._span
        if span is not None and span.safe_from <= first and last < span.safe_to:
            return span
        return self.span((EPOCH + first * MINUTE - _DAY).year, (EPOCH + last * MINUTE + _DAY).year)

    def span(self, first_year: int, last_year: int) -> Span:
        """A span that covers at least the given years. Raises OutsideCalendar when they are not known."""
        span = self._span
        if span is not None and span.first_year <= first_year and last_year <= span.last_year:
            return span
        if first_year < FIRST_YEAR or last_year > LAST_YEAR:
            raise OutsideCalendar(f"Working time is known for the years {FIRST_YEAR}–{LAST_YEAR}")
        if span is not None:
            first_year, last_year = min(first_year, span.first_year), max(last_year, span.last_year)
        self._span = span = _build(self.calendar, self.zone, first_year, last_year)
        return span

    def longer(self, span: Span) -> Span:
        """A span that reaches further into the future. Raises NeverOpens when no opening can lie there."""
        last = self.calendar.last_possible_day
        if span.last_year >= (LAST_YEAR if last is None else last.year):
            raise NeverOpens("The calendar has no opening hours after this moment; check its hours and closing days")
        years = max(1, span.last_year - span.first_year)
        return self.span(span.first_year, min(LAST_YEAR, span.last_year + years))


@lru_cache(maxsize=256)
def timetable(calendar: WorkCalendar) -> Timetable:
    """The shared table of all calendars equal to this one (about 10 kB a year)."""
    return Timetable(calendar)


def _build(calendar: WorkCalendar, zone: ZoneInfo, first_year: int, last_year: int) -> Span:
    safe_from, safe_to = datetime(first_year, 1, 2, tzinfo=UTC), datetime(last_year, 12, 31, tzinfo=UTC)
    span = Span(first_year, last_year, (safe_from - EPOCH) // MINUTE, (safe_to - EPOCH) // MINUTE)
    worked, day = 0, date(first_year, 1, 1)
    while day.year <= last_year:
        if found := _utc_intervals(day, calendar.day(day).hours, zone):
            span.first_of.append(len(span.starts))
            for start, end in found:
                span.starts.append(start)
                span.ends.append(end)
                span.worked.append(worked)
                span.day_of.append(len(span.days))
                worked += end - start
            span.days.append(day.toordinal())
        day += _DAY
    span.first_of.append(len(span.starts))
    return span


def _utc_intervals(day: date, opening: Hours, zone: ZoneInfo) -> list[tuple[int, int]]:
    if not opening:
        return []
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    start = (midnight - EPOCH) // MINUTE
    length = (midnight + _DAY - EPOCH) // MINUTE - start  # wall-clock addition: next local midnight
    if length == 24 * 60:
        return [(start + each.start, start + each.end) for each in opening]
    return _walked(start, length, opening, zone)


def _walked(start: int, length: int, opening: Hours, zone: ZoneInfo) -> list[tuple[int, int]]:
    """Intervals of a day on which the clock is moved: each minute is asked what the wall clock shows."""
    found: list[tuple[int, int]] = []
    for minute in range(start, start + length):
        local = (EPOCH + minute * MINUTE).astimezone(zone)
        shown = local.hour * 60 + local.minute
        if any(each.start <= shown < each.end for each in opening):
            if found and found[-1][1] == minute:
                found[-1] = (found[-1][0], minute + 1)
            else:
                found.append((minute, minute + 1))
    return found


def spans_on(day: date, opening: Hours, zone: str) -> list[tuple[datetime, datetime]]:
    """When wall-clock hours of a date are, as moments in UTC: an hour that the clock skips is not there, one that it repeats is there twice."""
    return [(EPOCH + start * MINUTE, EPOCH + end * MINUTE) for start, end in _utc_intervals(day, opening, ZoneInfo(zone))]
