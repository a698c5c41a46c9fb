"""Advisers open times for booking and take them back; busy hours."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.catalogue.models import Service
from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.desk.access import can_publish
from luukku.desk.actions.handling import handles
from luukku.desk.enums import MeetingPlace
from luukku.desk.models import BookableTimes, BusyTime, Room, ServicePoint
from luukku.desk.queries.slots import LAST, minutes_of
from luukku.network.access import can_enter_absence, require
from luukku.network.models import Desk, Municipality, Person

LONGEST_AHEAD = 365


@dataclass(frozen=True)
class TimesForm:
    """Times as they are published; `weekdays` empty means the first day only. Minutes, hours and days are whole."""

    desk: Desk
    people: tuple[Person, ...]
    first_day: date
    opens: time
    closes: time
    weekdays: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    last_day: date | None = None
    length: int = 45
    buffer: int = 15
    notice_hours: int = 24
    ahead_days: int = 60
    change_hours: int = 4
    place: str = MeetingPlace.PREMISES
    service: Service | None = None
    room: Room | None = None
    point: ServicePoint | None = None
    municipality: Municipality | None = None
    address: str = ""
    video_link: str = ""


def publish_times(*, by: Actor, form: TimesForm, at: datetime | None = None) -> BookableTimes:
    """Open times for booking: one's own, or as the desk's lead also a colleague's. Raises RuleBroken with the field to mend, NotAllowed."""
    now = at or timezone.now()
    if not can_publish(by, form.desk, [person.pk for person in form.people]):
        raise NotAllowed
    form = at_point(form)
    check_times(form, timezone.localdate(now))
    with transaction.atomic():
        times = BookableTimes(desk=form.desk, created_at=now)
        put_on(form, times)
        times.save()
        times.people.set(form.people)
        _record("times.published", times, by, now)
    return times


def at_point(form: TimesForm) -> TimesForm:
    """What a chosen visiting desk or remote point says of the place goes before what was written."""
    point = form.point
    if point is None:
        return form
    return replace(form, place=point.kind, municipality=point.municipality, address=point.where[:200], room=point.room)


def put_on(form: TimesForm, times: BookableTimes) -> None:
    """All but the desk and the people (not saved)."""
    for name in (
        "service",
        "first_day",
        "opens",
        "closes",
        "length",
        "buffer",
        "notice_hours",
        "ahead_days",
        "change_hours",
        "place",
        "room",
        "point",
    ):
        setattr(times, name, getattr(form, name))
    times.weekdays, times.weeks = sorted(set(form.weekdays)), sorted(set(form.weeks)) if form.weekdays else []
    times.last_day = form.last_day if form.weekdays else form.first_day
    times.municipality, times.address, times.video_link = form.municipality, form.address.strip(), form.video_link.strip()


def check_times(form: TimesForm, today: date) -> None:
    """Everything that can be wrong with times to be published. Raises RuleBroken."""
    if not form.people:
        raise RuleBroken(_("Choose at least one adviser."), field="people")
    for person in form.people:
        if not handles(person.pk, form.desk.organisation_id):
            raise RuleBroken(_("%(name)s does not serve at this desk.") % {"name": person.name}, field="people")
    if any(day not in range(7) for day in form.weekdays):
        raise RuleBroken(_("Choose the weekdays."), field="weekdays")
    if any(week not in range(1, LAST + 1) for week in form.weeks):
        raise RuleBroken(_("Choose which weeks of the month."), field="weeks")
    if not form.weekdays and form.first_day < today:
        raise RuleBroken(_("The day has passed already. Choose a day to come."), field="first_day")
    if form.weekdays and form.last_day is not None and form.last_day < max(today, form.first_day):
        raise RuleBroken(_("The last day must not be before the first one."), field="last_day")
    _check_cut(form)
    _check_place(form)


