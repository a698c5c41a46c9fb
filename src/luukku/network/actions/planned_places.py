"""A region's or an area's new name, and the area in which a region will lie, known beforehand: carried out on their day like any other change."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.trail import record
from luukku.network import access
from luukku.network.actions.areas import rename_area
from luukku.network.actions.periods import named
from luukku.network.actions.region_life import move_region, rename_region
from luukku.network.actions.to_come import carry_out_due, take_back, write_down
from luukku.network.actions.writing import writing
from luukku.network.models import Area, PlannedPlace, Region


def plan_name(*, by: Actor, place: Area | Region, names: Mapping[str, str], since: date) -> PlannedPlace:
    """From a day to come it will be called so. Raises NotAllowed, RuleBroken."""
    columns = named(names)
    if all(getattr(place, name) == value for name, value in columns.items()):
        raise RuleBroken(_("This is its name already."), field="name_fi")
    owner = {"area": place} if isinstance(place, Area) else {"region": place}
    return _plan(by, PlannedPlace(**owner, **columns, since=since))


def plan_area(*, by: Actor, region: Region, area: Area, since: date) -> PlannedPlace:
    """From a day to come the region will lie in this area; its municipalities are planned on their own. Raises NotAllowed, RuleBroken."""
    if area.valid_until is not None:
        raise RuleBroken(_("%(name)s ends before that day. Choose another.") % {"name": area.name}, field="area")
    return _plan(by, PlannedPlace(region=region, to_area=area, since=since))


def cancel_place_plan(*, by: Actor, plan: PlannedPlace) -> None:
    """What was planned does not come. Nothing happens where it is not waiting any more. Raises NotAllowed."""
    access.require(access.can_edit_network(by))
    with writing("place.plan", by=by):
        if take_back(PlannedPlace.objects.filter(pk=plan.pk)):
            record("place.plan_cancelled", plan, by=by)


def carry_out_place_plans(*, by: Actor) -> int:
    """Do what was planned for today or before; see `carry_out_due`. Returns how many were done. Raises NotAllowed."""
    return carry_out_due(
        PlannedPlace,
        by=by,
        do=lambda plan: _do(by, plan),
        refused=lambda plan: record("place.plan_refused", plan, by=by, since=plan.since),
        kind="network.place_plan_refused",
    )


def _plan(by: Actor, plan: PlannedPlace) -> PlannedPlace:
    access.require(access.can_edit_network(by))
    if plan.place.valid_until is not None:
        raise RuleBroken(_("It has ended already."))
    with writing("place.plan", by=by):
        write_down(plan, by=by, taken=RuleBroken(_("Such a change is planned already. Cancel that one first."), field="since"))
        record("place.planned", plan, by=by, since=plan.since, moves=plan.to_area_id is not None)
    return plan


def _do(by: Actor, plan: PlannedPlace) -> None:
    names = {"fi": plan.name_fi, "sv": plan.name_sv, "en": plan.name_en}
    if plan.area is not None:
        rename_area(by=by, area=plan.area, names=names, since=plan.since)
    elif plan.region is not None and plan.to_area is not None:
        move_region(by=by, region=plan.region, area=plan.to_area, since=plan.since)
    elif plan.region is not None:
        rename_region(by=by, region=plan.region, names=names, since=plan.since)
