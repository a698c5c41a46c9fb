"""Days and hours as people read them: weekday, date and hour on one line, the Finnish, Swedish or English way."""

from datetime import date, datetime, timedelta
from functools import cached_property

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
    """`26.11.` in Finnish and Swedish, `26 Nov` in English; with `year`, `26.11.2026`. A moment is told by its day here, not at Greenwich."""
    return _date(_language(), _day_here(day), year)


def day_text(day: date) -> str:
    """`to 26.11.`, with the year when it is not this one; a moment as in `date_text`."""
    return _day(_language(), _day_here(day), timezone.localdate())


def _day_here(day: date) -> date:
    return timezone.localtime(day).date() if isinstance(day, datetime) else day


def hour_text(moment: datetime) -> str:
    """`klo 16.00`, `kl. 16.00`, `16:00`."""
    return _hour(_language(), timezone.localtime(moment))


def moment_text(moment: datetime) -> str:
    """`to 26.11. klo 16.00` on one line."""
    return Teller().moment(moment)


def near_text(moment: datetime, now: datetime | None = None) -> str:
    """`Today 13.00`, `Tomorrow 9.00`, else the whole moment."""
    return Teller(now).near(moment)


class Teller:
    """Tells one reader moments as seen from `now`. For a long list: language, zone and the words that come back are asked once for all its rows."""

    def __init__(self, now: datetime | None = None) -> None:
        self.now = now or timezone.now()
        self.language = _language()
        self._zone = timezone.get_current_timezone()
        self._today = self.now.astimezone(self._zone).date()

    def moment(self, moment: datetime) -> str:
        return _moment(self.language, moment.astimezone(self._zone), self._today)

    def near(self, moment: datetime) -> str:
        local = moment.astimezone(self._zone)
        word = self._near_days.get(local.date())
        return NBSP.join((word, _hour(self.language, local))) if word else _moment(self.language, local, self._today)

    @cached_property
    def _near_days(self) -> dict[date, str]:
        return {self._today: _("Today"), self._today + timedelta(days=1): _("Tomorrow")}

    def late(self, due: datetime) -> str:
        """`Late by 3 h`."""
        return self._late % {"span": self._spans[hours_or_days(self.now - due)]}

    @cached_property
    def _late(self) -> str:
        return _("Late by %(span)s")

    @cached_property
    def _spans(self) -> "_Spans":
        return _Spans()


class _Spans(dict[tuple[int, bool], str]):
    """Spans in words, each said once."""

    def __missing__(self, span: tuple[int, bool]) -> str:
        self[span] = _span(*span)
        return self[span]


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


def hours_or_days(span: timedelta) -> tuple[int, bool]:
    """How many, and whether they are days: from 24 hours on."""
    hours = max(1, round(span.total_seconds() / 3600))
    return (hours, False) if hours < 24 else (round(hours / 24), True)


def _span(number: int, are_days: bool) -> str:
    words = ngettext("%(n)s day", "%(n)s days", number) if are_days else ngettext("%(n)s h", "%(n)s h", number)
    return words % {"n": number}


def number_text(number: int) -> str:
    """`1 204` with a space that does not break; `1,204` in English."""
    return f"{number:,}" if _language() == "en" else f"{number:,}".replace(",", NBSP)
