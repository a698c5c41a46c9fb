"""What a meeting will be, and the lock under which nobody else can take the same people or room."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from luukku.core.errors import RuleBroken
from luukku.desk.models import Appointment, BookableTimes, Room
from luukku.desk.queries.free import FreeTimes, Slot, bookable, suiting, together
from luukku.network.models import Desk, Municipality, Person

DOUBLE_BOOKED = ("person_never_double_booked", "room_never_double_booked")  # constraints of the database


class TimeTaken(RuleBroken):
    """Somebody else was quicker, or the time has gone by. `nearest` are free ones near it."""

    def __init__(self, nearest: Iterable[Slot] = ()) -> None:
        self.nearest = list(nearest)
        words = _("This time has just been taken. Choose one of the nearest free times: everything you wrote is still here.")
        none = _("This time has just been taken, and there is no other free time. Send your matter without a time: we contact you.")
        super().__init__(words if self.nearest else none, field="slot")


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


def lock_people(*groups: Iterable[Person]) -> None:
    """Whoever books these people next waits until this transaction ends: then she sees what was taken, instead of running into the constraint."""
    keys = {person.pk for group in groups for person in group}
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk"))


def claim(times: BookableTimes, starts_at: datetime, *, now: datetime, but_not: int | None = None, also: Sequence[Person] = ()) -> Plan:
    """The plan of a published time that is free now, for `also` too; all must be locked. Raises TimeTaken with the nearest free times."""
    free = FreeTimes([times], now=now, but_not=but_not, also=also)
    if times.withdrawn_at is None and any(slot.starts_at == starts_at for slot in _until(free, times, starts_at)):
        return plan_of(times, starts_at, also)
    raise TimeTaken(nearest_elsewhere(times, starts_at, now=now, but_not=but_not, also=also))


def _until(free: FreeTimes, times: BookableTimes, moment: datetime) -> Iterable[Slot]:
    for slot in free.of(times):
        if slot.starts_at > moment:
            return
        yield slot


def nearest_elsewhere(
    times: BookableTimes, moment: datetime, *, now: datetime, but_not: int | None = None, also: Sequence[Person] = ()
) -> list[Slot]:
    """Free times of the same desk for the same service, whoever gives them; with `also`, those that suit all of these."""
    if also:
        return FreeTimes(suiting(times.desk.region, also), now=now, but_not=but_not, also=also).nearest(moment)
    same = bookable(times.desk.region, service_id=times.service_id).filter(desk=times.desk)
    return FreeTimes(same, now=now, but_not=but_not).nearest(moment)
