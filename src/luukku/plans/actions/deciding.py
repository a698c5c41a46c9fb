"""A plan is approved by a recorded decision and frozen as it was; at the year's end it is closed, and what was not done goes on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import mail, trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.desk.actions.work import check_length
from luukku.governance.actions.minutes import decide
from luukku.governance.models import AgendaItem, Decision, Meeting
from luukku.network.access import require
from luukku.plans.access import can_approve, can_write
from luukku.plans.actions.measures import MeasureForm, add_measure, form_of
from luukku.plans.actions.parts import same_part
from luukku.plans.actions.plans import BeginForm, begin_plan, locked
from luukku.plans.enums import ENDED, OPEN, MeasureState, NoteKind, PlanState, SnapshotKind
from luukku.plans.models import Measure, MeasureSeat, Note, Plan, Snapshot
from luukku.plans.queries.frozen import body_of, digest_of_body
from luukku.plans.queries.people import party_people


@dataclass(frozen=True)
class Approval:
    """How a plan was approved: by a decision that stands in some minutes, in a meeting whose minutes are being written, or elsewhere, in words."""

    decision: Decision | None = None
    meeting: Meeting | None = None
    item: AgendaItem | None = None
    words: str = ""


@dataclass(frozen=True)
class Ending:
    """What came of a measure by the year's end, and whether it goes on next year."""

    state: str
    outcome: str = ""
    carry: bool = False


def approve_plan(*, by: Actor, plan: Plan, approval: Approval, at: datetime | None = None) -> Plan:
    """The draft is approved, frozen and followed from now on. Raises NotAllowed, RuleBroken with what it still lacks."""
    require(can_approve(by, plan))
    with transaction.atomic():
        found = locked(plan)
        if found.state not in OPEN:
            raise RuleBroken(_("It has been approved already."))
        _check_whole(found)
        decision = _decision(by, found, approval, at)
        found.decision, found.approved_words = decision, approval.words.strip()[:200]
        found.state, found.approved_at = PlanState.FOLLOWED, at or timezone.now()
        found.save(update_fields=["decision", "approved_words", "state", "approved_at"])
        Measure.objects.filter(plan=found).update(touched_at=found.approved_at)
        frozen = freeze(found, SnapshotKind.APPROVED, at)
        trail.record(
            "plan.approved", found, by=by, region_id=found.region_id, at=at, decision=decision.pk if decision else None, snapshot=frozen.number
        )
        if found.person_id is None:
            for person in party_people(found.region_id):
                if person != by.person_id:
                    mail.queue("plans.approved", found, person=person)
    return found


def _check_whole(plan: Plan) -> None:
    """Each measure has a seat that leads it: nobody answers for what everybody answers for."""
    measures = Measure.objects.filter(plan=plan)
    if not measures.exists():
        raise RuleBroken(_("Write at least one measure first."))
    if plan.person_id is None:
        led = MeasureSeat.objects.filter(plan=plan, is_lead=True).values("measure")
        bare = list(measures.exclude(pk__in=led).order_by("number").values_list("number", flat=True))
        if bare:
            raise RuleBroken(_("Nobody answers for these measures yet: %(numbers)s.") % {"numbers": ", ".join(map(str, bare))})
    if Note.objects.filter(plan=plan, kind=NoteKind.COMMENT, settled_at=None).exists():
        raise RuleBroken(_("Some comments wait for an answer. Answer them first."))


def _decision(by: Actor, plan: Plan, approval: Approval, at: datetime | None) -> Decision | None:
    if approval.decision is not None:
        if approval.decision.group.region_id != plan.region_id:
            raise RuleBroken(_("Choose a decision of this region."), field="decision")
        return approval.decision
    if approval.meeting is not None:
        if approval.meeting.group.region_id != plan.region_id:
            raise RuleBroken(_("Choose a decision of this region."), field="decision")
        words = _("%(plan)s %(year)s is approved.") % {"plan": plan.name or plan.kind.name, "year": plan.years}
        return decide(by=by, meeting=approval.meeting, words=words, item=approval.item, at=at)
    if plan.kind.needs_decision:
        raise RuleBroken(_("Choose the decision by which it was approved."), field="decision")
    if plan.person_id is None and not approval.words.strip():
        raise RuleBroken(_("Write who has approved it, and when."), field="words")
    return None


