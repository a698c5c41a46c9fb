"""Visiting desks and remote points: who keeps them, and for everybody where and when one is served near home next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.core.remembered import Remembered
from luukku.desk.access import can_manage_room
from luukku.desk.models import BookableTimes, ServicePoint
from luukku.desk.models.points import KINDS
from luukku.desk.queries.free import FreeTimes, Slot, bookable, pattern_of
from luukku.network.access import can_edit_region
from luukku.network.models import Municipality, Region

AHEAD_DAYS = 120


def can_keep_point(actor: Actor, organisation_id: int, region_id: int) -> bool:
    """Those who keep the organisation's rooms, and the region's coordinator."""
    return can_manage_room(actor, organisation_id) or can_edit_region(actor, region_id)


def points_of(actor: Actor, region_ids: Sequence[int]) -> "QuerySet[ServicePoint]":
    """Points in use of these regions, by municipality and name. Open to everybody: they are published."""
    found = ServicePoint.objects.filter(region__in=region_ids, deactivated_at=None)
    return found.select_related("region", "municipality", "keeper", "room").order_by("municipality__name_fi", "name", "pk")


def get_point(actor: Actor, pk: int) -> ServicePoint:
    """Raises NotFound."""
    found = ServicePoint.objects.select_related("region", "municipality", "keeper", "room").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class NearYou:
    """A place that is served on some days: published times at a visiting desk or remote point, the next day, and the first free time."""

    times: BookableTimes
    municipality: Municipality
    next_day: date
    first: Slot | None

    @property
    def name(self) -> str:
        return self.times.point.name if self.times.point is not None else self.times.address

    @property
    def is_remote(self) -> bool:
        return self.times.place == KINDS[1]

    @property
    def who(self) -> str:
        """The advisers whom their organisation shows to the public, else the organisation."""
        names = [person.name for person in self.times.people.all() if person.is_published]
        return " · ".join(names) or str(self.times.desk.organisation.name)


_near: Remembered[Sequence[NearYou]] = Remembered(60)


def near_you(region: Region, municipality: Municipality | None = None) -> list[NearYou]:
    """Where and when one is served near home in a region, the next day first. Six statements, then none for a minute."""
    found = _near.get((region.pk, timezone.localdate()), lambda: _found(region))
    return [each for each in found if municipality is None or each.municipality.pk == municipality.pk]


def _found(region: Region) -> list[NearYou]:
    kinds = [kind.value for kind in KINDS]
    offered = list(bookable(region).filter(Q(point__deactivated_at=None) | Q(point=None), place__in=kinds, municipality__isnull=False))
    free, found = FreeTimes(offered, now=timezone.now()), []
    for times in offered:
        day = next_day(times, free)
        if day is not None and times.municipality is not None:
            found.append(NearYou(times, times.municipality, day, next(free.of(times), None)))
    return sorted(found, key=lambda each: (each.next_day, each.times.opens, each.times.pk))


def next_day(times: BookableTimes, free: FreeTimes) -> date | None:
    """The next day on which it is served there, today included until it closes; None within four months."""
    pattern, now = pattern_of(times), timezone.localtime()
    days = (now.date() + timedelta(days=ahead) for ahead in range(AHEAD_DAYS))
    open_days = (day for day in days if pattern.runs_on(day) and not free.is_shut(times, day))
    return next((day for day in open_days if day > now.date() or times.closes > now.time()), None)
