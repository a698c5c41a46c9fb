"""A round of reporting: asked of every seat that leads a measure, answered on one page, compiled and closed by the coordinating office."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import mail, trail
from luukku.core.actor import HOUSE, Actor
from luukku.core.errors import RuleBroken
from luukku.core.models import OutgoingMail
from luukku.core.submissions import once
from luukku.desk.actions.work import check_length
from luukku.governance.actions.clock import keepers
from luukku.network.access import require
from luukku.network.models import Person
from luukku.plans.access import can_answer, can_approve
from luukku.plans.actions.deciding import freeze
from luukku.plans.actions.following import Report, report
from luukku.plans.actions.plans import locked
from luukku.plans.enums import MeasureState, PlanState, SnapshotKind
from luukku.plans.models import Measure, MeasureSeat, Plan, Round, RoundPart
from luukku.plans.models.measures import MeasureQuerySet
from luukku.plans.queries.figures_due import unasked
from luukku.plans.queries.people import holders

BEFORE = timedelta(days=7)  # so long before the last day whoever has not answered is reminded
AGAIN = timedelta(days=7)  # and after it once a week
MOST_WEEKS = 8  # then it is the coordinating office's to ask in person


@dataclass(frozen=True)
class RoundForm:
    """What a round is called, what is asked for, from when to when."""

    name: str
    opens_on: date
    due_on: date
    asks: str = ""


def plan_round(*, by: Actor, plan: Plan, form: RoundForm, submit_key: str | None = None, at: datetime | None = None) -> Round:
    """Asked at once when its first day has come, else on that day's morning. Raises NotAllowed, RuleBroken."""
    require(can_approve(by, plan))
    _check(form)

    def make() -> int:
        found = locked(plan)
        if found.state != PlanState.FOLLOWED or found.person_id is not None:
            raise RuleBroken(_("Only a plan that is approved and followed is reported on."))
        moment = at or timezone.now()
        made = Round.objects.create(plan=found, created_at=moment, **_columns(form))
        trail.record("round.planned", made, by=by, region_id=found.region_id, at=at, plan=found.pk)
        if form.opens_on <= timezone.localdate(moment):
            _open(by, made, moment)
        return made.pk

    with transaction.atomic():
        return Round.objects.select_related("plan__region").get(pk=once(submit_key, make, "round", plan.pk, form.name, form.opens_on))


def _check(form: RoundForm) -> None:
    if not form.name.strip():
        raise RuleBroken(_("Give the round a name."), field="name")
    if form.due_on < form.opens_on:
        raise RuleBroken(_("It ends before it begins. Mend the days."), field="due_on")
    check_length(form.asks, field="asks")


def _columns(form: RoundForm) -> dict[str, object]:
    return {"name": form.name.strip()[:80], "asks": form.asks.strip(), "opens_on": form.opens_on, "due_on": form.due_on}


def edit_round(*, by: Actor, round_: Round, form: RoundForm, at: datetime | None = None) -> Round:
    """Its words and days until it is closed; the first day only before it is asked. Raises NotAllowed, RuleBroken."""
    require(can_approve(by, round_.plan))
    _check(form)
    with transaction.atomic():
        found = _locked(round_)
        columns = _columns(form) | ({"opens_on": found.opens_on} if found.opened_at is not None else {})
        for name, value in columns.items():
            setattr(found, name, value)
        if found.due_on < found.opens_on:
            raise RuleBroken(_("It ends before it begins. Mend the days."), field="due_on")
        found.save(update_fields=list(columns))
        trail.record("round.edited", found, by=by, region_id=found.plan.region_id, at=at, plan=found.plan_id)
        moment = at or timezone.now()
        if found.opened_at is None and found.opens_on <= timezone.localdate(moment):
            _open(by, found, moment)
    return found


def remove_round(*, by: Actor, round_: Round) -> None:
    """One that has not been asked yet. Raises NotAllowed, RuleBroken."""
    require(can_approve(by, round_.plan))
    with transaction.atomic():
        found = _locked(round_)
        if found.opened_at is not None:
            raise RuleBroken(_("It has been asked already: close it instead."))
        trail.record("round.removed", found, by=by, region_id=found.plan.region_id, plan=found.plan_id)
        found.delete()


def _locked(round_: Round) -> Round:
    locked(round_.plan)
    found = Round.objects.select_for_update(of=("self",)).select_related("plan__region", "plan__kind", "plan__organisation").get(pk=round_.pk)
    if found.closed_at is not None:
        raise RuleBroken(_("The round is closed."))
    return found


def _open(by: Actor, round_: Round, moment: datetime) -> None:
    """Every seat that leads a measure which has not been given up gets its part, and a mail."""
    if Round.objects.filter(plan=round_.plan_id, opened_at__isnull=False, closed_at=None).exclude(pk=round_.pk).exists():
        raise RuleBroken(_("A round is open already: close it first."), field="opens_on")
    leads = MeasureSeat.objects.filter(plan=round_.plan_id, is_lead=True).exclude(measure__state=MeasureState.DROPPED)
    keys = list(dict.fromkeys(seat.key for seat in leads.order_by("measure__number")))
    if not keys:
        raise RuleBroken(_("No seat answers for any measure, so there is nobody to ask."))
    round_.opened_at = moment
    round_.save(update_fields=["opened_at"])
    parts = RoundPart.objects.bulk_create(
        RoundPart(round=round_, plan_id=round_.plan_id, role=role, organisation_id=organisation, area_id=area) for role, organisation, area in keys
    )
    trail.record("round.opened", round_, by=by, region_id=round_.plan.region_id, at=moment, plan=round_.plan_id, parts=len(parts))
    for part in parts:
        _ask(part)