def freeze(plan: Plan, kind: str, at: datetime | None = None) -> Snapshot:
    """The plan as it is now, kept for ever."""
    body = body_of(plan)
    number = Snapshot.objects.filter(plan=plan).count() + 1
    return Snapshot.objects.create(plan=plan, number=number, kind=kind, at=at or timezone.now(), body=body, digest=digest_of_body(body))


def close_plan(*, by: Actor, plan: Plan, endings: Mapping[int, Ending], words: str = "", at: datetime | None = None) -> Plan:
    """The year is over: each measure has its outcome, what goes on stands in the next plan's draft. Raises NotAllowed, RuleBroken."""
    require(can_approve(by, plan))
    check_length(words, field="words")
    with transaction.atomic():
        found = locked(plan)
        if found.state != PlanState.FOLLOWED:
            raise RuleBroken(_("Only a plan that is followed is closed."))
        measures = list(Measure.objects.select_for_update(of=("self",)).select_related("part", "plan__kind").filter(plan=found).order_by("number"))
        carried = _end(by, found, measures, endings, at)
        found.state, found.closing_words, found.closed_at = PlanState.CLOSED, words.strip(), at or timezone.now()
        found.save(update_fields=["state", "closing_words", "closed_at"])
        frozen = freeze(found, SnapshotKind.CLOSED, at)
        trail.record(
            "plan.closed", found, by=by, region_id=found.region_id, at=at, measures=len(measures), carried=len(carried), snapshot=frozen.number
        )
        if carried:
            _carry(by, found, carried, at)
    return found


def _end(by: Actor, plan: Plan, measures: Sequence[Measure], endings: Mapping[int, Ending], at: datetime | None) -> list[Measure]:
    carried, notes = [], []
    for measure in measures:
        ending = endings.get(measure.pk, Ending(measure.state, measure.outcome))
        if ending.state not in ENDED:
            raise RuleBroken(_("Say what came of each measure: number %(n)s lacks it.") % {"n": measure.number})
        if ending.outcome.strip() != measure.outcome or ending.state != measure.state:
            measure.state, measure.outcome = ending.state, ending.outcome.strip()
            measure.save(update_fields=["state", "outcome"])
            notes.append(
                Note(
                    plan=plan, measure=measure, kind=NoteKind.OUTCOME, words=measure.outcome, state=measure.state, person_id=by.person_id,
                    at=at or timezone.now(), value=measure.value,
                )
            )  # fmt: skip
        if ending.carry and ending.state != MeasureState.DONE:
            carried.append(measure)
    Note.objects.bulk_create(notes)
    return carried


def _carry(by: Actor, plan: Plan, measures: Sequence[Measure], at: datetime | None) -> None:
    """Into the draft of the year after, which is begun if there is none."""
    year = plan.last_year + 1
    own = Plan.objects.filter(kind=plan.kind, region=plan.region, organisation=plan.organisation, person=plan.person, parent=plan.parent)
    after = own.filter(year=year, name=plan.name).exclude(state=PlanState.CLOSED).select_related("kind", "region").order_by("id").first()
    if after is None:
        form = BeginForm(
            plan.kind, year, year + plan.last_year - plan.year, plan.name, organisation=plan.organisation, person=plan.person, parent=plan.parent
        )
        after = begin_plan(by=by, region=plan.region, form=form, at=at)
    require(can_write(by, after))
    for measure in measures:
        add_measure(by=by, plan=after, form=_anew(measure, after, year), carried_from=measure, at=at)


def _anew(measure: Measure, after: Plan, year: int) -> MeasureForm:
    start = measure.value if measure.value is not None and measure.value != measure.target_value else measure.start_value
    return replace(
        form_of(measure), part=same_part(measure.part, after), starts_on=date(year, 1, 1), begin_by=None, due_on=date(after.last_year, 12, 31),
        start_value=start, check_points=(),
    )  # fmt: skip
