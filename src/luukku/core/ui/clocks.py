"""The promise as a plain phrase: late, soon, running, kept, waiting. Shape and word say the same as the colour."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from luukku.core.ui.icons import icon
from luukku.core.ui.times import near_text, span_text

_ICON_OF = {"late": "late", "soon": "clock", "ok": "clock", "kept": "tick", "wait": "pause"}
SOON = timedelta(hours=24)


def clock_state(due: datetime, now: datetime | None = None) -> str:
    """`late`, `soon` (within 24 hours) or `ok`."""
    left = due - (now or timezone.now())
    if left < timedelta(0):
        return "late"
    return "soon" if left <= SOON else "ok"


def clock_phrase(due: datetime, now: datetime | None = None) -> str:
    """`Late by 3 h`, `Today klo 13.00`, `to 26.11. klo 16.00`."""
    now = now or timezone.now()
    if due < now:
        return _("Late by %(span)s") % {"span": span_text(now - due)}
    return near_text(due, now)


def clock_html(state: str, phrase: str) -> SafeString:
    """The phrase with its icon in the look of `state`."""
    return format_html('<span class="lu-clock lu-clock--{}">{}<span>{}</span></span>', state, icon(_ICON_OF[state]), phrase)
