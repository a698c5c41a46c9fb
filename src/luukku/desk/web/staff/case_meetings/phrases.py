"""Case meetings in plain words: how often, why a matter could be discussed, where a consent stands."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from luukku.core.ui.times import moment_text
from luukku.desk.models import CaseMeeting, MeetingSeries
from luukku.desk.models.meeting_kinds import CaseMeetingState, Nth, Rhythm, Weekday

MEETING_COLOURS = {
    CaseMeetingState.PLANNED: "blue", CaseMeetingState.RUNNING: "yellow", CaseMeetingState.CLOSED: "green", CaseMeetingState.CANCELLED: "grey",
}  # fmt: skip
_REASONS: dict[str, Any] = {
    "late": gettext_lazy("a promise is late"),
    "several": gettext_lazy("several organisations work on it"),
    "declined": gettext_lazy("a handover was declined"),
    "waiting": gettext_lazy("it has waited for over a month"),
    "low": gettext_lazy("the customer has given a low mark"),
}


def reason_words(reasons: Sequence[str]) -> str:
    """`A promise is late, a handover was declined`."""
    words = ", ".join(str(_REASONS[each]) for each in reasons)
    return words[:1].upper() + words[1:]


def rhythm_words(series: MeetingSeries) -> str:
    """`Every month, the second Tuesday`."""
    english = (get_language() or "").startswith("en")
    day = str(Weekday(series.weekday).label)
    day = day if english else day.lower()
    often = str(Rhythm(series.rhythm).label)
    if series.rhythm in (Rhythm.WEEKLY, Rhythm.FORTNIGHTLY):
        return f"{often}: {day}"
    return _("%(often)s: %(nth)s %(day)s") % {"often": often, "nth": str(Nth(series.nth).label).lower(), "day": day}


def meeting_label(meeting: CaseMeeting) -> str:
    """`Customer case meeting, ti 8.12. klo 9.00`."""
    return f"{meeting.series.name}, {moment_text(meeting.starts_at)}"
