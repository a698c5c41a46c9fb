"""What waits for one person in the work with companies: steps agreed on visits, reports not yet written, leads, and her account plans."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.registries import DueThing
from luukku.network.models import Seat
from luukku.relations.access import visible_leads, visible_plans, visible_visits
from luukku.relations.enums import LeadState, VisitState
from luukku.relations.models import AccountAction, AccountPlan, VisitReport
from luukku.relations.queries.account_plans import YEAR

SOON = timedelta(days=30)
MOST = 100


def my_due(actor: Actor) -> list[DueThing]:
    """The earliest first. Five statements at most."""
    if not actor.is_staff or actor.person_id is None:
        return []
    today = timezone.localdate()
    found = [*_steps(actor, today), *_reports(actor, today), *_leads(actor), *_actions(actor, today), *_plans(actor, today)]
    return sorted(found, key=lambda each: (each.day, each.words))


def led_today(today: date) -> Exists:
    """Of account plans: whoever leads still sits in the organisation for which she leads."""
    seats = Seat.objects.on(today).filter(person=OuterRef("lead"), organisation=OuterRef("organisation"), person__deactivated_at=None)
    return Exists(seats)


def _steps(actor: Actor, today: date) -> Iterator[DueThing]:
    own = VisitReport.objects.filter(person=actor.person_id or 0, visit__in=visible_visits(actor), next_done_at=None, next_on__lte=today + SOON)
    for each in own.exclude(next_step="").select_related("visit__company").order_by("next_on", "id")[:MOST]:
        if each.next_on is not None:
            yield DueThing(each.next_on, each.next_step, each.visit.company.name, reverse("relations:visit", args=[each.visit_id]))


def _reports(actor: Actor, today: date) -> Iterator[DueThing]:
    held = visible_visits(actor).filter(parties__person=actor.person_id, state=VisitState.PLANNED, day__lt=today)
    for each in held.select_related("company").order_by("day", "id")[:MOST]:
        if each.day is not None:
            yield DueThing(each.day, _("Write what came of the visit"), each.company.name, reverse("relations:visit", args=[each.pk]))


def _leads(actor: Actor) -> Iterator[DueThing]:
    own = visible_leads(actor).filter(to_person=actor.person_id, state=LeadState.NEW)
    for each in own.select_related("company").order_by("due_at", "id")[:MOST]:
        words = _("Take the lead, or say why it is not for you")
        yield DueThing(timezone.localdate(each.due_at), words, each.company.name, reverse("relations:lead", args=[each.pk]))


def _actions(actor: Actor, today: date) -> Iterator[DueThing]:
    own = AccountAction.objects.filter(person=actor.person_id or 0, plan__in=visible_plans(actor), done_at=None, plan__ended_at=None)
    for each in own.filter(by_day__lte=today + SOON).select_related("plan__company").order_by("by_day", "id")[:MOST]:
        yield DueThing(each.by_day, each.what, each.plan.company.name, reverse("relations:plan", args=[each.plan_id]))


def _plans(actor: Actor, today: date) -> Iterator[DueThing]:
    """Those that she leads and that are to be looked at; and those of her teams whose lead has left."""
    for each in _to_look_at(actor, today).select_related("company").order_by("review_on", "id")[:MOST]:
        url = reverse("relations:plan", args=[each.pk])
        if each.lead_id != actor.person_id:
            yield DueThing(today, _("Its lead has left: say who leads the account plan next"), each.company.name, url)
        else:
            day = min(each.review_on, (each.judged_on or each.starts_on) + YEAR)
            yield DueThing(day, _("Look at the account plan with its team"), each.company.name, url)


def _to_look_at(actor: Actor, today: date) -> "QuerySet[AccountPlan]":
    last = today + SOON
    judged = Q(judged_on__lte=last - YEAR) | Q(judged_on=None, starts_on__lte=last - YEAR)
    mine = Q(lead=actor.person_id) & (Q(review_on__lte=last) | judged)
    return visible_plans(actor).filter(mine | (~Q(lead=actor.person_id) & ~led_today(today)), ended_at=None)
