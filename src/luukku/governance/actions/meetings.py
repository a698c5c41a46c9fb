"""Calling a meeting, moving and cancelling it, and who comes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import mail, trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.secret_links import digest_of
from luukku.core.submissions import once
from luukku.governance.access import can_run, link_token, own_memberships
from luukku.governance.enums import Answer, MeetingState, MinutesState, TookPart, in_order
from luukku.governance.models import AgendaItem, Attendance, Group, Meeting, Membership, TemplatePoint
from luukku.network.access import require

LINK_DAYS = 90  # a link opens its meeting so long after it
COLUMNS = ("title", "starts_at", "ends_at", "place", "video_link")


@dataclass(frozen=True)
class MeetingForm:
    """When and where. A meeting with both a place and a video link is held in both ways."""

    starts_at: datetime
    ends_at: datetime
    title: str = ""
    place: str = ""
    video_link: str = ""


def plan_meeting(*, by: Actor, group: Group, form: MeetingForm, submit_key: str | None = None, at: datetime | None = None) -> Meeting:
    """A meeting with the agenda of its kind. Nobody is told yet. Raises NotAllowed, RuleBroken."""
    require(can_run(by, group))
    if group.ended_at is not None:
        raise RuleBroken(_("The group has ended."))
    _check(form)

    def make() -> int:
        moment = at or timezone.now()
        meeting = Meeting.objects.create(group=group, created_at=moment, changed_at=moment, **_values(form))
        points = in_order(TemplatePoint.objects.filter(kind=group.kind_id).order_by("position"))
        AgendaItem.objects.bulk_create(
            AgendaItem(
                meeting=meeting, group=group, position=position, source=point.source,
                title_fi=point.title_fi, title_sv=point.title_sv, title_en=point.title_en,
            )
            for position, point in enumerate(points, start=1)
        )  # fmt: skip
        trail.record("meeting.planned", meeting, by=by, region_id=group.region_id, at=moment, group=group.pk)
        return meeting.pk

    with transaction.atomic():
        key = once(submit_key, make, "meeting", group.pk, form.starts_at)
        return Meeting.objects.select_related("group__kind", "group__region", "group__area").get(pk=key)


def _check(form: MeetingForm) -> None:
    if form.ends_at <= form.starts_at:
        raise RuleBroken(_("It ends before it begins. Mend the hours."), field="ends")


def _values(form: MeetingForm) -> dict[str, object]:
    return {name: value.strip() if isinstance(value := getattr(form, name), str) else value for name in COLUMNS}


def locked(meeting: Meeting) -> Meeting:
    """The meeting, held until the transaction ends, so that two changes follow each other."""
    return Meeting.objects.select_for_update(of=("self",)).select_related("group__kind", "group__region", "group__area").get(pk=meeting.pk)


def change_meeting(*, by: Actor, meeting: Meeting, form: MeetingForm, at: datetime | None = None) -> Meeting:
    """Another time or place; whoever was invited is told, and every calendar follows. Raises NotAllowed, RuleBroken."""
    require(can_run(by, meeting.group))
    _check(form)
    with transaction.atomic():
        meeting = locked(meeting)
        if meeting.state not in (MeetingState.PLANNED, MeetingState.INVITED):
            raise RuleBroken(_("It has been held or cancelled."))
        values = _values(form)
        if all(getattr(meeting, name) == value for name, value in values.items()):
            return meeting
        for name, value in values.items():
            setattr(meeting, name, value)
        touch(meeting, at, *values)
        trail.record("meeting.changed", meeting, by=by, region_id=meeting.group.region_id, at=at, group=meeting.group_id)
        if meeting.state == MeetingState.INVITED:
            Attendance.objects.filter(meeting=meeting).update(link_expires_at=meeting.ends_at + timedelta(days=LINK_DAYS))
            tell(meeting, "moved")
    return meeting


def touch(meeting: Meeting, at: datetime | None, *fields: str) -> None:
    """Save it as changed: calendars know the newer one by its number."""
    meeting.sequence += 1
    meeting.changed_at = at or timezone.now()
    meeting.save(update_fields=["sequence", "changed_at", *fields])


def invite(*, by: Actor, meeting: Meeting, at: datetime | None = None) -> Meeting:
    """Mails each member of that day an invitation for her calendar; again only those who have come since. Raises NotAllowed, RuleBroken."""
    require(can_run(by, meeting.group))
    moment = at or timezone.now()
    with transaction.atomic():
        meeting = locked(meeting)
        if meeting.state not in (MeetingState.PLANNED, MeetingState.INVITED):
            raise RuleBroken(_("It has been held or cancelled."))
        new = add_attendances(meeting, moment)
        if not new and meeting.state == MeetingState.PLANNED:
            raise RuleBroken(_("The group has no members on that day. Add them first."))
        meeting.state, meeting.invited_at = MeetingState.INVITED, meeting.invited_at or moment
        meeting.save(update_fields=["state", "invited_at"])
        trail.record("meeting.invited", meeting, by=by, region_id=meeting.group.region_id, at=moment, group=meeting.group_id, people=len(new))
        tell(meeting, "invited", new)
    return meeting


def add_attendances(meeting: Meeting, moment: datetime) -> list[Attendance]:
    """Rows for the members of the meeting's day who have none yet; a link for whoever has no sign-in."""
    known = Attendance.objects.filter(meeting=meeting).values("membership_id")
    members = Membership.objects.on(timezone.localdate(meeting.starts_at)).filter(group=meeting.group_id).exclude(pk__in=known)
    made = []
    for membership in members.select_related("person__user").order_by("id"):
        attendance = Attendance.objects.create(meeting=meeting, group=meeting.group, membership=membership)
        if membership.person is None or membership.person.user_id is None:
            make_link(attendance, meeting, moment)
        made.append(attendance)
    return made


