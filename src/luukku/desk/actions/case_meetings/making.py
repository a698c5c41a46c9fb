"""Meetings of a series: the next one is made by itself, with its agenda, its lead and invitations; it is moved and called off.

Whoever leads is chosen anew when she will be away on the day or has left; who leaves a meeting unclosed is told, for the next one waits for it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import mail, trail
from luukku.core.actor import HOUSE, Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.models import OutgoingMail
from luukku.desk.access import case_meetings as doors
from luukku.desk.models import CaseMeeting, MeetingItem, MeetingMember, MeetingParty, MeetingPoint, MeetingSeries, StandingPoint
from luukku.desk.models.meeting_kinds import CaseMeetingState, ItemState, MemberRole
from luukku.desk.queries.case_meetings.rhythm import moment_of, next_day
from luukku.network.enums import Role
from luukku.network.models import Absence, Person, Seat

TITLES = ("title_fi", "title_sv", "title_en")


def make_next(*, by: Actor, series: MeetingSeries, at: datetime | None = None) -> CaseMeeting | None:
    """The next meeting, unless one is coming or the series has ended: with the last one's open points first, then the standing ones."""
    now = at or timezone.now()
    with transaction.atomic():
        locked = MeetingSeries.objects.select_for_update(of=("self",)).get(pk=series.pk)
        if locked.ended_at is not None or CaseMeeting.objects.coming().filter(series=locked).exists():
            return None
        last = CaseMeeting.objects.filter(series=locked).order_by("starts_at").last()
        day = next_day(locked, timezone.localdate(last.starts_at) if last else None, timezone.localdate(now))
        starts = moment_of(locked, day)
        meeting = CaseMeeting(
            series=locked, starts_at=starts, ends_at=starts + timedelta(minutes=locked.minutes), place=locked.place, video_link=locked.video_link,
            created_at=now, changed_at=now,
        )  # fmt: skip
        choose_lead(meeting)
        meeting.save()
        held = CaseMeeting.objects.filter(series=locked, state=CaseMeetingState.CLOSED).order_by("starts_at").last()
        _agenda(meeting, held)
        _bring_postponed(meeting)
        trail.record("meeting.made", meeting, by=by, region_id=locked.region_id, series=locked.pk, starts=starts)
        tell_members(meeting, "invited")
        return meeting


def make_all(*, by: Actor = HOUSE, at: datetime | None = None) -> int:
    """For each series that has no meeting to come; and who reads is computed anew, for seats of coordinators begin and end with the day."""
    made = 0
    for series in MeetingSeries.objects.filter(ended_at=None).order_by("pk"):
        made += make_next(by=by, series=series, at=at) is not None
        with connection.cursor() as cursor:
            cursor.execute("select wall.desk_touch_series(%s)", [series.pk])
    renew_leads(by=by, at=at)
    remind_of_unclosed(at=at)
    return made


def renew_leads(*, by: Actor, at: datetime | None = None) -> int:
    """Where the lead of a coming meeting will be away on its day or works there no more, the next in turn leads and is told. Returns how many."""
    changed = 0
    coming = CaseMeeting.objects.filter(state=CaseMeetingState.PLANNED, starts_at__gte=at or timezone.now())
    for pk in coming.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            meeting = CaseMeeting.objects.select_for_update(of=("self",)).select_related("series").get(pk=pk)
            before = meeting.lead_id
            if before in {each.person_id for each in _who_can_lead(meeting)}:
                continue
            choose_lead(meeting)
            if meeting.lead_id != before:
                _new_lead(by, meeting)
                changed += 1
    return changed


def _new_lead(by: Actor, meeting: CaseMeeting) -> None:
    """Kept, and told to her if somebody else has chosen her."""
    meeting.save(update_fields=["lead_party", "lead"])
    trail.record("meeting.lead_changed", meeting, by=by, region_id=meeting.series.region_id, to=meeting.lead_id)
    if meeting.lead_id is not None and meeting.lead_id != by.person_id:
        tell_members(meeting, "lead", [meeting.lead_id])


