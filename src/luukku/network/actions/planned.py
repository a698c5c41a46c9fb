"""Changes of a municipality that are known beforehand: written down now, carried out on their day like any other."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from luukku.core import mail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.trail import record
from luukku.network import access
from luukku.network.actions.municipalities import merge_municipality, move_municipality
from luukku.network.actions.periods import FURTHEST
from luukku.network.actions.writing import writing
from luukku.network.models import Area, Municipality, PlannedChange, Region
from luukku.network.models.plans import PlanState
from luukku.network.queries.plans import keepers


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
        waiting = PlannedChange.objects.filter(municipality=municipality, state__in=(PlanState.PLANNED, PlanState.REFUSED))
        if waiting.update(state=PlanState.CANCELLED, ended_at=timezone.now()):
            record("municipality.plan_cancelled", municipality, by=by)


def carry_out_plans(*, by: Actor) -> int:
    """Do what was planned for today or, where the house slept, for a day before; each stands by itself. Returns how many were done.

    What a rule forbids by now is kept as refused, with the rule's sentence, and those who keep the network hear of it. For the house alone.
    """
    if by.kind != "house":
        raise NotAllowed
    done = 0
    for pk in PlannedChange.objects.filter(state=PlanState.PLANNED, since__lte=timezone.localdate()).values_list("pk", flat=True):
        with transaction.atomic():
            plan = PlannedChange.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk, state=PlanState.PLANNED).first()
            if plan is not None:
                done += _carry_out(by, plan)
    return done


def _plan(by: Actor, plan: PlannedChange) -> PlannedChange:
    access.require(access.can_edit_network(by))
    today = timezone.localdate()
    if plan.municipality.valid_until is not None:
        raise RuleBroken(_("This municipality has ended."))
    if not today < plan.since <= today + FURTHEST:
        raise RuleBroken(_("The day lies too far ahead. Check the year."), field="since")
    plan.planned_by_id, plan.planned_at = by.person_id, timezone.now()
    with writing("municipality.plan", by=by):
        PlannedChange.objects.filter(municipality=plan.municipality, state=PlanState.REFUSED).update(state=PlanState.CANCELLED)
        try:
            with transaction.atomic():
                plan.save()
        except IntegrityError as taken:
            raise RuleBroken(_("Another change of this municipality is planned already. Cancel that one first.")) from taken
        record("municipality.planned", plan.municipality, by=by, since=plan.since, merges=plan.into_id is not None)
    return plan


def _carry_out(by: Actor, plan: PlannedChange) -> bool:
    try:
        with transaction.atomic(), translation.override("fi"):
            _do(by, plan)
    except RuleBroken as broken:
        plan.state, plan.refusal = PlanState.REFUSED, str(broken.message)[:300]
        record("municipality.plan_refused", plan.municipality, by=by, since=plan.since)
        for keeper in keepers():
            mail.queue("network.plan_refused", plan, person=keeper.pk)
    else:
        plan.state = PlanState.DONE
    plan.ended_at = timezone.now()
    plan.save(update_fields=["state", "refusal", "ended_at"])
    return plan.state == PlanState.DONE


def _do(by: Actor, plan: PlannedChange) -> None:
    town = plan.municipality
    if plan.into is not None:
        merge_municipality(by=by, municipality=town, into=plan.into, since=plan.since)
    elif plan.area is not None:
        move_municipality(by=by, municipality=town, area=plan.area, region=plan.region, since=plan.since)
