"""Of which regions somebody may see the figures."""

from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed
from luukku.network.enums import ROLES, Level, Right, Role
from luukku.network.models import Organisation, Region


def figure_regions(actor: Actor) -> list[Region]:
    """Live regions whose figures the actor may see: her region's, her area's, her organisation's, or all. One statement."""
    seats = [seat for seat in actor.seats if Right.SEE_FIGURES in ROLES[Role(seat.role)].rights]
    if not actor.is_staff or not seats:
        return []
    live = Region.objects.on(timezone.localdate()).filter(is_live=True)
    if any(ROLES[Role(seat.role)].level is Level.NATIONAL for seat in seats):
        return list(live.order_by("code"))
    regions = {seat.region_id for seat in seats if seat.region_id}
    areas = {seat.area_id for seat in seats if seat.area_id and not seat.region_id}
    organisations = {seat.organisation_id for seat in seats if seat.organisation_id}
    found = live.filter(pk__in=regions)
    if areas:
        found |= live.filter(pk__in=Region.objects.filter(area_spells__area_id__in=areas, area_spells__valid_until=None).values("pk"))
    if organisations:
        desks = Organisation.objects.filter(pk__in=organisations).values("desks__region_id")
        found |= live.filter(pk__in=desks)
    return list(found.order_by("code"))


def require_figures(actor: Actor, region_id: int) -> None:
    """Raises NotAllowed for those who may not see the region's figures. One statement."""
    if region_id not in {each.pk for each in figure_regions(actor)}:
        raise NotAllowed
