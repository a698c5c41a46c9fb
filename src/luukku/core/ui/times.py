"""Days and hours as people read them: weekday, date and hour on one line, the Finnish, Swedish or English way."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

NBSP = "\u00a0"
_WEEKDAYS = {
    "fi": ("ma", "ti", "ke", "to", "pe", "la", "su"),
    "sv": ("må", "ti", "on", "to", "fr", "lö", "sö"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _language() -> str:
    language = (get_language() or "fi")[:2]
    return language if language in _WEEKDAYS else "en"


def weekday(day: date) -> str:
    """`to`, `to`, `Thu`."""
    return _WEEKDAYS[_language()][day.weekday()]


def date_text(day: date, *, year: bool = False) -> str:
    """`26.11.` in Finnish and Swedish, `26 Nov` in English; with `year`, `26.11.2026`."""
    return _date(_language(), day, year)


def day_text(day: date) -> str:
    """`to 26.11.`, with the year when it is not this one."""
    return _day(_language(), day, timezone.localdate())


def hour_text(moment: datetime) -> str:
    """`klo 16.00`, `kl. 16.00`, `16:00`."""
    return _hour(_language(), timezone.localtime(moment))


def moment_text(moment: datetime) -> str:
    """`to 26.11. klo 16.00` on one line."""
    return _moment(_language(), *_local(moment, None))


def near_text(moment: datetime, now: datetime | None = None) -> str:
    """`Today 13.00`, `Tomorrow 9.00`, else the whole moment."""
    language = _language()
    local, today = _local(moment, now)
    day = local.date()
    if day == today:
        return NBSP.join((_("Today"), _hour(language, local)))
    if day == today + timedelta(days=1):
        return NBSP.join((_("Tomorrow"), _hour(language, local)))
    return _moment(language, local, today)


# A queue shows hundreds of these: language and zone are asked once for each.
def _local(moment: datetime, now: datetime | None) -> tuple[datetime, date]:
    zone = timezone.get_current_timezone()
    today = now.astimezone(zone) if now else datetime.now(zone)
    return moment.astimezone(zone), today.date()


def _date(language: str, day: date, year: bool) -> str:
    if language == "en":
        return f"{day.day}{NBSP}{_MONTHS[day.month - 1]}" + (f"{NBSP}{day.year}" if year else "")
    return f"{day.day}.{day.month}." + (str(day.year) if year else "")


def _day(language: str, day: date, today: date) -> str:
    return f"{_WEEKDAYS[language][day.weekday()]}{NBSP}{_date(language, day, day.year != today.year)}"


def _hour(language: str, local: datetime) -> str:
    if language == "en":
        return f"{local.hour}:{local.minute:02}"
    return f"{'klo' if language == 'fi' else 'kl.'}{NBSP}{local.hour}.{local.minute:02}"


def _moment(language: str, local: datetime, today: date) -> str:
    return f"{_day(language, local.date(), today)}{',' if language == 'en' else ''}{NBSP}{_hour(language, local)}"


def span_text(span: timedelta) -> str:
    """`3 h`, `2 days`: how late something is, in one unit."""
    hours = max(1, round(span.total_seconds() / 3600))
    if hours < 24:
        return ngettext("%(n)s h", "%(n)s h", hours) % {"n": hours}
    days = round(hours / 24)
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


def number_text(number: int) -> str:
    """`1 204` with a space that does not break; `1,204` in English."""
    return f"{number:,}" if _language() == "en" else f"{number:,}".replace(",", NBSP)
