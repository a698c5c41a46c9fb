"""A meeting is closed: its figures are kept, what was not discussed goes on the next list, the memo goes out, and the next meeting is made."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.desk.access import case_meetings as doors
from luukku.desk.actions.case_meetings.making import make_next, tell_members
from luukku.desk.models import CaseMeeting, MeetingItem, MeetingPoint
from luukku.desk.models.meeting_kinds import CaseMeetingState, ItemState
from luukku.desk.queries.case_meetings.filling import KEPT, OWN, figures_of


def close_meeting(*, by: Actor, meeting: CaseMeeting, at: datetime | None = None) -> CaseMeeting:
    """The memo is what was written. Opened matters stay open to the organisations for the series' days. Raises NotAllowed, RuleBroken."""
    now = at or timezone.now()
    with transaction.atomic():
        locked = CaseMeeting.objects.select_for_update(of=("self",)).select_related(*doors.RELATED).get(pk=meeting.pk)
        if not doors.can_run(by, locked):
            raise NotAllowed
        if locked.state != CaseMeetingState.RUNNING:
            raise RuleBroken(_("Only a meeting that goes on can be closed."))
        _keep_figures(by, locked, now)
        for item in MeetingItem.objects.filter(meeting=locked, state=ItemState.LISTED).order_by("position", "id"):
            item.state = ItemState.POSTPONED
            item.save(update_fields=["state"])
        locked.state, locked.closed_at, locked.closed_by_id = CaseMeetingState.CLOSED, now, by.person_id
        locked.access_ends_at = now + timedelta(days=locked.series.access_days)
        locked.save(update_fields=["state", "closed_at", "closed_by", "access_ends_at"])
        trail.record("meeting.closed", locked, by=by, region_id=locked.series.region_id, at=now)
        tell_members(locked, "memo")
        make_next(by=by, series=locked.series, at=now)
        return locked


def _keep_figures(by: Actor, meeting: CaseMeeting, now: datetime) -> None:
    points = list(MeetingPoint.objects.filter(meeting=meeting, kind__in=KEPT))
    found = figures_of(by, meeting.series.region, [point.kind for point in points], now)
    for point in points:
        point.figures = [figure.kept() for figure in found[point.kind] if figure.code not in OWN]
        point.save(update_fields=["figures"])
