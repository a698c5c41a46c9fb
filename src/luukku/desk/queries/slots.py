"""How published times are cut into times that can be booked. Pure: dates and moments in, moments out.

A day's stretch is walked in real time, so that on the days when the clock is moved no time is offered that does not exist.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from luukku.core.worktime import DAY_MINUTES, HELSINKI, Interval, spans_on
from luukku.core.worktime.finland import days_off

Span = tuple[datetime, datetime]
_DAY = timedelta(days=1)
LAST = 5  # of `Pattern.weeks`: the last one of the month, be it the fourth or the fifth
_LAST_MINUTE = time(23, 59)  # a time field knows no 24:00


@dataclass(frozen=True)
class Pattern:
    """What is published: on which days (0 = Monday; none: the first day only), from when to when by the wall clock, cut how (minutes).

    `weeks` keeps to the first (1) to fourth, or the last (5), of these weekdays in a month; none: every one.
    """

    weekdays: frozenset[int]
    first_day: date
    last_day: date | None
    opens: time
    closes: time
    length: int
    buffer: int
    weeks: frozenset[int] = frozenset()

    def runs_on(self, day: date) -> bool:
        """Whether it offers times on this day. A weekly one rests on Finnish days off; a single day is meant as it was published."""
        if not self.weekdays:
            return day == self.first_day
        in_period = self.first_day <= day and (self.last_day is None or day <= self.last_day)
        return in_period and day.weekday() in self.weekdays and self._in_weeks(day) and day not in days_off(day.year)

    def _in_weeks(self, day: date) -> bool:
        last = LAST in self.weeks and (day + timedelta(days=7)).month != day.month
        return not self.weeks or last or (day.day - 1) // 7 + 1 in self.weeks - {LAST}


def stretch_on(pattern: Pattern, day: date) -> list[Span]:
    """From when to when it is open on a day, in UTC: nothing where it does not run; until 23.59 means until midnight."""
    return list(spans_on(day, (Interval(_minute(pattern.opens), _minute(pattern.closes)),), HELSINKI)) if pattern.runs_on(day) else []


def minutes_of(opens: time, closes: time) -> int:
    """How long a stretch of a day is by the clock."""
    return _minute(closes) - _minute(opens)


def times_on(pattern: Pattern, day: date) -> list[Span]:
    """Every time of a day, taken or not, in UTC."""
    length, step = timedelta(minutes=pattern.length), timedelta(minutes=pattern.length + pattern.buffer)
    found: list[Span] = []
    for start, end in stretch_on(pattern, day):
        at = start
        while at + length <= end:
            found.append((at, at + length))
            at += step
    return found


def free_times(
    pattern: Pattern, *, first: date, last: date, earliest: datetime, closed: Iterable[date] = (), taken: Sequence[Span] = ()
) -> Iterator[Span]:
    """The times between two days, both included, that begin at `earliest` or later, on no closed day, and touch nothing taken, in order.

    The buffer after a time must be free as well: somebody else's meeting may begin when it ends.
    """
    shut, busy, at = frozenset(closed), sorted(taken), 0
    buffer, day = timedelta(minutes=pattern.buffer), max(first, pattern.first_day)
    end_day = last if pattern.last_day is None else min(last, pattern.last_day)
    longest = max((end - start for start, end in busy), default=timedelta())
    while day <= end_day:
        for start, end in times_on(pattern, day) if day not in shut else ():
            if start < earliest:
                continue
            while at < len(busy) and busy[at][0] + longest <= start:
                at += 1
            if not _meets(busy, at, start, end + buffer):
                yield start, end
        day += _DAY


def _meets(busy: Sequence[Span], at: int, start: datetime, end: datetime) -> bool:
    for index in range(at, len(busy)):
        if busy[index][0] >= end:
            return False
        if busy[index][1] > start:
            return True
    return False


def _minute(moment: time) -> int:
    return DAY_MINUTES if moment == _LAST_MINUTE else moment.hour * 60 + moment.minute
