"""Plans that are followed go along when organisations merge or split: the seats that answer for measures, shares to come, programmes."""

from typing import Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luukku.core.reforms import ReformPart
from luukku.network.actions.reforms.moving import Mover
from luukku.plans.enums import PlanState
from luukku.plans.models import MeasureSeat, Plan, RoundPart, Share, StrategyLine

_LIVING = (PlanState.DRAFT, PlanState.COMMENTS, PlanState.FOLLOWED)


def carry_plans(mover: Mover) -> None:
    """Of plans that are not closed; those of the past say who answered then."""
    own = Plan.objects.filter(mover.within(region="region"), organisation=mover.source, state__in=_LIVING)
    mover.change(own, what="plans.own", organisation_id=mover.target.pk)
    seats = MeasureSeat.objects.filter(mover.within(region="measure__plan__region"), organisation=mover.source, measure__plan__state__in=_LIVING)
    there = set(MeasureSeat.objects.filter(organisation=mover.target).values_list("measure", "role", "area"))
    both = [each.pk for each in seats if (each.measure_id, each.role, each.area_id) in there]
    mover.tell("plans.both_answer", len(both))
    mover.change(seats.exclude(pk__in=both), what="plans.seats", organisation_id=mover.target.pk)
    asked = RoundPart.objects.filter(mover.within(region="plan__region"), organisation=mover.source, round__closed_at=None)
    taken = RoundPart.objects.filter(organisation=mover.target).values("round", "role", "area")
    twice = {(each["round"], each["role"], each["area"]) for each in taken}
    both = [each.pk for each in asked if (each.round_id, each.role, each.area_id) in twice]
    mover.change(asked.exclude(pk__in=both), organisation_id=mover.target.pk)
    shares = Share.objects.filter(
        mover.within(region="plan__region"), organisation=mover.source, plan__state__in=(PlanState.DRAFT, PlanState.COMMENTS)
    )
    mover.change(shares.exclude(plan__in=Share.objects.filter(organisation=mover.target).values("plan")), organisation_id=mover.target.pk)
    if mover.everything:
        mover.change(StrategyLine.objects.filter(Q(organisation=mover.source), year__gte=mover.day.year), organisation_id=mover.target.pk)


PARTS: Final = {
    "plans.plans": ReformPart(
        260,
        tuple(f"plans.{name}.organisation" for name in ("Plan", "MeasureSeat", "RoundPart", "Share", "StrategyLine")),
        carry_plans,
        {"plans.own": _("Plans of its own"), "plans.seats": _("Seats that answer for measures")},
        {"plans.both_answer": _("Both answer for the same measure: the receiver's seat goes on")},
    ),
}
STAYS: Final = {"plans.Note.organisation": "tells for whom it was written"}
