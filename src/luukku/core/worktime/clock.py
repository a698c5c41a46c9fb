"""Questions about working time. Moments go in with a time zone and come out in the calendar's own.

Rule of the service promise: a limit of N working days from a moment inside opening hours ends N working days later at the
same local time, clamped to that day's hours; a moment outside counts from the next opening. Closing time itself is outside.
"""

from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime

from luukku.core.worktime.calendar import WorkCalendar
from luukku.core.worktime.timetable import EPOCH, MINUTE, Span, Timetable, timetable


def due(calendar: WorkCalendar, moment: datetime, *, working_days: int) -> datetime:
    """When a limit of that many working days from the moment ends.

    With 0 it is the moment itself, or the next opening. A local time before the day's opening becomes the opening, one
    after closing becomes the closing, one in a break becomes the beginning of the break. Raises NeverOpens when there are not
    that many working days, ValueError for a negative number or a moment without a time zone.
    """
    if working_days < 0:
        raise ValueError("A limit cannot be a negative number of working days")
    table = timetable(calendar)
    minute, span, index = _locate(table, moment)
    day = span.day_of[index]
    start = _shown(table, moment) if minute >= span.starts[index] else _local(table, span.starts[index])
    while day + working_days >= len(span.days):
        span = table.longer(span)
    if working_days == 0:
        return start
    day += working_days
    wanted = date.fromordinal(span.days[day])
    # of a local time that comes twice, the earlier
    same = start.replace(year=wanted.year, month=wanted.month, day=wanted.day, fold=0)
    return _clamped(table, span, day, same)


def is_open(calendar: WorkCalendar, moment: datetime) -> bool:
    """Whether the moment is working time. Opening time is, closing time is not."""
    table = timetable(calendar)
    minute = _minute(moment)
    span = table.around(minute, minute)
    index = span.interval_before(minute)
    return index >= 0 and minute < span.ends[index]


def next_opening(calendar: WorkCalendar, moment: datetime) -> datetime:
    """The moment itself when open, else the next opening. Raises NeverOpens when there is none."""
    table = timetable(calendar)
    minute, span, index = _locate(table, moment)
    return _shown(table, moment) if minute >= span.starts[index] else _local(table, span.starts[index])


def working_minutes_between(calendar: WorkCalendar, start: datetime, end: datetime) -> int:
    """Working minutes from start to end, both cut to the whole minute; negative when the end comes first."""
    first, last = _minute(start), _minute(end)
    span = timetable(calendar).around(min(first, last), max(first, last))
    return span.worked_by(last) - span.worked_by(first)


def add_working_minutes(calendar: WorkCalendar, moment: datetime, minutes: int) -> datetime:
    """The earliest moment by which that many working minutes have passed; so it may be a closing time, not the next opening.

    Counted in whole minutes like `working_minutes_between`. Raises NeverOpens when there is not that much working time,
    ValueError for a negative number.
    """
    if minutes < 0:
        raise ValueError("Working minutes to add cannot be negative")
    table = timetable(calendar)
    if minutes == 0:
        return _shown(table, moment)
    minute, span, _ = _locate(table, moment)
    wanted = span.worked_by(minute) + minutes
    while span.worked[-1] + span.ends[-1] - span.starts[-1] < wanted:
        span = table.longer(span)
    index = bisect_left(span.worked, wanted) - 1  # the last interval with less than that before it
    return _local(table, span.starts[index] + wanted - span.worked[index])


def working_minutes_before(calendar: WorkCalendar, moment: datetime, minutes: int) -> datetime:
    """The latest moment from which that many working minutes pass until `moment`; so it may be an opening time, not the closing before it.

    Counted in whole minutes like `working_minutes_between`. Raises OutsideCalendar when there is not that much working time before it,
    ValueError for a negative number.
    """
    if minutes < 0:
        raise ValueError("Working minutes to go back cannot be negative")
    table = timetable(calendar)
    if minutes == 0:
        return _shown(table, moment)
    minute = _minute(moment)
    span = table.around(minute, minute)
    while (wanted := span.worked_by(minute) - minutes) < 0:
        span = table.span(span.first_year - 1, span.last_year)
    index = bisect_right(span.worked, wanted) - 1  # the last interval with no more than that before it
    return _local(table, span.starts[index] + wanted - span.worked[index])


def working_days_between(calendar: WorkCalendar, start: datetime, end: datetime) -> int:
    """Working days that have begun since the day on which the limit started to count; negative when the end comes first.

    So `working_days_between(c, m, due(c, m, working_days=n)) == n`, and a weekend between two moments counts nothing.
    """
    first, last = _minute(start), _minute(end)
    if last < first:
        return -working_days_between(calendar, end, start)
    table = timetable(calendar)
    span = table.around(first, last)
    index = span.interval_before(first)
    if index < 0 or first >= span.ends[index]:
        index += 1
    if index >= len(span.starts):
        return 0
    until = span.day_before(_local(table, last).toordinal())
    return max(0, until - span.day_of[index])


def _locate(table: Timetable, moment: datetime) -> tuple[int, Span, int]:
    """The moment's minute, a span, and the index of the interval it lies in or, outside hours, of the next one."""
    minute = _minute(moment)
    span = table.around(minute, minute)
    index = span.interval_before(minute)
    if index >= 0 and minute < span.ends[index]:
        return minute, span, index
    while index + 1 >= len(span.starts):
        span = table.longer(span)
        index = span.interval_before(minute)
    return minute, span, index + 1


def _clamped(table: Timetable, span: Span, day: int, wanted: datetime) -> datetime:
    minute = (wanted - EPOCH) // MINUTE
    first, beyond = span.first_of[day], span.first_of[day + 1]
    if minute < span.starts[first]:
        return _local(table, span.starts[first])
    index = first
    while index + 1 < beyond and span.starts[index + 1] <= minute:
        index += 1
    if minute >= span.ends[index]:
        return _local(table, span.ends[index])
    return _shown(table, wanted)


def _minute(moment: datetime) -> int:
    if moment.tzinfo is None:
        raise ValueError("Working time needs a moment with a time zone")
    return (moment - EPOCH) // MINUTE


def _shown(table: Timetable, moment: datetime) -> datetime:
    """The moment in the calendar's zone. By way of UTC, so that a local time which the clock skips becomes a real one."""
    return moment.astimezone(UTC).astimezone(table.zone)


def _local(table: Timetable, minute: int) -> datetime:
    return (EPOCH + minute * MINUTE).astimezone(table.zone)
