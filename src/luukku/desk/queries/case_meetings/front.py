"""The first page of case meetings: the series a reader sees, with the coming meeting and those held, and what she herself is to do."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from luukku.core.actor import Actor
from luukku.desk.access import case_meetings as doors
from luukku.desk.models import CaseMeeting, MeetingItem, MeetingParty, MeetingSeries, MeetingStep
from luukku.desk.models.meeting_kinds import CaseMeetingState, ItemState


@dataclass
class SeriesLine:
    """`matters` are on the coming meeting's list, as far as the reader sees."""

    series: MeetingSeries
    can_edit: bool
    coming: CaseMeeting | None = None
    matters: int = 0
    held: list[CaseMeeting] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)


def series_lines(actor: Actor, *, with_ended: bool = False) -> list[SeriesLine]:
    """Four statements, however many series and meetings there are."""
    series = doors.visible_series(actor).order_by("region__code", "pk")
    if not with_ended:
        series = series.filter(ended_at=None)
    lines = {each.pk: SeriesLine(each, doors.can_edit_series(actor, each)) for each in series}
    listed = doors.visible_items(actor).filter(meeting=OuterRef("pk"), state=ItemState.LISTED).order_by()
    counted = listed.values("meeting").annotate(n=Count("pk")).values("n")
    shown = Q(state__in=(CaseMeetingState.PLANNED, CaseMeetingState.RUNNING, CaseMeetingState.CLOSED))
    meetings = CaseMeeting.objects.filter(shown, series__in=lines).select_related("lead", "lead_party__organisation")
    for meeting in meetings.annotate(matters=Coalesce(Subquery(counted), 0)).order_by("-starts_at", "-id"):
        line = lines[meeting.series_id]
        if meeting.state == CaseMeetingState.CLOSED:
            line.held.append(meeting)
        else:
            line.coming, line.matters = meeting, meeting.matters  # type: ignore[attr-defined]
    names: dict[int, list[str]] = defaultdict(list)
    for party in MeetingParty.objects.filter(series__in=lines).select_related("organisation").order_by("position", "id"):
        names[party.series_id].append(str(party.organisation.name))
    for pk, line in lines.items():
        line.organisations = names[pk]
    return list(lines.values())


def my_steps(actor: Actor) -> list[MeetingStep]:
    """What the actor has promised in meetings and not done, the first due first. One statement."""
    mine = doors.visible_steps(actor).filter(person=actor.person_id, done_at=None)
    return list(mine.select_related("item__meeting__series").order_by("due", "id")[:50]) if actor.person_id else []


def meeting_of_case(actor: Actor, case_id: int) -> list[MeetingItem]:
    """The listings of a case that the reader has a part in, newest first, each with meeting and series. One statement."""
    found = doors.visible_items(actor).filter(of_case__case=case_id).exclude(state=ItemState.REMOVED)
    return list(found.select_related("meeting__series", "consent", "written", "of_case").prefetch_related("steps__person").order_by("-id"))
