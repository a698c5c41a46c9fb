"""What is known of borders to come, for those who read the network's pages."""

from django.db.models import Q
from django.utils import timezone

from luukku.network.enums import ROLES, Right
from luukku.network.models import Area, Municipality, Person, PlannedChange, PlannedPlace, Region, Seat
from luukku.network.models.plans import PlanState

_WAITING = (PlanState.PLANNED, PlanState.REFUSED)


def plans_to_come(*, municipality: Municipality | None = None, region: Region | None = None) -> list[PlannedChange]:
    """Plans that wait for their day, and those that a rule stopped on it, the nearest first: all, those of a municipality or into it, or those
    by which a region gets or loses one. One statement."""
    found = PlannedChange.objects.filter(state__in=_WAITING).select_related("municipality", "area", "region", "into", "planned_by")
    if municipality is not None:
        found = found.filter(Q(municipality=municipality) | Q(into=municipality))
    if region is not None:
        here = region.municipality_spells.filter(valid_until=None).values("municipality")
        found = found.filter(Q(region=region) | Q(municipality__in=here) | Q(into__in=here))
    return list(found)


def place_plans(place: Area | Region) -> list[PlannedPlace]:
    """What is known of the name or the area to come of a region or an area, the nearest first. One statement."""
    mine = Q(area=place) if isinstance(place, Area) else Q(region=place)
    return list(PlannedPlace.objects.filter(mine, state__in=_WAITING).select_related("region", "area", "to_area", "planned_by"))


def keepers() -> list[Person]:
    """Those whose seat of today lets them change the network's borders. One statement."""
    roles = [role for role, row in ROLES.items() if Right.EDIT_NETWORK in row.rights]
    seats = Seat.objects.on(timezone.localdate()).filter(role__in=roles)
    return list(Person.objects.active().filter(pk__in=seats.values("person")).order_by("pk"))
