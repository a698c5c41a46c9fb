"""The working-time calendar of a region, a desk or any other body that keeps hours."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from luukku.core.worktime.finland import days_off
from luukku.core.worktime.hours import CLOSED, Hours, hours, parse_hours

HELSINKI = "Europe/Helsinki"
OFFICE_WEEK: tuple[Hours, ...] = (*(parse_hours("8-16"),) * 5, CLOSED, CLOSED)


class Why(Enum):
    """Where the hours of a day come from."""

    WEEKDAY = "weekday"
    HOLIDAY = "holiday"
    CLOSING_DAY = "closing day"
    EXCEPTIONAL_DAY = "exceptional day"


@dataclass(frozen=True, slots=True)
class DayHours:
    """What holds on one day: its hours, where they come from, and whether a Finnish holiday falls on it."""

    day: date
    hours: Hours
    why: Why

    @property
    def is_open(self) -> bool:
        """Whether the day is open at all, so whether it is a working day."""
        return bool(self.hours)


@dataclass(frozen=True)
class WorkCalendar:
    """Opening hours that decide what is working time. Immutable: equal calendars share their computed days.

    `week` has seven entries from Monday. An exceptional day has hours of its own, whatever else holds on that date;
    a closing day is closed; then come Finnish days off (see `finland`), then the weekday. The same date as both a
    closing and an exceptional day is refused. `past_weeks` are weeks that held earlier, each with the first day on which
    it held no more, the oldest first.
    """

    week: tuple[Hours, ...] = OFFICE_WEEK
    closing_days: frozenset[date] = frozenset()
    exceptional_days: tuple[tuple[date, Hours], ...] = ()
    finnish_days_off: bool = True
    zone: str = HELSINKI
    past_weeks: tuple[tuple[date, tuple[Hours, ...]], ...] = ()
    _hash: int = field(init=False, repr=False, compare=False)
    _exceptions: dict[date, Hours] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if any(len(week) != 7 for week in (self.week, *(week for _until, week in self.past_weeks))):
            raise ValueError("A week has seven days of opening hours, from Monday to Sunday")
        exceptions = dict(self.exceptional_days)
        if len(exceptions) != len(self.exceptional_days):
            raise ValueError("An exceptional day is given twice")
        if both := self.closing_days & exceptions.keys():
            raise ValueError(f"Both a closing day and an exceptional day: {min(both)}")
        object.__setattr__(self, "exceptional_days", tuple(sorted(exceptions.items())))
        object.__setattr__(self, "_exceptions", exceptions)
        key = (self.week, self.closing_days, self.exceptional_days, self.finnish_days_off, self.zone, self.past_weeks)
        object.__setattr__(self, "_hash", hash(key))

    def __hash__(self) -> int:
        return self._hash

    @classmethod
    def of(
        cls,
        week: Mapping[int, str | Hours] | None = None,
        closing_days: Iterable[date] = (),
        exceptional_days: Mapping[date, str | Hours] | None = None,
        *,
        finnish_days_off: bool = True,
    ) -> "WorkCalendar":
        """Build a calendar from plain values: `week` maps weekday (0 = Monday) to hours or to text such as "8-12, 13-16".

        A weekday that is not given is closed; without `week` at all the hours are Monday to Friday 8–16.
        """
        days = OFFICE_WEEK if week is None else tuple(_hours(week.get(number, CLOSED)) for number in range(7))
        exceptions = {day: _hours(value) for day, value in (exceptional_days or {}).items()}
        return cls(days, frozenset(closing_days), tuple(exceptions.items()), finnish_days_off)

    def day(self, day: date) -> DayHours:
        """The hours of a date and where they come from."""
        if (own := self._exceptions.get(day)) is not None:
            return DayHours(day, own, Why.EXCEPTIONAL_DAY)
        if day in self.closing_days:
            return DayHours(day, CLOSED, Why.CLOSING_DAY)
        if self.finnish_days_off and day in days_off(day.year):
            return DayHours(day, CLOSED, Why.HOLIDAY)
        week = next((week for until, week in self.past_weeks if day < until), self.week)
        return DayHours(day, week[day.weekday()], Why.WEEKDAY)

    @property
    def last_possible_day(self) -> date | None:
        """The last day that can be open; None when some weekday is open, so that there is no last day."""
        if any(self.week):
            return None
        return max((day for day, own in self._exceptions.items() if own), default=date.min)


def _hours(value: str | Hours) -> Hours:
    return parse_hours(value) if isinstance(value, str) else hours(value)


OFFICE_HOURS = WorkCalendar()
"""The default of a region that has not set its own hours: Monday to Friday 8–16."""
