"""When a series meets next: a weekday of a month, or every week or two; a Finnish day off moves it to the next working day."""

from datetime import date, datetime, timedelta

from luukku.core.moments import moment_at
from luukku.core.worktime.finland import days_off
from luukku.desk.models import MeetingSeries
from luukku.desk.models.meeting_kinds import Nth, Rhythm

_MONTHS = {Rhythm.MONTHLY: 1, Rhythm.TWO_MONTHLY: 2, Rhythm.QUARTERLY: 3}
_WEEKS = {Rhythm.WEEKLY: 1, Rhythm.FORTNIGHTLY: 2}
_SOON = timedelta(days=3)  # a first meeting is not called for tomorrow


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date:
    """The second Tuesday of a month; `Nth.LAST` is its last one."""
    first = date(year, month, 1)
    day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (min(nth, 4) - 1))
    if nth == Nth.LAST and (day + timedelta(days=7)).month == month:
        day += timedelta(days=7)
    return day


def next_day(series: MeetingSeries, last: date | None, today: date) -> date:
    """The day of the next meeting after `last` (None: there was none yet), never before today."""
    day = _weekly(series, last, today) if series.rhythm in _WEEKS else _monthly(series, last, today)
    while day in days_off(day.year) or day.weekday() > 4:
        day += timedelta(days=1)
    return day


def _weekly(series: MeetingSeries, last: date | None, today: date) -> date:
    step = timedelta(weeks=_WEEKS[Rhythm(series.rhythm)])
    if last is None:
        soon = today + _SOON
        return soon + timedelta(days=(series.weekday - soon.weekday()) % 7)
    day = last - timedelta(days=last.weekday()) + timedelta(days=series.weekday) + step
    while day <= max(last, today - timedelta(days=1)):
        day += step
    return day


def _monthly(series: MeetingSeries, last: date | None, today: date) -> date:
    step = _MONTHS[Rhythm(series.rhythm)] if last is not None else 1
    after = last if last is not None and last >= today else today + (_SOON if last is None else timedelta(0))
    month = (last.year * 12 + last.month - 1 + step) if last is not None else (today.year * 12 + today.month - 1)
    while True:
        day = nth_weekday(month // 12, month % 12 + 1, series.nth, series.weekday)
        if day >= after and (last is None or day > last):
            return day
        month += step


def moment_of(series: MeetingSeries, day: date) -> datetime:
    """The day at the hour at which the series meets, by the Finnish clock."""
    return moment_at(day, series.starts)
