"""Where somebody works in the network, by the seats that are not bought in."""

from django.db.models import Q
from django.utils import timezone

from luukku.core.actor import Actor, ActorSeat
from luukku.network.enums import Role
from luukku.network.models import Participation, Region
from luukku.network.models.places import RegionArea


def inside_seats(actor: Actor) -> list[ActorSeat]:
    """Who is bought in sees nothing of the network's own work by that seat."""
    return [seat for seat in actor.seats if seat.role != Role.SHEPHERD]


def coordinated(actor: Actor) -> set[int]:
    """Keys of the regions that she coordinates."""
    return {seat.region_id for seat in actor.seats if seat.role == Role.COORDINATOR and seat.region_id is not None}


def working_regions(actor: Actor) -> list[Region]:
    """Regions of her seats, of her organisations and of her area, or all of the nation; those with an open door first, for a network is built
    before its door opens. One statement."""
    inside, today = inside_seats(actor), timezone.localdate()
    if not inside:
        return []
    organisations = {seat.organisation_id for seat in inside if seat.organisation_id is not None}
    areas = RegionArea.objects.on(today).filter(area__in={seat.area_id for seat in inside if seat.area_id is not None})
    parts = Participation.objects.on(today).filter(organisation__in=organisations)
    test = Q(pk__in={seat.region_id for seat in inside if seat.region_id is not None})
    test |= Q(pk__in=parts.values("region")) | Q(pk__in=areas.values("region"))
    if any(seat.role == Role.NATIONAL_OWNER for seat in inside):
        test = Q()
    return list(Region.objects.on(today).filter(test).order_by("-is_live", "code"))
