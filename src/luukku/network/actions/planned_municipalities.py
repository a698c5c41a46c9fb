"""Changes of a municipality that are known beforehand: written down now, carried out on their day like any other."""

from datetime import date

from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.trail import record
from luukku.network import access
from luukku.network.actions.municipalities import merge_municipality, move_municipality
from luukku.network.actions.to_come import carry_out_due, take_back, write_down
from luukku.network.actions.writing import writing
from luukku.network.models import Area, Municipality, PlannedChange, Region
from luukku.network.models.plans import PlanState


def plan_move(*, by: Actor, municipality: Municipality, area: Area, region: Region | None, since: date) -> PlannedChange:
    """From a day to come it will lie in this area and belong to this region, or to none. Raises NotAllowed, RuleBroken."""
    for place, field in ((area, "area"), (region, "region")):
        if place is not None and place.valid_until is not None:
            raise RuleBroken(_("%(name)s ends before that day. Choose another.") % {"name": place.name}, field=field)
    return _plan(by, PlannedChange(municipality=municipality, area=area, region=region, since=since))


def plan_merge(*, by: Actor, municipality: Municipality, into: Municipality, since: date) -> PlannedChange:
    """From a day to come it will be part of another one. Raises NotAllowed, RuleBroken."""
    if into.pk == municipality.pk:
        raise RuleBroken(_("Choose another municipality than the one that ends."), field="into")
    if into.valid_until is not None:
        raise RuleBroken(_("The municipality into which it merges must be there from that day."), field="into")
    return _plan(by, PlannedChange(municipality=municipality, into=into, since=since))


def cancel_plan(*, by: Actor, municipality: Municipality) -> None:
    """What was planned does not come. Nothing happens where nothing is planned any more. Raises NotAllowed."""
    access.require(access.can_edit_network(by))
    with writing("municipality.plan", by=by):
        if take_back(PlannedChange.objects.filter(municipality=municipality)):
            record("municipality.plan_cancelled", municipality, by=by)


def carry_out_plans(*, by: Actor) -> int:
    """Do what was planned for today or before; see `carry_out_due`. Returns how many were done. Raises NotAllowed."""
    return carry_out_due(
        PlannedChange,
        by=by,
        do=lambda plan: _do(by, plan),
        refused=lambda plan: record("municipality.plan_refused", plan.municipality, by=by, since=plan.since),
        kind="network.plan_refused",
    )


def _plan(by: Actor, plan: PlannedChange) -> PlannedChange:
    access.require(access.can_edit_network(by))
    if plan.municipality.valid_until is not None:
        raise RuleBroken(_("This municipality has ended."))
    with writing("municipality.plan", by=by):
        PlannedChange.objects.filter(municipality=plan.municipality, state=PlanState.REFUSED).update(state=PlanState.CANCELLED)
        write_down(plan, by=by, taken=RuleBroken(_("Another change of this municipality is planned already. Cancel that one first.")))
        record("municipality.planned", plan.municipality, by=by, since=plan.since, merges=plan.into_id is not None)
    return plan


def _do(by: Actor, plan: PlannedChange) -> None:
    town = plan.municipality
    if plan.into is not None:
        merge_municipality(by=by, municipality=town, into=plan.into, since=plan.since)
    elif plan.area is not None:
        move_municipality(by=by, municipality=town, area=plan.area, region=plan.region, since=plan.since)
