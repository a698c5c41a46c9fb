"""Before which meetings nobody has been asked how the measures go: of the group that approved an action plan, where plans are a point."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from luukku.governance.enums import Source
from luukku.governance.models import Meeting
from luukku.plans.enums import PlanState
from luukku.plans.models import Plan, Round
from luukku.plans.queries.overview import ACTION

ASK_BEFORE = timedelta(days=28)
ANSWER_BEFORE = timedelta(days=14)  # when the invitation leaves, with the figures
LEAST = timedelta(days=7)  # that whoever is asked has to answer
FRESH = timedelta(days=45)  # answers of so long ago serve the meeting still


@dataclass(frozen=True)
class Unasked:
    """An action plan that a coming meeting looks at."""

    plan: Plan
    meeting: Meeting

    @property
    def day(self) -> date:
        return timezone.localdate(self.meeting.starts_at)

    @property
    def ask_on(self) -> date:
        return self.day - ASK_BEFORE

    @property
    def answer_by(self) -> date:
        """When the invitation leaves; of what is asked late a week from today, but before the meeting."""
        return max(self.day - ANSWER_BEFORE, min(timezone.localdate() + LEAST, self.day - timedelta(days=1)))


def unasked(regions: Collection[int] | None, last: date) -> list[Unasked]:
    """Those of these regions (None: of all) whose day to ask is `last` or before, the next meeting of each plan. Three statements at most."""
    today = timezone.localdate()
    plans = Plan.objects.filter(kind__code=ACTION, organisation=None, person=None, parent=None, state=PlanState.FOLLOWED, decision__isnull=False)
    plans = plans.filter(year__lte=today.year, last_year__gte=today.year)
    if regions is not None:
        plans = plans.filter(region__in=regions)
    followed = list(plans.select_related("kind", "region", "decision").order_by("id"))
    if not followed:
        return []
    coming = _coming({_group(plan) for plan in followed}, last)
    found = [Unasked(plan, coming[_group(plan)]) for plan in followed if _group(plan) in coming]
    fresh = _asked([each.plan.pk for each in found], today) if found else {}
    return [each for each in found if not any(each.day - FRESH <= day <= each.day for day in fresh.get(each.plan.pk, ()))]


def _group(plan: Plan) -> int:
    return plan.decision.group_id if plan.decision is not None else 0


def _coming(groups: Collection[int], last: date) -> dict[int, Meeting]:
    """The next meeting of each that looks at plans."""
    coming = Meeting.objects.standing().filter(group__in=groups, starts_at__gt=timezone.now(), starts_at__date__lte=last + ASK_BEFORE)
    looks = coming.filter(agendaitems__source=Source.PLANS).distinct().select_related("group__region", "group__area")
    found: dict[int, Meeting] = {}
    for meeting in looks.order_by("starts_at", "id"):
        found.setdefault(meeting.group_id, meeting)
    return found


def _asked(plans: Collection[int], today: date) -> dict[int, list[date]]:
    """Until when rounds of the plans take or took answers."""
    found: dict[int, list[date]] = {}
    for plan, day in Round.objects.filter(plan__in=plans, due_on__gte=today - FRESH).values_list("plan", "due_on"):
        found.setdefault(plan, []).append(day)
    return found
