"""Account plans for screens: those of one's teams, and one with its team, actions and reviews. And how a region's plans stand, as numbers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Count, Q
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.customers.models import Company
from luukku.network.access.figures import require_figures
from luukku.network.models import Organisation, Person, Region, Seat
from luukku.relations.access import PLAN_RELATED, get_plan, visible_plans
from luukku.relations.models import AccountAction, AccountPlan, AccountReview, PlanCriterion
from luukku.relations.queries.choices import Visitor, visitors_of

MOST = 100
YEAR = timedelta(days=366)  # whether a company is of weight is looked at anew each year


@dataclass(frozen=True)
class Row:
    """`met` of the criteria that its region has agreed on; `is_due`: the day to look at it has passed, or nobody has judged it for a year."""

    plan: AccountPlan
    open: int
    late: int
    met: int
    agreed: int
    is_due: bool


def listed(actor: Actor) -> list[Row]:
    """Running ones by their next review, then those that have ended. Three statements."""
    today = timezone.localdate()
    plans = list(visible_plans(actor).select_related(*PLAN_RELATED).order_by("ended_at", "review_on", "id")[:MOST])
    undone = AccountAction.objects.filter(plan__in=[each.pk for each in plans], done_at=None).values("plan").order_by("plan")
    counts = {each["plan"]: (each["open"], each["late"]) for each in undone.annotate(open=Count("id"), late=Count("id", filter=Q(by_day__lt=today)))}
    criteria = agreed_criteria({each.region_id for each in plans})
    running = [each for each in plans if each.ended_at is None]
    return [
        Row(each, *counts.get(each.pk, (0, 0)), *_met(each, criteria), is_due=_is_due(each, today))
        for each in [*running, *(each for each in plans if each.ended_at is not None)]
    ]


def agreed_criteria(regions: Collection[int]) -> list[PlanCriterion]:
    """What these regions have agreed on, in the order of its writing. One statement."""
    return list(PlanCriterion.objects.filter(region__in=regions, ended_at=None).order_by("id"))


def _met(plan: AccountPlan, criteria: Sequence[PlanCriterion]) -> tuple[int, int]:
    here = [each.pk for each in criteria if each.region_id == plan.region_id]
    return len(set(here) & set(plan.criteria)), len(here)


def _is_due(plan: AccountPlan, today: date) -> bool:
    judged = plan.judged_on or plan.starts_on
    return plan.ended_at is None and (plan.review_on <= today or judged + YEAR < today)


@dataclass(frozen=True)
class PlanPage:
    """`team`: the lead first, each with her organisation. `criteria`: those agreed on or that the plan stands on, and whether it meets each."""

    plan: AccountPlan
    team: Sequence[tuple[Person, Organisation]]
    actions: Sequence[AccountAction]
    reviews: Sequence[AccountReview]
    criteria: Sequence[tuple[PlanCriterion, bool]]
    today: date
    can_pass: bool

    @property
    def open(self) -> list[AccountAction]:
        return [each for each in self.actions if each.done_at is None]

    @property
    def done(self) -> list[AccountAction]:
        return [each for each in self.actions if each.done_at is not None]


def plan_page(actor: Actor, pk: int) -> PlanPage:
    """Six statements at most. Raises NotFound."""
    plan = get_plan(actor, pk)
    members = plan.members.select_related("person", "organisation").order_by("id")
    team = [(plan.lead, plan.organisation), *((each.person, each.organisation) for each in members)]
    actions = list(plan.actions.select_related("person").order_by("by_day", "id"))
    reviews = list(plan.reviews.select_related("person").order_by("-day", "-id"))
    criteria = [(each, each.pk in plan.criteria) for each in criteria_of(plan)]
    return PlanPage(plan, team, actions, reviews, criteria, timezone.localdate(), len(team) > 1 and may_pass_lead(actor, plan))


def lead_sits(plan: AccountPlan) -> bool:
    """Whether whoever leads the plan still sits in the organisation for which she leads it. One statement."""
    seats = Seat.objects.on(timezone.localdate()).filter(person=plan.lead_id, person__deactivated_at=None)
    return seats.filter(organisation=plan.organisation_id).exists()


def may_lead(plan: AccountPlan) -> list[Visitor]:
    """Those of the team beside its lead who work here today. Two statements."""
    team = {f"{each.organisation_id}-{each.person_id}" for each in plan.members.all()}
    return [each for each in visitors_of(plan.region_id) if each.key in team]


def may_pass_lead(actor: Actor, plan: AccountPlan) -> bool:
    """The lead says who leads next; when she has left, whoever is on the team. One statement at most."""
    return plan.ended_at is None and (plan.lead_id == actor.person_id or not lead_sits(plan))


def criteria_of(plan: AccountPlan) -> list[PlanCriterion]:
    """Those of its region that are in force, and those by which it was begun. One statement."""
    return list(PlanCriterion.objects.filter(Q(region=plan.region_id, ended_at=None) | Q(pk__in=plan.criteria)).order_by("id"))


def plans_of_company(actor: Actor, company: Company) -> list[AccountPlan]:
    """Those on whose team the actor is. One statement."""
    return list(visible_plans(actor).filter(company=company).select_related("organisation").order_by("-id"))


@dataclass(frozen=True)
class PlanFigures:
    plans: int
    organisations: int
    actions: int
    done: int
    late: int
    reviews_late: int


def plan_figures(actor: Actor, region: Region) -> PlanFigures | None:
    """Two statements; None while there are fewer than five plans. Raises NotAllowed for who may not see the region's figures."""
    require_figures(actor, region.pk)
    with connection.cursor() as cursor:
        cursor.execute("select plans, organisations, actions, done, late, reviews_late from wall.relations_plan_figures(%s)", [region.pk])
        row = cursor.fetchone()
    return PlanFigures(*row) if row else None
