"""The meeting of three that makes a handover a warm one: it follows the booked time."""

from datetime import datetime

from luukku.desk.actions.handover.turns import leave
from luukku.desk.actions.work import Work
from luukku.desk.enums import OPEN_HANDOVER
from luukku.desk.models import Handover


def follow_meeting(work: Work, was: datetime, now: datetime | None) -> None:
    """The booked time of a meeting of three has moved, or (None) is off: the handover is warm by the new time, or no more."""
    for handover in Handover.objects.select_for_update(of=("self",)).filter(case=work.case, state__in=OPEN_HANDOVER, meeting_at=was):
        handover.meeting_at = now
        handover.save(update_fields=["meeting_at"])
        leave(work, handover, "meeting" if now else "meeting_off")
