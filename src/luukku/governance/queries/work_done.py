"""Meetings of groups in which one person took part, as a line of her report."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.moments import moment_at
from luukku.core.worked import WorkLine
from luukku.governance.access import visible_meetings
from luukku.governance.enums import PRESENT, MeetingState
from luukku.governance.models import Attendance


def meeting_lines(actor: Actor, person_id: int, since: date, until: date) -> Sequence[WorkLine]:
    """Held ones of groups that the reader reads. One statement."""
    begins, ends = (moment_at(day) for day in (since, until))
    held = visible_meetings(actor).filter(state=MeetingState.HELD, starts_at__gte=begins, starts_at__lt=ends)
    rows = Attendance.objects.filter(meeting__in=held.values("pk"), membership__person=person_id, took_part__in=PRESENT)
    count = rows.values("meeting").distinct().count()
    return [WorkLine(_("Meetings of groups"), count)] if count else []
