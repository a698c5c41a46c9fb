"""Working time the slow, obvious way: ask every minute whether it is open. Shares no code with what it checks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from holidays import country_holidays

from luukku.core.worktime import WorkCalendar

ZONE = ZoneInfo("Europe/Helsinki")
MINUTE = timedelta(minutes=1)
FINNISH_DAYS_OFF = country_holidays("FI", years=range(2000, 2041))


def hours_of(calendar: WorkCalendar, day: date) -> list[tuple[int, int]]:
    """The day's hours as pairs of minutes after midnight."""
    for exception, own in calendar.exceptional_days:
        if exception == day:
            return [(each.start, each.end) for each in own]
    if day in calendar.closing_days or (calendar.finnish_days_off and day in FINNISH_DAYS_OFF):
        return []
    return [(each.start, each.end) for each in calendar.week[day.weekday()]]


def is_open(calendar: WorkCalendar, moment: datetime) -> bool:
    """Whether the wall clock shows a time within that day's hours."""
    local = moment.astimezone(ZONE)
    shown = local.hour * 60 + local.minute
    return any(start <= shown < end for start, end in hours_of(calendar, local.date()))


def next_opening(calendar: WorkCalendar, moment: datetime) -> datetime:
    """The moment itself, or the first open minute after it."""
    if is_open(calendar, moment):
        return moment
    minute = moment.astimezone(UTC).replace(second=0, microsecond=0)
    while not is_open(calendar, minute):
        minute += MINUTE
    return minute


def open_minutes(calendar: WorkCalendar, day: date) -> list[datetime]:
    """Every open minute of a local day, in UTC."""
    minute = datetime.combine(day, time(), ZONE).astimezone(UTC)
    end = datetime.combine(day + timedelta(days=1), time(), ZONE).astimezone(UTC)
    found = []
    while hours_of(calendar, day) and minute < end:
        if is_open(calendar, minute):
            found.append(minute)
        minute += MINUTE
    return found


def due(calendar: WorkCalendar, moment: datetime, working_days: int) -> datetime:
    """Step from day to day that has an open minute, then find the same local time among the last day's open minutes."""
    start = next_opening(calendar, moment).astimezone(ZONE)
    day = start.date()
    for _ in range(working_days):
        day += timedelta(days=1)
        while not open_minutes(calendar, day):
            day += timedelta(days=1)
    if working_days == 0:
        return start
    same = datetime.combine(day, start.time(), ZONE).replace(fold=0).astimezone(UTC)
    minutes = open_minutes(calendar, day)
    if same < minutes[0]:
        return minutes[0]
    if is_open(calendar, same):
        return same
    return max(minute for minute in minutes if minute < same) + MINUTE


def working_minutes_between(calendar: WorkCalendar, start: datetime, end: datetime) -> int:
    """Count the open minutes."""
    minute, last = (each.astimezone(UTC).replace(second=0, microsecond=0) for each in (start, end))
    count = 0
    while minute < last:
        count += is_open(calendar, minute)
        minute += MINUTE
    return count
