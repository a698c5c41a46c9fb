"""The year: a group's meetings from its usual rhythm, other things of the clock, and the address for one's own calendar."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import mail, trail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.moments import moment_at
from luukku.core.secret_links import digest_of
from luukku.core.ui.times import day_text
from luukku.core.worktime.finland import days_off
from luukku.governance.access import WRITERS, can_keep, can_run
from luukku.governance.actions.meetings import MeetingForm, plan_meeting
from luukku.governance.enums import EntryKind, MeetingState, MinutesState, Nudge
from luukku.governance.models import ClockEntry, ClockFeed, Group, Meeting, Membership
from luukku.governance.models.whose import Owned, Whose
from luukku.network.access import require
from luukku.network.enums import Role
from luukku.network.models import Area, Person, Region, Seat

INVITE_BEFORE = timedelta(days=14)
MINUTES_AFTER = timedelta(days=7)


@dataclass(frozen=True)
class EntryForm:
    kind: str
    title: str
    first_day: date
    last_day: date | None = None
    person: Person | None = None


def plan_year(*, by: Actor, group: Group, days: Sequence[date], starts: time, ends: time, at: datetime | None = None) -> list[Meeting]:
    """A meeting on each day on which the group has none yet. Raises NotAllowed, RuleBroken for a holiday, a weekend, July, or a day twice."""
    require(can_run(by, group))
    wrong = [day for day in days if day.weekday() > 4 or day.month == 7 or day in days_off(day.year) or days.count(day) > 1]
    if wrong:
        raise RuleBroken(
            _("Choose another day for %(day)s: it is a holiday, a weekend, in July, or there twice.") % {"day": day_text(wrong[0])}, field="days"
        )
    if ends <= starts:
        raise RuleBroken(_("It ends before it begins. Mend the hours."), field="ends")
    made = []
    with transaction.atomic():
        for day in sorted(days):
            begins, over = (moment_at(day, hour) for hour in (starts, ends))
            if not Meeting.objects.standing().filter(group=group, starts_at__date=day).exists():
                form = MeetingForm(begins, over, place=group.place, video_link=group.video_link)
                made.append(plan_meeting(by=by, group=group, form=form, at=at))
    return made


def _checked(form: EntryForm) -> dict[str, object]:
    if not form.title.strip():
        raise RuleBroken(_("Write what it is."), field="title")
    if form.kind not in EntryKind.values:
        raise RuleBroken(_("Choose what kind of thing it is."), field="kind")
    last = form.last_day or form.first_day
    if last < form.first_day:
        raise RuleBroken(_("It ends before it begins. Mend the days."), field="last_day")
    return {"kind": form.kind, "title": form.title.strip()[:160], "first_day": form.first_day, "last_day": last, "person": form.person}


def add_entry(
    *, by: Actor, form: EntryForm, region: Region | None = None, area: Area | None = None, at: datetime | None = None
) -> ClockEntry:  # fmt: skip
    """In the year of a region, of an area or, with neither, of the nation. Raises NotAllowed, RuleBroken."""
    require(can_keep(by, Whose(region, area)))
    columns, moment = _checked(form), at or timezone.now()
    with transaction.atomic():
        made = ClockEntry.objects.create(region=region, area=area, created_at=moment, changed_at=moment, **columns)
        trail.record("clock.added", made, by=by, region_id=made.region_id, at=at, kind=form.kind)
    return made


def fill_year(*, by: Actor, whose: Whose, forms: Sequence[EntryForm], at: datetime | None = None) -> list[ClockEntry]:
    """Several things at once; what stands there on the same day by the same name is left as it is. Raises NotAllowed, RuleBroken: then nothing."""
    require(can_keep(by, whose))
    with transaction.atomic():
        there = {(each.kind, each.title, each.first_day) for each in ClockEntry.objects.standing().filter(whose.own())}
        new = [form for form in forms if (form.kind, form.title.strip(), form.first_day) not in there]
        return [add_entry(by=by, form=form, region=whose.region, area=whose.area, at=at) for form in new]


def edit_entry(*, by: Actor, entry: ClockEntry, form: EntryForm, at: datetime | None = None) -> ClockEntry:
    """Every calendar that follows the year has it anew. Raises NotAllowed, RuleBroken."""
    require(can_keep(by, entry))
    columns = _checked(form)
    with transaction.atomic():
        found = ClockEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
        for name, value in columns.items():
            setattr(found, name, value)
        found.reminded_on = None
        _touch(found, at, "reminded_on", *columns)
        trail.record("clock.changed", found, by=by, region_id=found.region_id, at=at)
    return found


def cancel_entry(*, by: Actor, entry: ClockEntry, at: datetime | None = None) -> ClockEntry:
    """It stays in calendars as called off. Raises NotAllowed."""
    require(can_keep(by, entry))
    with transaction.atomic():
        found = ClockEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
        if found.cancelled_at is None:
            found.cancelled_at = at or timezone.now()
            _touch(found, at, "cancelled_at")
            trail.record("clock.cancelled", found, by=by, region_id=found.region_id, at=at)
    return found


def _touch(entry: ClockEntry, at: datetime | None, *fields: str) -> None:
    entry.sequence += 1
    entry.changed_at = at or timezone.now()
    entry.save(update_fields=["sequence", "changed_at", *fields])


def make_feed(*, by: Actor, at: datetime | None = None) -> str:
    """A new address's secret, told this once; an earlier address opens nothing any more. Raises NotAllowed."""
    if by.person_id is None:
        raise NotAllowed
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        end_feed(by=by, at=at)
        feed = ClockFeed.objects.create(person_id=by.person_id, digest=digest_of(token), created_at=at or timezone.now())
        trail.record("clock.feed_made", feed, by=by)
    return token