def make_link(attendance: Attendance, meeting: Meeting, moment: datetime) -> None:
    """A new link; an earlier one opens nothing any more."""
    attendance.link_made_at, attendance.link_expires_at = moment, meeting.ends_at + timedelta(days=LINK_DAYS)
    attendance.link_digest = digest_of(link_token(attendance))
    attendance.save(update_fields=["link_made_at", "link_expires_at", "link_digest"])


def tell(meeting: Meeting, what: str, to: Iterable[Attendance] | None = None) -> None:
    """Queue the mail to each who is invited, and to the deputies who come for them."""
    found = to if to is not None else Attendance.objects.filter(meeting=meeting).order_by("id")
    mail.queue_for_each("governance.meeting", Attendance, [each.pk for each in found], what=what, sequence=meeting.sequence)
    if to is None and what in ("moved", "cancelled"):
        tell_deputies(meeting, what, Attendance.objects.filter(meeting=meeting, answer=Answer.DEPUTY).order_by("id"))


def tell_deputies(meeting: Meeting, what: str, of: Iterable[Attendance]) -> None:
    """Queue the mail to the deputies of those who send one."""
    mail.queue_for_each("governance.deputy", Attendance, [each.pk for each in of], what=what, sequence=meeting.sequence)


def cancel_meeting(*, by: Actor, meeting: Meeting, at: datetime | None = None) -> Meeting:
    """Whoever was invited is told, and it leaves their calendar. Raises NotAllowed, RuleBroken."""
    require(can_run(by, meeting.group))
    with transaction.atomic():
        meeting = locked(meeting)
        if meeting.state not in (MeetingState.PLANNED, MeetingState.INVITED):
            raise RuleBroken(_("It has been held or cancelled."))
        was_known = meeting.state == MeetingState.INVITED
        meeting.state = MeetingState.CANCELLED
        touch(meeting, at, "state")
        trail.record("meeting.cancelled", meeting, by=by, region_id=meeting.group.region_id, at=at, group=meeting.group_id)
        if was_known:
            tell(meeting, "cancelled")
    return meeting


def answer(*, by: Actor, attendance: Attendance, answer: str, at: datetime | None = None) -> Attendance:
    """Her own word on whether she comes; the deputy whom she sends is invited, or let go again. Raises NotAllowed, RuleBroken."""
    require(own_memberships(by).filter(pk=attendance.membership_id).exists())
    if answer not in Answer.values:
        raise RuleBroken(_("Choose whether you come."), field="answer")
    if answer == Answer.DEPUTY and attendance.membership.deputy_id is None:
        raise RuleBroken(_("No deputy is named for you. Ask the coordinator to name one, or say that you cannot come."), field="answer")
    with transaction.atomic():
        meeting = locked(attendance.meeting)
        if meeting.state != MeetingState.INVITED:
            raise RuleBroken(_("It has been held or cancelled."))
        before, attendance.answer, attendance.answered_at = attendance.answer, answer, at or timezone.now()
        attendance.save(update_fields=["answer", "answered_at"])
        if Answer.DEPUTY in (before, answer) and before != answer:
            tell_deputies(meeting, "invited" if answer == Answer.DEPUTY else "released", [attendance])
        trail.record("meeting.answered", meeting, by=by, region_id=meeting.group.region_id, at=at, answer=answer)
    return attendance


def mark_present(*, by: Actor, meeting: Meeting, marks: Mapping[int, str], at: datetime | None = None) -> Meeting:
    """Who took part and how, by the keys of attendances; the meeting has been held. Raises NotAllowed, RuleBroken."""
    require(can_run(by, meeting.group))
    if not set(marks.values()) <= {*TookPart.values, ""}:
        raise RuleBroken(_("Choose how each took part."))
    with transaction.atomic():
        meeting = locked(meeting)
        if meeting.state == MeetingState.CANCELLED:
            raise RuleBroken(_("It has been cancelled."))
        if meeting.minutes_state not in (MinutesState.NONE, MinutesState.DRAFT):
            raise RuleBroken(_("The minutes have been sent already."))
        if (at or timezone.now()) < meeting.starts_at - timedelta(hours=1):
            raise RuleBroken(_("It has not begun yet."))
        add_attendances(meeting, at or timezone.now())
        for attendance in Attendance.objects.filter(meeting=meeting, pk__in=marks):
            attendance.took_part = marks[attendance.pk]
            attendance.save(update_fields=["took_part"])
        meeting.state = MeetingState.HELD
        meeting.save(update_fields=["state"])
        trail.record("meeting.held", meeting, by=by, region_id=meeting.group.region_id, at=at, group=meeting.group_id, people=len(marks))
    return meeting
