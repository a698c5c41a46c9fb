"""Days for a year's meetings: the usual weekday of the usual months, but no holiday, no day in July, none on which others of the network meet."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from luukku.core.months import month_after
from luukku.core.worktime.finland import days_off
from luukku.governance.access import above
from luukku.governance.enums import MeetingState
from luukku.governance.models import ClockEntry, Group, Meeting
from luukku.governance.models.whose import Whose

JULY = 7
LAST = 5  # "the last" of a weekday's days


@dataclass(frozen=True)
class Proposed:
    """A day of a month; `instead_of` when the usual one was taken, and why: `holiday` or `clash`."""

    day: date
    instead_of: date | None = None
    why: str = ""


def propose(year: int, months: Collection[int], nth: int, weekday: int, taken: Collection[date]) -> list[Proposed]:
    """A day for each month but July. Pure.

    When the usual day is a holiday or taken, the nearest other day from Monday to Friday of that month; none when the whole month is taken.
    """
    found = []
    for month in sorted(set(months) - {JULY}):
        usual = nth_day(year, month, nth, weekday)
        day = _nearest(usual, taken)
        if day == usual:
            found.append(Proposed(usual))
        elif day is not None:
            found.append(Proposed(day, usual, "holiday" if usual in days_off(year) else "clash"))
    return found


def nth_day(year: int, month: int, nth: int, weekday: int) -> date:
    """The nth such weekday of a month, Monday 0; from LAST on the last one."""
    first = date(year, month, 1)
    days = [first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * week) for week in range(5)]
    within = [day for day in days if day.month == month]
    return within[-1] if nth >= LAST else within[nth - 1]


def _nearest(usual: date, taken: Collection[date]) -> date | None:
    first, after = usual.replace(day=1), month_after(usual, 1)
    days = (first + timedelta(days=number) for number in range((after - first).days))
    free = [day for day in days if day.weekday() <= 4 and day not in days_off(day.year) and day not in taken]
    return min(free, key=lambda day: (abs((day - usual).days), day), default=None)


def taken_days(group: Group, year: int) -> set[date]:
    """Days of the year on which another group of the same network, or one above it, meets, or something of their clocks lies. Two statements."""
    return busy_days(group.whose, year, but=group)


def busy_days(whose: Whose, year: int, *, but: Group | None = None) -> set[date]:
    """Days of the year on which the network, or one above it, meets or has something for all. `but`: a group that does not count. Two statements."""
    others = Meeting.objects.exclude(state=MeetingState.CANCELLED).filter(above(whose, "group__"), starts_at__year=year)
    days = {timezone.localdate(starts) for starts in (others.exclude(group=but) if but else others).values_list("starts_at", flat=True)}
    entries = ClockEntry.objects.standing().filter(above(whose), first_day__year=year).exclude(kind__in=("due", "campaign"))
    for first, last in entries.values_list("first_day", "last_day"):
        days |= {first + timedelta(days=number) for number in range((last - first).days + 1)}
    return days


def planned_months(group: Group, year: int) -> set[int]:
    """Months of the year in which the group has a meeting already. One statement."""
    found = Meeting.objects.exclude(state=MeetingState.CANCELLED).filter(group=group, starts_at__year=year)
    return {timezone.localdate(starts).month for starts in found.values_list("starts_at", flat=True)}


def without_meetings(whose: Whose, year: int) -> "QuerySet[Group]":
    """Groups of the year's owner that have no meeting in it yet. One statement."""
    met = Meeting.objects.standing().filter(starts_at__year=year).values("group")
    return Group.objects.active().filter(whose.own()).exclude(pk__in=met).order_by("kind__order", "id")[:12]
