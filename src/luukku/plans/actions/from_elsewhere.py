"""What another module finds should be done becomes a measure of the region's plan."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from luukku.core.actor import Actor
from luukku.governance.models import Decision
from luukku.network.models import Region
from luukku.plans.actions.measures import MeasureForm, add_measure
from luukku.plans.actions.plans import BeginForm, begin_plan
from luukku.plans.enums import PlanState
from luukku.plans.models import Measure, Plan, PlanKind, PlanPart
from luukku.plans.queries.seats import Key

ACTION = "action"


def plan_for(region: Region, today: date) -> Plan | None:
    """The region's action plan into which something new belongs: this year's that is not closed, else the next one's draft. One statement."""
    found = Plan.objects.filter(kind__code=ACTION, region=region, person=None, organisation=None, parent=None, last_year__gte=today.year)
    return found.exclude(state=PlanState.CLOSED).select_related("kind", "region").order_by("year", "id").first()


def make_measure(
    *, by: Actor, region: Region, origin: str, origin_id: int, words: str, goal: str = "", more: str = "", due_on: date | None = None,
    seats: Sequence[Key] = (), decision: Decision | None = None, at: datetime | None = None,
) -> Measure:  # fmt: skip
    """A measure in the region's action plan, made of `origin` (a dotted code such as `agreements.promise`) with key `origin_id`: asked twice, there
    is one. Without `seats` the region's coordinator answers; without an action plan of the year its draft is begun. Raises NotAllowed, RuleBroken."""
    today = timezone.localdate(at)
    known = Measure.objects.filter(origin=origin, origin_id=origin_id).select_related("plan__kind", "plan__region", "part").first()
    if known is not None:
        return known
    plan = plan_for(region, today) or begin_plan(by=by, region=region, form=BeginForm(PlanKind.objects.get(code=ACTION), today.year), at=at)
    starts = max(today, date(plan.year, 1, 1))
    form = MeasureForm(
        part=PlanPart.objects.offered(plan)[0], words=words, goal=goal, more=more, starts_on=starts,
        due_on=max(due_on or date(plan.last_year, 12, 31), starts), seats=seats or [("coordinator", None, None)], decision=decision,
    )  # fmt: skip
    return add_measure(by=by, plan=plan, form=form, origin=origin, origin_id=origin_id, at=at)
