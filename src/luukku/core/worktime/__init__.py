"""Working time: when an office is open, and when a limit counted in working days or minutes ends. Pure Python, no Django."""

from luukku.core.worktime.calendar import HELSINKI, OFFICE_HOURS, OFFICE_WEEK, DayHours, Why, WorkCalendar
from luukku.core.worktime.clock import (
    add_working_minutes,
    due,
    is_open,
    next_opening,
    working_days_between,
    working_minutes_before,
    working_minutes_between,
)
from luukku.core.worktime.hours import CLOSED, DAY_MINUTES, Hours, Interval, format_hours, hours, parse_hours
from luukku.core.worktime.timetable import NeverOpens, OutsideCalendar, spans_on
from luukku.core.worktime.week import Days, closing, unusual_days, week_of

__all__ = [
    "CLOSED",
    "DAY_MINUTES",
    "HELSINKI",
    "OFFICE_HOURS",
    "OFFICE_WEEK",
    "DayHours",
    "Days",
    "Hours",
    "Interval",
    "NeverOpens",
    "OutsideCalendar",
    "Why",
    "WorkCalendar",
    "add_working_minutes",
    "closing",
    "due",
    "format_hours",
    "hours",
    "is_open",
    "next_opening",
    "parse_hours",
    "spans_on",
    "unusual_days",
    "week_of",
    "working_days_between",
    "working_minutes_before",
    "working_minutes_between",
]
