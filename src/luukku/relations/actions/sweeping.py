"""What is due reaches somebody by mail, once: a lead that nobody answers, a next step after a visit, an action or
a review of an account plan, facts of companies that wait, companies that nobody has met."""

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from luukku.core.actor import HOUSE, Actor
from luukku.core.errors import NotAllowed
from luukku.core.worktime import next_opening
from luukku.desk.actions.handover.turns import told_at
from luukku.desk.queries.doors import work_calendar
from luukku.network.models import Desk
from luukku.relations.actions.telling import tell_of_facts, tell_of_lead, tell_of_unmet, tell_team, tell_visitors
from luukku.relations.enums import FactState, LeadState
from luukku.relations.models import AccountAction, AccountPlan, FactLead, Lead, VisitReport, VisitTarget
from luukku.relations.queries.account_plans import YEAR, lead_sits
from luukku.relations.queries.targets import left_of

UNMET_MONTHS = (4, 8, 10)  # in which it is told that companies are left to meet: there is time to, and nobody is on holiday
UNMET_DAYS = 14  # of such a month; a target set later in it is known to whoever set it


def remind(*, by: Actor, at: datetime | None = None) -> int:
    """Returns how many things were reminded of. Raises NotAllowed for others than the house."""
    if by.kind != "house":
        raise NotAllowed
    now = at or timezone.now()
    return _leads(now) + _steps(now) + _actions(now) + _reviews(now)


def tell_facts(*, by: Actor, at: datetime | None = None) -> int:
    """On a working day of the desk, once for each fact: its people hear how many wait. Returns how many facts. Raises NotAllowed for others than
    the house."""
    if by.kind != "house":
        raise NotAllowed
    now = at or timezone.now()
    untold = FactLead.objects.filter(state=FactState.WAITS, told_at=None)
    desks = Desk.objects.filter(pk__in=untold.values("desk"), deactivated_at=None).select_related("organisation").order_by("pk")
    return sum(_tell_desk(desk, now) for desk in desks if _works_on(desk, now))


def tell_unmet(*, by: Actor, at: datetime | None = None) -> int:
    """Three times a year, on a working day: organisations that mean to meet more companies than they have met or planned hear of it, and of how
    many nobody has met. Returns how many organisations. Raises NotAllowed for others than the house."""
    if by.kind != "house":
        raise NotAllowed
    now = at or timezone.now()
    today = timezone.localdate(now)
    if today.month not in UNMET_MONTHS or today.day > UNMET_DAYS:
        return 0
    return sum(_tell_unmet(target, today, now) for target in _unreminded(today))


def _unreminded(today: date) -> "QuerySet[VisitTarget]":
    lately = Q(reminded_on__gt=today - timedelta(days=UNMET_DAYS))
    found = VisitTarget.objects.select_for_update(of=("self",), skip_locked=True).filter(year=today.year).exclude(lately)
    return found.select_related("region", "organisation").order_by("pk")


def _tell_unmet(target: VisitTarget, today: date, now: datetime) -> bool:
    if not left_of(target).unplanned:
        return False
    desks = Desk.objects.filter(region=target.region_id, organisation=target.organisation_id, deactivated_at=None).order_by("-is_front", "pk")
    desk = next((each for each in desks if _works_on(each, now)), None)
    if desk is None or not tell_of_unmet(target, desk):
        return False
    target.reminded_on = today
    target.save(update_fields=["reminded_on"])
    return True


def _works_on(desk: Desk, now: datetime) -> bool:
    """Whether the desk is open on that day."""
    day = timezone.localtime(now).replace(hour=0, minute=0)
    return timezone.localdate(next_opening(work_calendar(desk), day)) == timezone.localdate(now)


def _tell_desk(desk: Desk, now: datetime) -> int:
    untold = FactLead.objects.select_for_update(skip_locked=True).filter(desk=desk, state=FactState.WAITS, told_at=None)
    found = list(untold.order_by("pk").values_list("pk", flat=True))
    if not found or not tell_of_facts(desk):
        return 0
    return FactLead.objects.filter(pk__in=found).update(told_at=now)


def _leads(now: datetime) -> int:
    late = (
        Lead.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("to_desk")
        .filter(state=LeadState.NEW, due_at__lt=now, reminded_at=None)
    )
    found = list(late.order_by("pk"))
    for lead in found:
        tell_of_lead(lead, "late", told_at(lead.to_desk, lead.to_person_id), by=HOUSE)
    Lead.objects.filter(pk__in=[each.pk for each in found]).update(reminded_at=now)
    return len(found)


def _steps(now: datetime) -> int:
    waits = Q(next_on__lte=timezone.localdate(now), next_done_at=None, reminded_at=None) & ~Q(next_step="")
    found = list(VisitReport.objects.select_for_update(of=("self",), skip_locked=True).select_related("visit").filter(waits).order_by("pk"))
    for report in found:
        tell_visitors(report.visit, "step", [report.person_id], by=HOUSE)
    VisitReport.objects.filter(pk__in=[each.pk for each in found]).update(reminded_at=now)
    return len(found)


def _actions(now: datetime) -> int:
    waits = Q(by_day__lte=timezone.localdate(now), done_at=None, reminded_at=None, plan__ended_at=None)
    found = list(AccountAction.objects.select_for_update(of=("self",), skip_locked=True).select_related("plan").filter(waits).order_by("pk"))
    for action in found:
        tell_team(action.plan, "due", [action.person_id], by=HOUSE)
    AccountAction.objects.filter(pk__in=[each.pk for each in found]).update(reminded_at=now)
    return len(found)


def _reviews(now: datetime) -> int:
    today = timezone.localdate(now)
    due = Q(review_on__lte=today) | Q(judged_on__lt=today - YEAR)
    waits = due & Q(ended_at=None, reminded_at=None)
    found = list(AccountPlan.objects.select_for_update(skip_locked=True).filter(waits).order_by("pk"))
    for plan in found:
        if lead_sits(plan):
            tell_team(plan, "review", [plan.lead_id], by=HOUSE)
        else:
            tell_team(plan, "unled", plan.members.values_list("person", flat=True), by=HOUSE)
    AccountPlan.objects.filter(pk__in=[each.pk for each in found]).update(reminded_at=now)
    return len(found)
