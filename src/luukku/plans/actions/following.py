"""How a plan goes: what those who answer for measures say, how it is judged, and what is said of a draft."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.desk.actions.work import check_length, checked_words
from luukku.network.access import require
from luukku.plans.access import can_comment, can_report, can_write
from luukku.plans.actions.measures import locked_measure
from luukku.plans.actions.plans import locked
from luukku.plans.enums import SAYABLE, IndicatorKind, MeasureState, NoteKind, PlanState
from luukku.plans.models import CheckPoint, Measure, Note, Plan, RoundPart


@dataclass(frozen=True)
class Report:
    """How a measure goes. None and empty leave what was said before; `points`: keys of the check points that are behind."""

    words: str = ""
    state: str = ""
    value: Decimal | None = None
    evidence: str = ""
    outcome: str = ""
    points: Collection[int] = ()


def report(*, by: Actor, measure: Measure, said: Report, part: RoundPart | None = None, at: datetime | None = None) -> Note:
    """Whoever answers for a measure says how it goes; a press that says nothing new says that it is as before. `part`: the asking of a
    round that it answers. Raises NotAllowed, RuleBroken."""
    require(can_report(by, measure))
    check_length(said.words, field="words")
    if said.state and said.state not in MeasureState.values:
        raise RuleBroken(_("Choose how far it is."), field="state")
    moment = at or timezone.now()
    with transaction.atomic():
        found = locked_measure(measure)
        if found.plan.state != PlanState.FOLLOWED:
            raise RuleBroken(_("Only a plan that is followed is reported on."))
        if said.value is not None and found.indicator_kind == IndicatorKind.DONE:
            raise RuleBroken(_("This measure has no value: say how far it is."), field="value")
        _take(found, said, moment)
        CheckPoint.objects.filter(measure=found, pk__in=said.points, done_at=None).update(done_at=moment)
        note = Note.objects.create(
            plan=found.plan, measure=found, kind=NoteKind.PROGRESS, words=said.words.strip(), value=said.value, state=found.state,
            evidence=said.evidence.strip(), person_id=by.person_id, organisation_id=_organisation(by), at=moment, round_part=part,
        )  # fmt: skip
        trail.record("measure.reported", found, by=by, region_id=found.plan.region_id, at=at, plan=found.plan_id, state=found.state)
    return note


def _take(measure: Measure, said: Report, moment: datetime) -> None:
    if said.value is not None:
        measure.value = said.value
    if said.state:
        measure.state = said.state
    elif measure.state == MeasureState.PLANNED and (said.value is not None or said.words.strip() or said.points):
        measure.state = MeasureState.GOING
    if said.outcome.strip():
        measure.outcome = said.outcome.strip()
    measure.touched_at = max(measure.touched_at, moment)
    measure.save(update_fields=["value", "state", "outcome", "touched_at"])


def _organisation(by: Actor) -> int | None:
    return next((seat.organisation_id for seat in by.seats if seat.organisation_id is not None), None)


def say_light(*, by: Actor, measure: Measure, light: str, reason: str, at: datetime | None = None) -> Measure:
    """Judged otherwise than facts and dates say, with a reason; empty takes it back. Raises NotAllowed, RuleBroken."""
    require(can_report(by, measure))
    if light and light not in SAYABLE:
        raise RuleBroken(_("Choose how it goes."), field="light")
    if light and not reason.strip():
        raise RuleBroken(_("Say why you judge it otherwise."), field="reason")
    with transaction.atomic():
        found = locked_measure(measure)
        if found.plan.state != PlanState.FOLLOWED:
            raise RuleBroken(_("Only a plan that is followed is reported on."))
        found.light_said, found.light_reason = light, reason.strip()[:300] if light else ""
        found.save(update_fields=["light_said", "light_reason"])
        Note.objects.create(
            plan=found.plan, measure=found, kind=NoteKind.LIGHT, words=reason.strip(), person_id=by.person_id, organisation_id=_organisation(by),
            at=at or timezone.now(),
        )  # fmt: skip
        trail.record("measure.judged", found, by=by, region_id=found.plan.region_id, at=at, plan=found.plan_id, light=light or None)
    return found


def comment(*, by: Actor, plan: Plan, words: str, measure: Measure | None = None, at: datetime | None = None) -> Note:
    """What one of the region's parties says of a draft, of the whole or of one measure. Raises NotAllowed, RuleBroken."""
    require(can_comment(by, plan))
    text = checked_words(words, field="words")
    with transaction.atomic():
        found = locked(plan)
        if not found.is_open:
            raise RuleBroken(_("The plan has been approved, so it takes no more comments."))
        if measure is not None and measure.plan_id != found.pk:
            raise RuleBroken(_("Choose a measure of this plan."))
        note = Note.objects.create(
            plan=found, measure=measure, kind=NoteKind.COMMENT, words=text, person_id=by.person_id, organisation_id=_organisation(by),
            at=at or timezone.now(),
        )  # fmt: skip
        trail.record("plan.commented", found, by=by, region_id=found.region_id, at=at, measure=measure.pk if measure else None)
    return note


def answer_comment(*, by: Actor, note: Note, reply: str, at: datetime | None = None) -> Note:
    """What was done of a comment. Raises NotAllowed, RuleBroken."""
    require(note.kind == NoteKind.COMMENT and can_write(by, note.plan))
    text = checked_words(reply, field="reply")
    with transaction.atomic():
        locked(note.plan)
        note.reply, note.settled_at = text, at or timezone.now()
        note.save(update_fields=["reply", "settled_at"])
        trail.record("plan.comment_answered", note.plan, by=by, region_id=note.plan.region_id, at=at, note=note.pk)
    return note
