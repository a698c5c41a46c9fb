"""Measures of a plan are written. Nothing that one writes is written over by another who had not seen it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.submissions import once
from luukku.desk.actions.work import check_length
from luukku.governance.models import Decision
from luukku.network.access import require
from luukku.plans.access import can_write
from luukku.plans.actions.plans import locked
from luukku.plans.enums import IndicatorKind, PlanState
from luukku.plans.models import CheckPoint, Measure, MeasureLine, MeasureSeat, Plan, PlanPart, StrategyLine
from luukku.plans.queries.seats import Key

SHORT = ("goal", "words", "segment", "indicator", "resources")


@dataclass(frozen=True)
class MeasureForm:
    """What a row says. Of `seats` the first leads; `check_points`: days with what should be so by then."""

    part: PlanPart
    words: str
    starts_on: date
    due_on: date
    begin_by: date | None = None
    goal: str = ""
    more: str = ""
    segment: str = ""
    indicator: str = ""
    indicator_kind: str = IndicatorKind.DONE
    start_value: Decimal | None = None
    target_value: Decimal | None = None
    figure: str = ""
    resources: str = ""
    extras: Mapping[str, str] = field(default_factory=dict)
    seats: Sequence[Key] = ()
    check_points: Sequence[tuple[date, str]] = ()
    lines: Sequence[StrategyLine] = ()
    decision: Decision | None = None


def add_measure(
    *, by: Actor, plan: Plan, form: MeasureForm, origin: str = "", origin_id: int | None = None, carried_from: Measure | None = None,
    submit_key: str | None = None, at: datetime | None = None,
) -> Measure:  # fmt: skip
    """A row of a plan that is not closed. `origin` and `origin_id` say of what in another module it was made: asked again for the same thing, the
    measure that there is comes back. Raises NotAllowed, RuleBroken."""
    require(can_write(by, plan))
    _check(plan, form)

    def make() -> int:
        found = _writable(plan)
        known = Measure.objects.filter(origin=origin, origin_id=origin_id).first() if origin else None
        if known is not None:
            return known.pk
        number = (Measure.objects.filter(plan=found).aggregate(last=Max("number"))["last"] or 0) + 1
        moment = at or timezone.now()
        made = Measure.objects.create(
            plan=found, number=number, origin=origin, origin_id=origin_id, carried_from=carried_from, created_at=moment, touched_at=moment,
            decision=form.decision, **_columns(form),
        )  # fmt: skip
        _hang(made, form)
        trail.record("measure.added", made, by=by, region_id=found.region_id, at=at, plan=found.pk, origin=origin or None)
        return made.pk

    with transaction.atomic():
        return fetched(once(submit_key, make, "measure", plan.pk, form.words, form.part.pk))


def fetched(pk: int) -> Measure:
    return Measure.objects.select_related("plan__kind", "plan__region", "plan__organisation", "part").get(pk=pk)


def _writable(plan: Plan) -> Plan:
    found = locked(plan)
    if found.state == PlanState.CLOSED:
        raise RuleBroken(_("The plan is closed."))
    return found


def locked_measure(measure: Measure) -> Measure:
    """The measure, held until the transaction ends."""
    return Measure.objects.select_for_update(of=("self",)).select_related("plan__kind", "plan__region", "part").get(pk=measure.pk)


def edit_measure(*, by: Actor, measure: Measure, form: MeasureForm, based_on: int, at: datetime | None = None) -> Measure:
    """The row's words. `based_on`: the version that its writer had before her. Raises NotAllowed, RuleBroken when somebody else has saved since."""
    require(can_write(by, measure.plan))
    _check(measure.plan, form)
    with transaction.atomic():
        _writable(measure.plan)
        found = locked_measure(measure)
        if found.version != based_on:
            raise RuleBroken(_("Somebody else saved this while you wrote. Both texts are below: put them together and save."))
        columns = {**_columns(form), "version": found.version + 1, "decision": form.decision}
        for name, value in columns.items():
            setattr(found, name, value)
        found.save(update_fields=list(columns))
        _hang(found, form)
        trail.record("measure.edited", found, by=by, region_id=found.plan.region_id, at=at, plan=found.plan_id, version=found.version)
    return found