def remind_of_unclosed(*, at: datetime | None = None) -> int:
    """Who leads is told once that her meeting is over and was neither closed nor called off. Returns how many were told."""
    over = CaseMeeting.objects.coming().filter(ends_at__lt=at or timezone.now(), lead__isnull=False)
    told = OutgoingMail.objects.filter(kind="desk.case_meeting", subject_id=OuterRef("pk"), facts__what="unclosed")
    forgotten = list(over.exclude(Exists(told)).order_by("pk"))
    for meeting in forgotten:
        assert meeting.lead_id is not None
        tell_members(meeting, "unclosed", [meeting.lead_id])
    return len(forgotten)


def choose_lead(meeting: CaseMeeting) -> None:
    """Whose turn it is: the organisation that led longest ago, so that one passed over comes next. Its lead, or a deputy when she is away that day.

    Not saved.
    """
    others = CaseMeeting.objects.exclude(pk=meeting.pk).exclude(state=CaseMeetingState.CANCELLED)
    led = others.filter(lead_party=OuterRef("pk")).order_by("-starts_at").values("starts_at")[:1]
    parties = MeetingParty.objects.filter(series=meeting.series_id).annotate(led_at=Subquery(led))
    order = list(parties.order_by(F("led_at").asc(nulls_first=True), "position", "id"))
    people = _who_can_lead(meeting)
    rank = {MemberRole.LEAD: 0, MemberRole.DEPUTY: 1, MemberRole.MEMBER: 2}
    meeting.lead_party, meeting.lead = (order[0] if order else None), None
    for party in order:
        ours = [each for each in people if each.party_id == party.pk]
        if ours:
            meeting.lead_party, meeting.lead = party, min(ours, key=lambda each: rank[MemberRole(each.role)]).person
            return


def _who_can_lead(meeting: CaseMeeting) -> list[MeetingMember]:
    """The people of a meeting's series who on its day still work at the organisation that sends them, or for the region, and are not away."""
    day = timezone.localdate(meeting.starts_at)
    seats = Seat.objects.on(max(day, timezone.localdate())).filter(person=OuterRef("person"))  # of one that was: who works there now
    here, for_region = (
        seats.filter(organisation=OuterRef("party__organisation")),
        seats.filter(role=Role.COORDINATOR, region=meeting.series.region_id),
    )
    away = Exists(Absence.objects.on(day).filter(person=OuterRef("person")))
    members = MeetingMember.objects.filter(Exists(here) | Exists(for_region), ~away, party__series=meeting.series_id, person__deactivated_at=None)
    return list(members.select_related("person").order_by("id"))


def _agenda(meeting: CaseMeeting, held: CaseMeeting | None) -> None:
    """What the last memo left open first, with what was said of it last; so does what it had brought along and nobody came to. Then what stands."""
    standing = StandingPoint.objects.filter(series=meeting.series_id).order_by("position", "id")
    goes_on = Q(is_open=True) | Q(carried_from__isnull=False, minutes="")
    still = MeetingPoint.objects.filter(goes_on, meeting=held).order_by("position", "id") if held else MeetingPoint.objects.none()
    rows: list[tuple[str, MeetingPoint | StandingPoint, int | None]] = []
    rows += [("other", point, point.pk if point.minutes else point.carried_from_id or point.pk) for point in still]
    rows += [(point.kind, point, None) for point in standing]
    MeetingPoint.objects.bulk_create([
        MeetingPoint(meeting=meeting, position=n, kind=kind, carried_from_id=carried, **{name: getattr(source, name) for name in TITLES})
        for n, (kind, source, carried) in enumerate(rows, start=1)
    ])  # fmt: skip


