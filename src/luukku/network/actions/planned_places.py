"""A region's or an area's new name, and the area in which a region will lie, known beforehand: carried out on their day like any other change."""

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from luukku.core import mail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.trail import record
from luukku.network import access
from luukku.network.actions.areas import rename_area
from luukku.network.actions.periods import FURTHEST, named
from luukku.network.actions.region_life import move_region, rename_region
from luukku.network.actions.writing import writing
from luukku.network.models import Area, PlannedPlace, Region
from luukku.network.models.plans import PlanState
from luukku.network.queries.plans import keepers


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
        waiting = PlannedPlace.objects.filter(pk=plan.pk, state__in=(PlanState.PLANNED, PlanState.REFUSED))
        if waiting.update(state=PlanState.CANCELLED, ended_at=timezone.now()):
            record("place.plan_cancelled", plan, by=by)


def carry_out_place_plans(*, by: Actor) -> int:
    """Do what was planned for today or, where the house slept, for a day before; each stands by itself. Returns how many were done.

    What a rule forbids by now is kept as refused, with the rule's sentence, and those who keep the network hear of it. For the house alone.
    """
    if by.kind != "house":
        raise NotAllowed
    done = 0
    for pk in PlannedPlace.objects.filter(state=PlanState.PLANNED, since__lte=timezone.localdate()).values_list("pk", flat=True):
        with transaction.atomic():
            plan = PlannedPlace.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk, state=PlanState.PLANNED).first()
            if plan is not None:
                done += _carry_out(by, plan)
    return done


def _plan(by: Actor, plan: PlannedPlace) -> PlannedPlace:
    access.require(access.can_edit_network(by))
    today = timezone.localdate()
    if plan.place.valid_until is not None:
        raise RuleBroken(_("It has ended already."))
    if not today < plan.since <= today + FURTHEST:
        raise RuleBroken(_("The day lies too far ahead. Check the year."), field="since")
    plan.planned_by_id, plan.planned_at = by.person_id, timezone.now()
    with writing("place.plan", by=by):
        try:
            with transaction.atomic():
                plan.save()
        except IntegrityError as taken:
            raise RuleBroken(_("Such a change is planned already. Cancel that one first."), field="since") from taken
        record("place.planned", plan, by=by, since=plan.since, moves=plan.to_area_id is not None)
    return plan


def _carry_out(by: Actor, plan: PlannedPlace) -> bool:
    try:
        with transaction.atomic(), translation.override("fi"):
            _do(by, plan)
    except RuleBroken as broken:
        plan.state, plan.refusal = PlanState.REFUSED, str(broken.message)[:300]
        record("place.plan_refused", plan, by=by, since=plan.since)
        for keeper in keepers():
            mail.queue("network.place_plan_refused", plan, person=keeper.pk)
    else:
        plan.state = PlanState.DONE
    plan.ended_at = timezone.now()
    plan.save(update_fields=["state", "refusal", "ended_at"])
    return plan.state == PlanState.DONE


def _do(by: Actor, plan: PlannedPlace) -> None:
    names = {"fi": plan.name_fi, "sv": plan.name_sv, "en": plan.name_en}
    if plan.area is not None:
        rename_area(by=by, area=plan.area, names=names, since=plan.since)
    elif plan.region is not None and plan.to_area is not None:
        move_region(by=by, region=plan.region, area=plan.to_area, since=plan.since)
    elif plan.region is not None:
        rename_region(by=by, region=plan.region, names=names, since=plan.since)
