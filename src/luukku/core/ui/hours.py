"""A week's opening hours in words."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luukku.core.ui.times import NBSP, day_text, weekday
from luukku.core.worktime import DayHours, Days

TO = "\u2060–\u2060"  # from–to, never broken over two lines
_BEFORE = {"fi": f"klo{NBSP}", "sv": f"kl.{NBSP}"}


def week_words(week: Iterable[Days]) -> str:
    """`ma–pe klo 8–16, to klo 8–18`"""
    return ", ".join(f"{_days(each)} {_hours(each)}" for each in week)


def unusual_words(days: Iterable[DayHours]) -> list[str]:
    """`la 28.11. klo 10–14`, `ti 8.12. suljettu`"""
    return [f"{day_text(each.day)} {_spans((span.start, span.end) for span in each.hours) or _('closed')}" for each in days]


def _days(days: Days) -> str:
    first, last = (weekday(date(2024, 1, 1 + number)) for number in (days.first, days.last))
    return first if days.first == days.last else f"{first}–{last}"


def _hours(days: Days) -> str:
    return _spans(days.hours)


def _spans(hours: Iterable[tuple[int, int]]) -> str:
    """`klo 8–12, 13–16`; empty when there are none."""
    language = (get_language() or "fi")[:2]
    spans = ", ".join(f"{_clock(start, language)}{TO}{_clock(end, language)}" for start, end in hours)
    return _BEFORE.get(language, "") + spans if spans else ""


def _clock(minutes: int, language: str) -> str:
    hour, minute = divmod(minutes, 60)
    if language == "en":
        return f"{hour}:{minute:02}"
    return f"{hour}.{minute:02}" if minute else str(hour)