def end_feed(*, by: Actor, at: datetime | None = None) -> None:
    """The address opens nothing any more. Raises NotAllowed."""
    if by.person_id is None:
        raise NotAllowed
    with transaction.atomic():
        for feed in ClockFeed.objects.filter(person_id=by.person_id, revoked_at=None):
            feed.revoked_at = at or timezone.now()
            feed.save(update_fields=["revoked_at"])
            trail.record("clock.feed_ended", feed, by=by)


def nudge(now: datetime) -> int:
    """Those who run a group are reminded once: two weeks before, that nobody is invited; a week after, that minutes wait. As the house."""
    planned = Meeting.objects.filter(state=MeetingState.PLANNED, starts_at__gt=now, starts_at__lte=now + INVITE_BEFORE)
    unsent = Meeting.objects.filter(ends_at__lte=now - MINUTES_AFTER, minutes_state__in=(MinutesState.NONE, MinutesState.DRAFT))
    done = 0
    for what, found in ((Nudge.INVITE, planned), (Nudge.MINUTES, unsent.exclude(state=MeetingState.CANCELLED))):
        for meeting in found.exclude(nudged=what).select_related("group").order_by("id"):
            meeting.nudged = what
            meeting.save(update_fields=["nudged"])
            for person in runners(meeting.group):
                mail.queue("governance.nudge", meeting, person=person, what=what.value)
                done += 1
    return done


def runners(group: Group) -> list[int]:
    """Secretary, else chair, else the coordinator, area contact or owner who keeps it: one of them has it in hand. People's keys."""
    today = timezone.localdate()
    members = Membership.objects.on(today).filter(group=group, role__in=WRITERS, person__deactivated_at=None).exclude(person=None)
    by_role = {role: [each.person_id for each in members if each.role == role and each.person_id] for role in ("secretary", "chair")}
    return by_role["secretary"] or by_role["chair"] or keepers(group)


def keepers(of: Owned) -> list[int]:
    """The coordinator, area's contact or nation's owner who keeps it, the first of several: keys of people, one or none."""
    role = Role.COORDINATOR if of.region_id else Role.AREA_CONTACT if of.area_id else Role.NATIONAL_OWNER
    seats = Seat.objects.on(timezone.localdate()).filter(role=role, region=of.region_id, area=of.area_id, person__deactivated_at=None)
    return list(seats.order_by("id").values_list("person_id", flat=True)[:1])
