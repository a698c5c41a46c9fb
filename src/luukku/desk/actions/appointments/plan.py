"""What a meeting will be, and the lock under which nobody else can take the same people or room."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.errors import RuleBroken
from luukku.core.turns import take_turns_at_all
from luukku.desk.models import Appointment, BookableTimes, Room
from luukku.desk.queries.free import FreeTimes, Slot, bookable, suiting, together
from luukku.network.models import Desk, Municipality, Person

_QUARTER = 15 * 60  # seconds
DOUBLE_BOOKED = ("person_never_double_booked", "room_never_double_booked")  # constraints of the database


class TimeTaken(RuleBroken):
    """Somebody else was quicker, or the time has gone by. `nearest` are free ones near it."""

    def __init__(self, nearest: Iterable[Slot] = ()) -> None:
        self.nearest = list(nearest)
        words = _("This time has just been taken. Choose one of the nearest free times: everything you wrote is still here.")
        none = _("This time has just been taken, and there is no other free time. Send your matter without a time: we contact you.")
        super().__init__(words if self.nearest else none, field="slot")


class Gone(Exception):
    """The time is not free. Whoever began the transaction turns it into TimeTaken when the locks are gone (`booking.never_twice`)."""


@dataclass(frozen=True)
class Plan:
    """When, with whom and where; `times` is None for a time that was agreed freely."""

    desk: Desk
    people: tuple[Person, ...]
    starts_at: datetime
    ends_at: datetime
    busy_until: datetime
    change_until: datetime
    place: str
    times: BookableTimes | None = None
    room: Room | None = None
    municipality: Municipality | None = None
    address: str = ""
    video_link: str = ""
    anyway: bool = False  # she has agreed to it herself, though it is outside the days and hours that she wishes

    def put_on(self, appointment: Appointment) -> None:
        """Copy all but the people (not saved)."""
        for name in ("desk", "times", "starts_at", "ends_at", "busy_until", "change_until", "place", "room", "municipality", "address", "video_link"):
            setattr(appointment, name, getattr(self, name))


def plan_of(times: BookableTimes, starts_at: datetime, also: Iterable[Person] = ()) -> Plan:
    """A published time as a plan, with others who take part; whether it is free is asked by `claim`."""
    ends_at = starts_at + timedelta(minutes=times.length)
    return Plan(
        desk=times.desk, people=tuple(together(times, also)), starts_at=starts_at, ends_at=ends_at,
        busy_until=ends_at + timedelta(minutes=times.buffer), change_until=starts_at - timedelta(hours=times.change_hours),
        place=times.place, times=times, room=times.room, municipality=times.municipality, address=times.address, video_link=times.video_link,
    )  # fmt: skip


def touch(appointment: Appointment, now: datetime) -> None:
    """It has changed, as calendars understand it (not saved)."""
    appointment.sequence += 1
    appointment.changed_at = now


def lock_times(times: BookableTimes) -> None:
    """Reads published times and their people as they stand now; until this transaction ends nobody changes them or takes them back.

    Before the hours, which come before the case: always in this order, so that two never wait for each other.
    """
    fresh = BookableTimes.objects.raw("select * from desk_bookabletimes where id = %s for share", [times.pk])[0]
    for column in times._meta.concrete_fields:
        setattr(times, column.attname, getattr(fresh, column.attname))
    getattr(times, "_prefetched_objects_cache", {}).pop("people", None)
    prefetch_related_objects([times], "people")


def lock_hours(people: Iterable[Person], starts_at: datetime, busy_until: datetime) -> None:
    """Whoever books one of these people for hours that touch these waits until this transaction ends, and then sees what was taken.

    Who books other hours of theirs does not wait: two meetings that overlap have a quarter of an hour in common. The constraints stand behind it.
    """
    first, last = int(starts_at.timestamp()) // _QUARTER, -(-int(busy_until.timestamp()) // _QUARTER)
    quarters = range(first, max(last, first + 1))
    take_turns_at_all(f"hours of {person.pk} {quarter}" for person in people for quarter in quarters)


def lock_time(times: BookableTimes, starts_at: datetime, also: Iterable[Person] = ()) -> None:
    """Published times as they stand, and the hours of one of them, for `also` too. Two statements and one for the people."""
    lock_times(times)
    plan = plan_of(times, starts_at, also)
    lock_hours(plan.people, plan.starts_at, plan.busy_until)


def claim(times: BookableTimes, starts_at: datetime, *, now: datetime, but_not: int | None = None, also: Sequence[Person] = ()) -> Plan:
    """The plan of a published time that is free now, for `also` too; it must be locked (`lock_time`). Raises Gone."""
    day = timezone.localdate(starts_at)
    free = FreeTimes([times], now=now, last=max(day, timezone.localdate(now)), but_not=but_not, also=also)
    if times.withdrawn_at is None and any(slot.starts_at == starts_at for slot in free.of(times, day)):
        return plan_of(times, starts_at, also)
    raise Gone


def nearest_elsewhere(
    times: BookableTimes, moment: datetime, *, now: datetime, but_not: int | None = None, also: Sequence[Person] = ()
) -> list[Slot]:
    """Free times of the same desk for the same service, whoever gives them; with `also`, those that suit all of these."""
    if also:
        return FreeTimes(suiting(times.desk.region, also), now=now, but_not=but_not, also=also).nearest(moment)
    same = bookable(times.desk.region, service_id=times.service_id).filter(desk=times.desk)
    return FreeTimes(same, now=now, but_not=but_not).nearest(moment)
