"""When a region's people are warned of a promise that is about to break."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.trail import record
from luukku.desk.models import WarningTimes
from luukku.network.access import can_edit_region, require
from luukku.network.models import Region

MOST_MINUTES = 10 * 8 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Working minutes before the promise is due; the coordinator's below zero: so many after it was."""

    handler_minutes: int
    lead_minutes: int
    coordinator_minutes: int
    still_waiting: bool = True  # whether customers are told that a matter still waits


def set_warning_times(*, by: Actor, region: Region, times: Times) -> WarningTimes:
    """The region's coordinator decides; the next sweep goes by it. Raises NotAllowed, RuleBroken."""
    require(can_edit_region(by, region.pk))
    wanted = {name: getattr(times, name) for name in times.__dataclass_fields__}
    for name in ("handler_minutes", "lead_minutes", "coordinator_minutes"):
        minutes = wanted[name]
        if not (-MOST_MINUTES if name == "coordinator_minutes" else 0) <= minutes <= MOST_MINUTES:
            raise RuleBroken(_("Give hours between 0 and 80."), field=name)
    if times.lead_minutes > times.handler_minutes:
        raise RuleBroken(_("The handler is warned before the desk lead: give the handler more time."), field="lead_minutes")
    if times.coordinator_minutes > times.lead_minutes:
        raise RuleBroken(_("The desk lead is warned before the coordinator: give the desk lead more time."), field="coordinator_minutes")
    found = WarningTimes.objects.filter(region=region).first() or WarningTimes(region=region)
    if found._state.adding or any(getattr(found, name) != minutes for name, minutes in wanted.items()):
        for name, minutes in wanted.items():
            setattr(found, name, minutes)
        found.save()
        record("region.warnings_set", region, by=by, region_id=region.pk, **wanted)
    return found


def warning_times(region: Region) -> WarningTimes:
    """The region's own, or the defaults (not saved)."""
    return WarningTimes.objects.filter(region=region).first() or WarningTimes(region=region)
