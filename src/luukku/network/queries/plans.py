"""What is known of borders to come, for those who read the network's pages."""

from luukku.network.models import Municipality, PlannedChange
from luukku.network.models.plans import PlanState

_WAITING = (PlanState.PLANNED, PlanState.REFUSED)


def plans_to_come(municipality: Municipality | None = None) -> list[PlannedChange]:
    """Plans that wait for their day, and those that a rule stopped on it, the nearest first; of one municipality or of all. One statement."""
    found = PlannedChange.objects.filter(state__in=_WAITING).select_related("municipality", "area", "region", "into", "planned_by")
    return list(found.filter(municipality=municipality) if municipality is not None else found)
