"""How a customer wants to be reached, in words for those who would call her."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from django.utils.translation import gettext as _

from luukku.core.ui.times import weekday
from luukku.customers.enums import ContactWay
from luukku.customers.models import Contact
from luukku.desk.web.staff.phrases import LANGUAGES

_MONDAY = date(2024, 1, 1)
ALL_DAYS = range(7)


def call_words(contact: Contact) -> str:
    """`Call Tue–Thu 9–11, in Swedish. No e-mail.` Empty when she has asked for nothing."""
    when = " ".join(part for part in (days_text(contact.call_days), _hours(contact.call_from, contact.call_until)) if part)
    parts = [_("call %(when)s") % {"when": when} if when else ""]
    if contact.wish_language:
        parts.append(str(LANGUAGES[contact.wish_language]))
    if contact.way == ContactWay.PHONE:
        parts.append(_("only by phone"))
    elif contact.way == ContactWay.EMAIL:
        parts.append(_("rather by e-mail"))
    elif contact.way == ContactWay.TEXT:
        parts.append(_("by text message"))
    words = ", ".join(part for part in parts if part)
    return words[:1].upper() + words[1:]


def wishes_text(contact: Contact) -> str:
    """`She wishes: Tue–Thu 9–11`. Empty when she has named neither days nor hours."""
    when = " ".join(part for part in (days_text(contact.call_days), _hours(contact.call_from, contact.call_until)) if part)
    return _("The customer wishes: %(when)s") % {"when": when} if when else ""


def days_text(days: Sequence[int]) -> str:
    """`Tue–Thu`, `Mon, Wed`; empty for any day."""
    runs: list[list[int]] = []
    for day in sorted(set(days)):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(
        day_name(run[0]) if len(run) == 1 else _("%(first)s–%(last)s") % {"first": day_name(run[0]), "last": day_name(run[-1])} for run in runs
    )


def day_name(day: int) -> str:
    return weekday(_MONDAY + timedelta(days=day))


def _hours(opens: time | None, closes: time | None) -> str:
    """`9–11`, `9.30–11`."""
    return f"{_hour(opens)}–{_hour(closes)}" if opens and closes else ""


def _hour(moment: time) -> str:
    return f"{moment.hour}.{moment.minute:02d}" if moment.minute else str(moment.hour)
