"""The promise as a plain phrase: late, soon, running, kept, waiting. Shape and word say the same as the colour."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from luukku.core.ui.icons import icon
from luukku.core.ui.times import Teller

_ICON_OF = {"late": "late", "soon": "clock", "ok": "clock", "kept": "tick", "wait": "pause"}
_OPENING = {state: f'<span class="lu-clock lu-clock--{state}">{icon(name)}<span>' for state, name in _ICON_OF.items()}
SOON = timedelta(hours=24)


def clock_state(due: datetime, now: datetime | None = None) -> str:
    """`late`, `soon` (within 24 hours) or `ok`."""
    left = due - (now or timezone.now())
    if left < timedelta(0):
        return "late"
    return "soon" if left <= SOON else "ok"


def clock_phrase(due: datetime, now: datetime | None = None) -> str:
    """`Late by 3 h`, `Today klo 13.00`, `to 26.11. klo 16.00`."""
    return phrase_by(Teller(now), due)


def phrase_by(teller: Teller, due: datetime) -> str:
    """The same by one who tells many."""
    return teller.late(due) if due < teller.now else teller.near(due)


def clock_html(state: str, phrase: str) -> SafeString:
    """The phrase with its icon in the look of `state`."""
    return mark_safe(f"{_OPENING[state]}{conditional_escape(phrase)}</span></span>")  # noqa: S308
