"""Of which regions somebody may see the figures."""

from django.db.models import QuerySet
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed
from luukku.core.remembered import Remembered
from luukku.network.enums import ROLES, Level, Right, Role
from luukku.network.models import Organisation, Region

_known: Remembered[list[Region]] = Remembered(30)


def figure_regions(actor: Actor) -> list[Region]:
    """Live regions whose figures the actor may see: her region's, her area's, her organisation's, or all.

    One statement, remembered by process for half a minute: a page has many tables, each of which asks. A seat that changes counts at once.
    """
    seats = [seat for seat in actor.seats if Right.SEE_FIGURES in ROLES[Role(seat.role)].rights]
    if not actor.is_staff or not seats:
        return []
    if any(ROLES[Role(seat.role)].level is Level.NATIONAL for seat in seats):
        return _known.get("all", lambda: list(_live().order_by("code")))
    regions = frozenset(seat.region_id for seat in seats if seat.region_id)
    areas = frozenset(seat.area_id for seat in seats if seat.area_id and not seat.region_id)
    organisations = frozenset(seat.organisation_id for seat in seats if seat.organisation_id)
    return _known.get((regions, areas, organisations), lambda: list(_of_seats(regions, areas, organisations).order_by("code")))


def _live() -> QuerySet[Region]:
    return Region.objects.on(timezone.localdate()).filter(is_live=True)


def _of_seats(regions: frozenset[int], areas: frozenset[int], organisations: frozenset[int]) -> QuerySet[Region]:
    found = _live().filter(pk__in=regions)
    if areas:
        found |= _live().filter(pk__in=Region.objects.filter(area_spells__area_id__in=areas, area_spells__valid_until=None).values("pk"))
    if organisations:
        found |= _live().filter(pk__in=Organisation.objects.filter(pk__in=organisations).values("desks__region_id"))
    return found


def require_figures(actor: Actor, region_id: int) -> None:
    """Raises NotAllowed for those who may not see the region's figures."""
    if region_id not in {each.pk for each in figure_regions(actor)}:
        raise NotAllowed