def _bring_postponed(meeting: CaseMeeting) -> None:
    """Matters for which the last meeting had no time."""
    waiting = MeetingItem.objects.filter(meeting__series=meeting.series_id, state=ItemState.POSTPONED).order_by("meeting", "position", "id")
    for n, item in enumerate(waiting, start=1):
        item.meeting, item.position, item.state = meeting, n, ItemState.LISTED
        item.save(update_fields=["meeting", "position", "state"])


def move_meeting(
    *, by: Actor, meeting: CaseMeeting, starts_at: datetime, place: str, video_link: str = "", at: datetime | None = None
) -> CaseMeeting:
    """Another time or place; everybody's calendar is told. Raises NotAllowed, RuleBroken."""
    now = at or timezone.now()
    with transaction.atomic():
        locked = _locked(by, meeting)
        if starts_at <= now:
            raise RuleBroken(_("The time has passed already. Choose one to come."), field="day")
        if not place.strip() and not video_link.strip():
            raise RuleBroken(_("Write where you meet: a place, a video link, or both."), field="place")
        length = locked.ends_at - locked.starts_at
        locked.starts_at, locked.ends_at, locked.place, locked.video_link = starts_at, starts_at + length, place.strip()[:200], video_link.strip()
        _changed(locked, now)
        trail.record("meeting.moved", locked, by=by, region_id=locked.series.region_id, starts=starts_at)
        tell_members(locked, "moved")
        return locked


def call_off(*, by: Actor, meeting: CaseMeeting, at: datetime | None = None) -> CaseMeeting:
    """The meeting is not held: its matters wait for the next one. Raises NotAllowed, RuleBroken when it has begun."""
    now = at or timezone.now()
    with transaction.atomic():
        locked = _locked(by, meeting)
        locked.state = CaseMeetingState.CANCELLED
        _changed(locked, now)
        MeetingItem.objects.filter(meeting=locked, state=ItemState.LISTED).update(state=ItemState.POSTPONED)
        trail.record("meeting.called_off", locked, by=by, region_id=locked.series.region_id)
        tell_members(locked, "cancelled")
        return locked


def hand_lead(*, by: Actor, meeting: CaseMeeting, member: MeetingMember) -> CaseMeeting:
    """Somebody else of those who meet leads this time. Raises NotAllowed, RuleBroken."""
    with transaction.atomic():
        locked = _locked(by, meeting, running=True)
        if member.party.series_id != locked.series_id:
            raise RuleBroken(_("Choose somebody who takes part in the meeting."), field="member")
        locked.lead_party, locked.lead = member.party, member.person
        _new_lead(by, locked)
        return locked


def tell_members(meeting: CaseMeeting, what: str, people: Sequence[int] | None = None) -> None:
    """A mail to each person of the series, or to those named: `invited`, `moved`, `cancelled`, `withdrawn`, `memo`, `lead`, `unclosed`."""
    if people is None:
        members = MeetingMember.objects.filter(party__series=meeting.series_id)
        people = list(Person.objects.active().filter(pk__in=members.values("person_id")).order_by("pk").values_list("pk", flat=True))
    for person_id in people:
        mail.queue("desk.case_meeting", meeting, person=person_id, what=what)


def _changed(meeting: CaseMeeting, now: datetime) -> None:
    meeting.sequence, meeting.changed_at = meeting.sequence + 1, now
    meeting.save()


def _locked(by: Actor, meeting: CaseMeeting, *, running: bool = False) -> CaseMeeting:
    locked = CaseMeeting.objects.select_for_update(of=("self",)).select_related(*doors.RELATED).get(pk=meeting.pk)
    if not by.is_staff or not doors.can_run(by, locked):
        raise NotAllowed
    if locked.state != CaseMeetingState.PLANNED and not (running and locked.state == CaseMeetingState.RUNNING):
        raise RuleBroken(_("The meeting has begun or is over. It cannot be changed like this any more."))
    return locked
