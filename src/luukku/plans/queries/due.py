"""What of plans waits for one person: measures, reports, who is to be asked, drafts to comment on, years to close, shares to confirm, answers."""

from datetime import date, timedelta

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.registries import DueThing
from luukku.core.ui.times import day_text
from luukku.network.enums import Role
from luukku.plans.access import APPROVERS, held_parts
from luukku.plans.enums import Light, PlanState, ProposalState
from luukku.plans.models import Plan, Proposal, RoundPart, Share
from luukku.plans.queries.figures_due import unasked
from luukku.plans.queries.pages import my_measures

SOON = timedelta(days=30)
COMMENTERS = (Role.COORDINATOR, Role.STEERING_CHAIR, Role.STEERING_MEMBER, Role.WORKING_CHAIR, Role.WORKING_MEMBER, Role.ORGANISATION_HEAD)


def my_due(actor: Actor) -> list[DueThing]:
    """The earliest first. Ten statements at most."""
    today = timezone.localdate()
    found = []
    for row in my_measures(actor):
        day = min([point.day for point in row.points if point.done_at is None] + [row.measure.due_on])
        if row.light in (Light.BEHIND, Light.SILENT):
            day = min(day, today)
        if day <= today + SOON:
            name = f"{row.measure.plan.name or row.measure.plan.kind.name} {row.measure.plan.years}"
            words = _("Say how it goes: %(words)s") % {"words": row.measure.words}
            found.append(DueThing(day, words, name, reverse("plans:measure", kwargs={"pk": row.measure.pk})))
    return sorted(
        [*found, *_rounds(actor), *_unasked(actor, today), *_plans(actor, today), *_shares(actor), *_proposals(actor, today)],
        key=lambda each: (each.day, each.words),
    )


def _rounds(actor: Actor) -> list[DueThing]:
    """Rounds of reporting that ask a seat of hers and have no answer. One statement."""
    waiting = RoundPart.objects.filter(held_parts(actor), answered_at=None, round__opened_at__isnull=False, round__closed_at=None)
    return [
        DueThing(
            part.round.due_on, _("Report how the measures go: %(name)s") % {"name": f"{part.plan.name or part.plan.kind.name} {part.plan.years}"},
            part.round.name, reverse("plans:part", kwargs={"pk": part.pk}),
        )
        for part in waiting.select_related("round", "plan__kind").order_by("round__due_on", "id")
    ]  # fmt: skip


def _unasked(actor: Actor, today: date) -> list[DueThing]:
    """Plans of which nobody has been asked before a coming meeting, for who may ask. Three statements at most."""
    asks = {seat.region_id for seat in actor.seats if seat.role == Role.COORDINATOR and seat.region_id is not None}
    return [
        DueThing(
            each.ask_on, _("Ask how the measures go before the meeting of %(day)s") % {"day": day_text(each.day)},
            f"{each.plan.name or each.plan.kind.name} {each.plan.years}",
            f"{reverse('plans:round_new', kwargs={'pk': each.plan.pk})}?kokous={each.meeting.pk}",
        )
        for each in (unasked(asks, today + SOON) if asks else ())
    ]  # fmt: skip


def _plans(actor: Actor, today: date) -> list[DueThing]:
    """Drafts of her regions that are out for comments; plans of years that are over, for who closes them. One statement."""
    reads = {seat.region_id for seat in actor.seats if seat.role in COMMENTERS and seat.region_id is not None}
    closes = {seat.region_id for seat in actor.seats if seat.role in APPROVERS and seat.region_id is not None}
    if not reads:
        return []
    found = []
    for plan in Plan.objects.filter(region__in=reads, person=None, state__in=(PlanState.COMMENTS, PlanState.FOLLOWED)).select_related("kind"):
        name, url = f"{plan.name or plan.kind.name} {plan.years}", reverse("plans:plan", kwargs={"pk": plan.pk})
        if plan.state == PlanState.COMMENTS and plan.comments_until is not None and plan.comments_until >= today - SOON:
            found.append(DueThing(plan.comments_until, _("Comment on the draft: %(name)s") % {"name": name}, "", url))
        elif plan.state == PlanState.FOLLOWED and plan.region_id in closes and plan.last_year < today.year:
            found.append(DueThing(date(plan.last_year + 1, 1, 31), _("Close the year: %(name)s") % {"name": name}, "", url))
    return found


def _shares(actor: Actor) -> list[DueThing]:
    """Shares of the common costs that her organisation has not confirmed as they stand; by the beginning of the plan's year. One statement."""
    led = {seat.organisation_id for seat in actor.seats if seat.role == Role.ORGANISATION_HEAD}
    if not led:
        return []
    waiting = Share.objects.filter(organisation__in=led).exclude(plan__state=PlanState.CLOSED).exclude(confirmed_sum=F("planned"))
    return [
        DueThing(
            date(share.plan.year, 1, 1),
            _("Confirm our share of the costs: %(name)s") % {"name": f"{share.plan.name or share.plan.kind.name} {share.plan.years}"},
            share.organisation.name, reverse("plans:shares", kwargs={"pk": share.plan_id}),
        )
        for share in waiting.select_related("plan__kind", "organisation").order_by("plan__year", "id")
    ]  # fmt: skip


def _proposals(actor: Actor, today: date) -> list[DueThing]:
    """Proposals to others whose answer is wanted soon, for who writes it down. One statement."""
    keeps = {seat.region_id for seat in actor.seats if seat.role in APPROVERS and seat.region_id is not None}
    if not keeps:
        return []
    waiting = Proposal.objects.filter(region__in=keeps, state=ProposalState.SENT, answer_by__lte=today + SOON)
    return [
        DueThing(
            proposal.answer_by, _("Has it been answered? A proposal to %(body)s") % {"body": proposal.to_body}, proposal.words[:80],
            reverse("plans:proposal", kwargs={"pk": proposal.pk}),
        )
        for proposal in waiting.order_by("answer_by", "id")
        if proposal.answer_by is not None
    ]  # fmt: skip
