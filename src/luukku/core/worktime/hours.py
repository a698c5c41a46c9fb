"""Opening hours of one day: intervals of whole minutes, in local wall-clock time."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

DAY_MINUTES = 24 * 60

_CLOCK = r"(\d{1,2})(?:[.:](\d{2}))?"
_INTERVAL = re.compile(rf"^\s*{_CLOCK}\s*[-–—]\s*{_CLOCK}\s*$")


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """Open from `start` (included) to `end` (not included), in minutes after midnight; midnight at the end is 1440."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= DAY_MINUTES:
            raise ValueError(f"Opening hours must lie within one day and end after they start: {self}")

    def __str__(self) -> str:
        return f"{_clock(self.start)}–{_clock(self.end)}"


Hours = tuple[Interval, ...]
"""The hours of one day in order; an empty tuple is a closed day."""

CLOSED: Hours = ()


def hours(intervals: Iterable[Interval | tuple[int, int]]) -> Hours:
    """Put intervals in order and join those that touch. Overlapping intervals raise ValueError."""
    ordered = sorted(each if isinstance(each, Interval) else Interval(*each) for each in intervals)
    joined: list[Interval] = []
    for each in ordered:
        if joined and each.start < joined[-1].end:
            raise ValueError(f"Opening hours overlap: {joined[-1]} and {each}")
        if joined and each.start == joined[-1].end:
            joined[-1] = Interval(joined[-1].start, each.end)
        else:
            joined.append(each)
    return tuple(joined)


def parse_hours(text: str) -> Hours:
    """Read hours as people write them: "8-16", "8.00–12.00, 13–16:30". Empty text is a closed day.

    Raises ValueError for anything else.
    """
    return hours(_parse_interval(part) for part in text.split(",")) if text.strip() else CLOSED


def format_hours(day: Hours) -> str:
    """The hours in the Finnish way, "8–12, 13–16.30"; an empty text for a closed day. `parse_hours` reads it back."""
    return ", ".join(map(str, day))


def _parse_interval(text: str) -> Interval:
    found = _INTERVAL.match(text)
    if not found:
        raise ValueError(f"Not opening hours: {text.strip()!r}. Write them like 8-16 or 8.30-12, 13-16.")
    from_hour, from_minute, to_hour, to_minute = (int(group or 0) for group in found.groups())
    if from_minute > 59 or to_minute > 59:
        raise ValueError(f"Not a time of day: {text.strip()!r}")
    return Interval(from_hour * 60 + from_minute, to_hour * 60 + to_minute)


def _clock(minute: int) -> str:
    whole, rest = divmod(minute, 60)
    return f"{whole}.{rest:02}" if rest else str(whole)