def form_of(measure: Measure) -> MeasureForm:
    """What its row says now. Four statements."""
    days = ("starts_on", "begin_by", "due_on")
    columns = (*SHORT, *days, "part", "more", "indicator_kind", "start_value", "target_value", "figure", "extras", "decision")
    return MeasureForm(
        **{name: getattr(measure, name) for name in columns},
        seats=[seat.key for seat in measure.seats.order_by("-is_lead", "id")],
        check_points=list(measure.check_points.order_by("day", "id").values_list("day", "words")),
        lines=[each.line for each in measure.lines.select_related("line").order_by("id")],
    )


def remove_measure(*, by: Actor, measure: Measure) -> None:
    """A row of a draft; later it is given up instead. Raises NotAllowed, RuleBroken."""
    require(can_write(by, measure.plan))
    with transaction.atomic():
        plan = locked(measure.plan)
        if not plan.is_open:
            raise RuleBroken(_("The plan has been approved: say that the measure is given up instead."))
        trail.record("measure.removed", measure, by=by, region_id=plan.region_id, plan=plan.pk)
        measure.delete()


def _check(plan: Plan, form: MeasureForm) -> None:
    if not form.words.strip():
        raise RuleBroken(_("Write what is done."), field="words")
    if form.part.kind_id != plan.kind_id or form.part.plan_id not in (None, plan.pk):
        raise RuleBroken(_("Choose a part of this plan."), field="part")
    if form.due_on < form.starts_on:
        raise RuleBroken(_("It ends before it begins. Mend the days."), field="due_on")
    if form.begin_by is not None and not form.starts_on <= form.begin_by <= form.due_on:
        raise RuleBroken(_("The day by which it has been begun lies between its first and its last day."), field="begin_by")
    if form.indicator_kind not in IndicatorKind.values:
        raise RuleBroken(_("Choose how it is measured."), field="indicator_kind")
    counted = form.indicator_kind != IndicatorKind.DONE
    if counted and form.target_value is None:
        raise RuleBroken(_("Write the value to be reached."), field="target_value")
    if counted and form.target_value == (form.start_value or 0):
        raise RuleBroken(_("The value to be reached is the one at the start. Change one of them."), field="target_value")
    if form.decision is not None and form.decision.group.region_id != plan.region_id:
        raise RuleBroken(_("Choose a decision of this region."), field="decision")
    check_length(form.more, field="more")


def _columns(form: MeasureForm) -> dict[str, object]:
    counted = form.indicator_kind != IndicatorKind.DONE
    return {
        **{name: getattr(form, name).strip() for name in SHORT}, "part": form.part, "more": form.more.replace("\r\n", "\n").strip(),
        "indicator_kind": form.indicator_kind, "start_value": (form.start_value or Decimal(0)) if counted else Decimal(0),
        "target_value": form.target_value if counted else None, "figure": form.figure if counted else "",
        "extras": {name: words.strip() for name, words in form.extras.items() if words.strip()}, "starts_on": form.starts_on,
        "begin_by": form.begin_by, "due_on": form.due_on,
    }  # fmt: skip


def _hang(measure: Measure, form: MeasureForm) -> None:
    """Seats, check points and strategy lines as the form says; a check point that stays keeps that it was done."""
    MeasureSeat.objects.filter(measure=measure).delete()
    keys = list(dict.fromkeys(form.seats))
    MeasureSeat.objects.bulk_create(
        MeasureSeat(measure=measure, plan=measure.plan, role=role, organisation_id=organisation, area_id=area, is_lead=place == 0)
        for place, (role, organisation, area) in enumerate(keys)
    )
    done = {(point.day, point.words): point.done_at for point in CheckPoint.objects.filter(measure=measure)}
    CheckPoint.objects.filter(measure=measure).delete()
    CheckPoint.objects.bulk_create(
        CheckPoint(measure=measure, plan=measure.plan, day=day, words=words[:160], done_at=done.get((day, words[:160])))
        for day, words in sorted(set(form.check_points))
    )
    MeasureLine.objects.filter(measure=measure).delete()
    MeasureLine.objects.bulk_create(MeasureLine(measure=measure, plan=measure.plan, line=line) for line in form.lines)
