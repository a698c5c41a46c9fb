"""Ideas are sorted and answered; proposals to other bodies are sent, and their answers written down; organisations tell their strategies."""

from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import mail, trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.submissions import once
from luukku.desk.actions.work import checked_words
from luukku.governance.models import Decision
from luukku.network.access import require
from luukku.network.enums import LanguageCode
from luukku.network.models import Region
from luukku.plans.access import can_begin, can_write, party_regions
from luukku.plans.enums import IdeaFrom, IdeaState, ProposalState
from luukku.plans.models import Idea, Measure, Plan, Proposal

TOLD, SILENT = timedelta(days=14), timedelta(days=365)  # so long an address is kept once it was answered, or though nobody answers


def give_idea(
    *, by: Actor, region: Region, words: str, came: str = IdeaFrom.STAFF, submit_key: str | None = None, at: datetime | None = None
) -> Idea:
    """Into the region's one box, by anybody of its parties. Raises NotAllowed, RuleBroken."""
    require(by.kind == "house" or region.pk in party_regions(by))
    text = checked_words(words, field="words")
    if came not in IdeaFrom.values:
        raise RuleBroken(_("Choose where it comes from."), field="came")

    def make() -> int:
        made = Idea.objects.create(region=region, words=text, came=came, person_id=by.person_id, created_at=at or timezone.now())
        trail.record("idea.given", made, by=by, region_id=region.pk, at=at, came=came)
        return made.pk

    with transaction.atomic():
        return Idea.objects.get(pk=once(submit_key, make, "idea", region.pk, text))


def give_idea_outside(
    *, by: Actor, region: Region, words: str, email: str = "", language: str = LanguageCode.FI, submit_key: str | None = None
) -> int:
    """A customer's idea, from the region's door; who leaves an address is told the answer there, and the address is then forgotten. Returns the
    idea's key. Raises RuleBroken."""
    text = checked_words(words, field="words")
    if not region.is_live:
        raise RuleBroken(_("The region's door is not open."), field="region")

    def make() -> int:
        with connection.cursor() as cursor:
            given: list[int | str] = [region.pk, text, email.strip(), language]
            cursor.execute("select wall.plans_give_idea(%s, %s, %s, %s)", given)
            key = int(cursor.fetchone()[0])
        trail.record("idea.given", Idea(pk=key), by=by, region_id=region.pk, came=IdeaFrom.CUSTOMER.value)
        return key

    with transaction.atomic():
        return once(submit_key, make, "idea", region.pk, text)


def forget_addresses(now: datetime) -> int:
    """Addresses of customers who have been told the answer, or who nobody has answered in a year. As the house; returns how many."""
    told, silent = Q(answered_at__lt=now - TOLD), Q(created_at__lt=now - SILENT)
    return Idea.objects.filter(told | silent).exclude(email="").update(email="")


def answer_idea(
    *,
    by: Actor,
    idea: Idea,
    state: str,
    answer: str = "",
    decision: Decision | None = None,
    measure: Measure | None = None,
    at: datetime | None = None,
) -> Idea:
    """Looked at, taken up or not, with an answer and what came of it. Raises NotAllowed, RuleBroken."""
    require(can_begin(by, idea.region_id))
    if state not in IdeaState.values or state == IdeaState.NEW:
        raise RuleBroken(_("Choose what is done of it."), field="state")
    if state != IdeaState.SORTED and not answer.strip():
        raise RuleBroken(_("Write the answer: whoever gave it reads it here."), field="answer")
    _same_region(idea.region_id, decision, measure)
    with transaction.atomic():
        found = Idea.objects.select_for_update(of=("self",)).get(pk=idea.pk)
        found.state, found.answer, found.decision, found.measure = state, answer.strip(), decision, measure
        found.answered_at = (at or timezone.now()) if state != IdeaState.SORTED else None
        found.save(update_fields=["state", "answer", "decision", "measure", "answered_at"])
        trail.record("idea.answered", found, by=by, region_id=found.region_id, at=at, state=state)
        if found.email and found.answered_at is not None and state != idea.state:
            mail.queue("plans.idea", found)
    return found


def _same_region(region_id: int, decision: Decision | None, measure: Measure | None) -> None:
    if decision is not None and decision.group.region_id != region_id:
        raise RuleBroken(_("Choose a decision of this region."), field="decision")
    if measure is not None and measure.plan.region_id != region_id:
        raise RuleBroken(_("Choose a measure of this region."), field="measure")


def send_proposal(
    *, by: Actor, region: Region, to_body: str, words: str, sent_on: date, answer_by: date | None = None, decision: Decision | None = None,
    measure: Measure | None = None, plan: Plan | None = None, submit_key: str | None = None, at: datetime | None = None,
) -> Proposal:  # fmt: skip
    """What is proposed to another body, and by when its answer is wanted; `plan`: the list of decisions on which it stands. Raises NotAllowed,
    RuleBroken."""
    require(can_begin(by, region.pk))
    if not to_body.strip():
        raise RuleBroken(_("Write to whom it is proposed."), field="to_body")
    text = checked_words(words, field="words")
    if answer_by is not None and answer_by < sent_on:
        raise RuleBroken(_("The answer is wanted before it was sent. Mend the days."), field="answer_by")
    _same_region(region.pk, decision, measure)
    if plan is not None and (plan.region_id != region.pk or not can_write(by, plan)):
        raise RuleBroken(_("Choose a list of this region."), field="plan")

    def make() -> int:
        made = Proposal.objects.create(
            region=region, to_body=to_body.strip()[:160], words=text, sent_on=sent_on, answer_by=answer_by, decision=decision, measure=measure,
            plan=plan, created_at=at or timezone.now(),
        )  # fmt: skip
        trail.record("proposal.sent", made, by=by, region_id=region.pk, at=at)
        return made.pk

    with transaction.atomic():
        return Proposal.objects.get(pk=once(submit_key, make, "proposal", region.pk, text))


def answer_proposal(*, by: Actor, proposal: Proposal, state: str, answered_on: date, answer: str = "", at: datetime | None = None) -> Proposal:
    """What the other body answered, and when. Raises NotAllowed, RuleBroken."""
    require(can_begin(by, proposal.region_id))
    if state not in ProposalState.values or state == ProposalState.SENT:
        raise RuleBroken(_("Choose what was answered."), field="state")
    if answered_on < proposal.sent_on:
        raise RuleBroken(_("It was answered before it was sent. Mend the day."), field="answered_on")
    with transaction.atomic():
        found = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
        found.state, found.answered_on, found.answer = state, answered_on, answer.strip()
        found.save(update_fields=["state", "answered_on", "answer"])
        trail.record("proposal.answered", found, by=by, region_id=found.region_id, at=at, state=state)
    return found