def _check_cut(form: TimesForm) -> None:
    if form.closes <= form.opens:
        raise RuleBroken(_("The end must be after the beginning."), field="closes")
    if not 10 <= form.length <= 480:
        raise RuleBroken(_("A time lasts from 10 minutes to 8 hours."), field="length")
    if not 0 <= form.buffer <= 240:
        raise RuleBroken(_("The break is at most 4 hours."), field="buffer")
    if minutes_of(form.opens, form.closes) < form.length:
        raise RuleBroken(_("Not even one time fits in between. Make the stretch longer or the times shorter."), field="length")
    if not 1 <= form.ahead_days <= LONGEST_AHEAD:
        raise RuleBroken(_("Times can be booked from 1 to 365 days ahead."), field="ahead_days")


def _check_place(form: TimesForm) -> None:
    if form.place not in MeetingPlace.values:
        raise RuleBroken(_("Choose where the meeting is held."), field="place")
    if form.point is not None:
        if form.point.deactivated_at is not None or form.point.region_id != form.desk.region_id:
            raise RuleBroken(_("This place is not in use in the desk's region."), field="point")
        if form.place == MeetingPlace.REMOTE_POINT and not form.video_link.strip().startswith("https://"):
            raise RuleBroken(_("Give the address of the video meeting. It begins with https://"), field="video_link")
        return
    if form.room is not None and form.room.organisation_id != form.desk.organisation_id:
        raise RuleBroken(_("The room is not your organisation's."), field="room")
    if form.place in (MeetingPlace.VISITING, MeetingPlace.REMOTE_POINT) and form.municipality is None:
        raise RuleBroken(_("Choose the municipality."), field="municipality")
    if form.place == MeetingPlace.VIDEO and not form.video_link.strip().startswith("https://"):
        raise RuleBroken(_("Give the address of the video meeting. It begins with https://"), field="video_link")
    if form.room is not None and form.room.deactivated_at is not None:
        raise RuleBroken(_("This room is not in use any more. Choose another one."), field="room")
    if form.place == MeetingPlace.PREMISES and not tells_where(form.room, form.address):
        raise RuleBroken(where_to_come(), field="address")


def tells_where(room: Room | None, address: str) -> bool:
    """Whether the customer learns where to come: a room's name alone tells her nothing."""
    return bool(address.strip()) or (room is not None and room.premises_id is not None)


def where_to_come() -> str:
    return _("Tell where to come: write the address, or choose a room whose address is known.")


def withdraw_times(*, by: Actor, times: BookableTimes, at: datetime | None = None) -> BookableTimes:
    """Nobody can book them any more; what is booked stays booked. Raises NotAllowed."""
    now = at or timezone.now()
    if not can_publish(by, times.desk, list(times.people.values_list("pk", flat=True))):
        raise NotAllowed
    with transaction.atomic():
        if BookableTimes.objects.filter(pk=times.pk, withdrawn_at=None).update(withdrawn_at=now):
            _record("times.withdrawn", times, by, now)
    times.refresh_from_db()
    return times


def _record(action: str, times: BookableTimes, by: Actor, now: datetime) -> None:
    trail.record(action, times, by=by, region_id=times.desk.region_id, organisation_id=times.desk.organisation_id, at=now, place=times.place)


def be_busy(*, by: Actor, person: Person, starts_at: datetime, ends_at: datetime) -> BusyTime:
    """Nothing can be booked then; what is booked is shown as what must be moved. By whoever may enter her absence. Raises RuleBroken, NotAllowed."""
    require(can_enter_absence(by, person))
    if ends_at <= starts_at:
        raise RuleBroken(_("The end must be after the beginning."), field="ends")
    if ends_at - starts_at > timedelta(days=LONGEST_AHEAD):
        raise RuleBroken(_("Busy hours last at most a year."), field="ends")
    with transaction.atomic():
        busy = BusyTime.objects.create(person=person, starts_at=starts_at, ends_at=ends_at)
        trail.record("busy.told", busy, by=by)
    return busy


def be_free(*, by: Actor, busy: BusyTime) -> None:
    """Take busy hours off. Raises NotAllowed."""
    require(can_enter_absence(by, busy.person))
    with transaction.atomic():
        trail.record("busy.taken_off", busy, by=by)
        busy.delete()


def people_of(keys: Collection[int]) -> tuple[Person, ...]:
    """People by key, in the order of their keys."""
    return tuple(Person.objects.active().filter(pk__in=keys).order_by("pk"))
