"""What a customer chooses from: free times by day, and what can be booked in a region with the first free time of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from luukku.catalogue.models import Service
from luukku.core.finnish import finnish_key
from luukku.core.remembered import Remembered
from luukku.desk.models import BookableTimes
from luukku.desk.queries.free import FreeTimes, Slot, bookable
from luukku.network.models import Person, Region

DAYS_SHOWN, MOST_SHOWN = 7, 120


@dataclass(frozen=True)
class Day:
    day: date
    slots: Sequence[Slot]


@dataclass(frozen=True)
class Days:
    """Days with free times, from some day on; `later` is the next day that has some, None at the end."""

    days: Sequence[Day]
    later: date | None = None


@dataclass(frozen=True)
class Choice:
    """Something that can be booked here: a service, or (None) any matter; and its first free time, if there is one."""

    service: Service | None
    first: Slot | None


def days_of(free: FreeTimes, first: date | None = None, *, shown: int = DAYS_SHOWN) -> Days:
    """The free times of some days in order."""
    days: list[Day] = []
    held: list[Slot] = []
    for slot in free.all(first):
        if held and held[0].day != slot.day:
            days.append(Day(held[0].day, held))
            held = []
            if len(days) == shown or sum(len(day.slots) for day in days) >= MOST_SHOWN:
                return Days(days, slot.day)
        held.append(slot)
    return Days([*days, Day(held[0].day, held)] if held else days)


def choices_here(region: Region, now: datetime | None = None) -> list[Choice]:
    """What can be booked in a region, any matter first, then services by name. Five statements."""
    offered = list(bookable(region))
    free = FreeTimes(offered, now=now or timezone.now())
    services: dict[int | None, Service | None] = {times.service_id: times.service for times in offered}
    choices = [Choice(service, _first(free, [t for t in offered if t.service_id in (None, key)])) for key, service in services.items()]
    return sorted(choices, key=lambda choice: (choice.service is not None, finnish_key(str(choice.service.name)) if choice.service else ""))


def _first(free: FreeTimes, offered: Iterable[BookableTimes]) -> Slot | None:
    found = [slot for times in offered if (slot := next(free.of(times), None)) is not None]
    return min(found, key=lambda slot: (slot.starts_at, slot.times.pk), default=None)


def first_free(region: Region, service_id: int | None = None, now: datetime | None = None) -> Slot | None:
    """The first time that can be booked in a region, for a service or for anything. Five statements, one where nothing is published."""
    offered = list(bookable(region, service_id=service_id))
    return FreeTimes(offered, now=now or timezone.now()).first() if offered else None


_first_here: Remembered[Slot | None] = Remembered(30)  # half a minute old is new enough to look at; a booking asks anew
_codes_here: Remembered[frozenset[str]] = Remembered(30)
ANY_MATTER = "*"


def first_time_here(region: Region, service_id: int | None = None) -> Slot | None:
    """The first free time as it was within the last half minute, for the pages that invite to book."""
    return _first_here.get((region.pk, service_id), lambda: first_free(region, service_id))


def bookable_codes(region: Region) -> frozenset[str]:
    """Codes of services for which times are published in a region; ANY_MATTER among them where some are for anything."""
    return _codes_here.get(region.pk, lambda: _codes(region))


def _codes(region: Region) -> frozenset[str]:
    return frozenset(code or ANY_MATTER for code in bookable(region).order_by().values_list("service__code", flat=True).distinct())


def service_panel(service: Service, region: Region | None) -> dict[str, object] | None:
    """What a service card shows: where to book, and the first free time."""
    if region is None or not region.is_live or not bookable_codes(region) & {service.code, ANY_MATTER}:
        return None
    return {"service": service, "region": region, "first": first_time_here(region, service.pk)}


def free_for(
    offered: Iterable[BookableTimes],
    *,
    now: datetime | None = None,
    but_not: int | None = None,
    ahead: timedelta | None = None,
    also: Sequence[Person] = (),
) -> FreeTimes:
    """Free times from now on; `ahead` looks no further than that, `also` must be free too."""
    moment = now or timezone.now()
    last = timezone.localdate(moment + ahead) if ahead else None
    return FreeTimes(offered, now=moment, last=last, but_not=but_not, also=also)