def _ask(part: RoundPart) -> None:
    mail.queue_for_each("plans.round", Person, [person.pk for person in holders(part.round.plan.region, part.key)[:3]], part=part.pk)


def answer_part(*, by: Actor, part: RoundPart, words: str, said: Mapping[int, Report], at: datetime | None = None) -> RoundPart:
    """Of each of its measures (by key) how it goes, and a word of the whole; until the round is closed it may be said anew. Raises NotAllowed,
    RuleBroken."""
    require(can_answer(by, part))
    check_length(words, field="words")
    with transaction.atomic():
        round_ = _locked(part.round)
        if not round_.is_open:
            raise RuleBroken(_("It has not been asked yet."))
        found = RoundPart.objects.select_for_update(of=("self",)).get(pk=part.pk)
        measures = list(asked(found).order_by("number"))
        missing = [each.number for each in measures if each.pk not in said]
        if missing:
            raise RuleBroken(_("Say of each measure how far it is: number %(n)s lacks it.") % {"n": missing[0]})
        for measure in measures:
            report(by=by, measure=measure, said=said[measure.pk], part=found, at=at)
        found.words, found.answered_at, found.person_id = words.strip(), at or timezone.now(), by.person_id
        found.save(update_fields=["words", "answered_at", "person"])
        trail.record("round.answered", round_, by=by, region_id=round_.plan.region_id, at=at, plan=round_.plan_id, measures=len(measures))
    return found


def asked(part: RoundPart) -> MeasureQuerySet:
    """The measures of which a part asks: those that its seat leads and that have not been given up."""
    lead = Q(seats__is_lead=True, seats__role=part.role, seats__organisation=part.organisation_id, seats__area=part.area_id)
    found = Measure.objects.filter(lead, plan=part.plan_id).exclude(state=MeasureState.DROPPED)
    return found.select_related("plan__kind", "plan__region", "plan__organisation", "part")


def close_round(*, by: Actor, round_: Round, summary: str, is_public: bool = False, at: datetime | None = None) -> Round:
    """The report is compiled: nobody adds to it any more, and the plan's state is kept as it is now. Raises NotAllowed, RuleBroken."""
    require(can_approve(by, round_.plan))
    check_length(summary, field="summary")
    with transaction.atomic():
        found = _locked(round_)
        if found.opened_at is None:
            raise RuleBroken(_("It has not been asked yet."))
        found.summary, found.is_public, found.closed_at = summary.strip(), is_public, at or timezone.now()
        found.save(update_fields=["summary", "is_public", "closed_at"])
        frozen = freeze(found.plan, SnapshotKind.REPORTED, at)
        facts = {"plan": found.plan_id, "answered": found.parts.filter(answered_at__isnull=False).count(), "snapshot": frozen.number}
        trail.record("round.closed", found, by=by, region_id=found.plan.region_id, at=at, **facts)
    return found


def tell_unasked(now: datetime) -> int:
    """Who coordinates hears once that a meeting which looks at a plan is near and nobody has been asked how its measures go. As the house; returns
    how many were told."""
    told = 0
    for each in unasked(None, timezone.localdate(now)):
        mails = OutgoingMail.objects.filter(kind="plans.unasked", subject_id=each.plan.pk, facts__meeting=each.meeting.pk)
        for person in () if mails.exists() else keepers(each.meeting.group):
            mail.queue("plans.unasked", each.plan, person=person, meeting=each.meeting.pk)
            told += 1
    return told


def keep_rounds(now: datetime) -> int:
    """Rounds whose day has come are asked; who has not answered is reminded a week before the last day, on it, and weekly after. As the house;
    returns how many were reminded."""
    today = timezone.localdate(now)
    coming = Round.objects.filter(opens_on__lte=today, opened_at=None, plan__state=PlanState.FOLLOWED)
    for round_ in coming.select_related("plan__region").order_by("id"):
        try:
            with transaction.atomic():
                _open(HOUSE, round_, now)
        except RuleBroken:
            continue  # the one before is still open: asked once that is closed
    waiting = RoundPart.objects.filter(
        Q(reminded_on=None) | Q(reminded_on__lte=today - AGAIN), answered_at=None, round__opened_at__isnull=False, round__closed_at=None,
        round__opened_at__lt=now - timedelta(days=1), round__due_on__lte=today + BEFORE, round__due_on__gte=today - MOST_WEEKS * AGAIN,
    )  # fmt: skip
    reminded = 0
    for part in waiting.select_related("round__plan__region").order_by("id"):
        part.reminded_on = today
        part.save(update_fields=["reminded_on"])
        _ask(part)
        reminded += 1
    return reminded
