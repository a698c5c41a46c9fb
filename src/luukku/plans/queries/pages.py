"""Plans and measures for screens."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.followed import Followed, origins
from luukku.core.paging import Cursor, Page, paged
from luukku.core.ui.times import number_text
from luukku.governance.models import Decision
from luukku.network.models import Region
from luukku.plans.access import (
    can_approve,
    can_comment,
    can_write,
    get_measure,
    get_plan,
    held_measures,
    visible_measures,
    visible_plans,
    visible_proposals,
    visible_rounds,
)
from luukku.plans.enums import BAD, ENDED, Column, IndicatorKind, Light, MeasureState, NoteKind, PlanState
from luukku.plans.models import CheckPoint, Measure, MeasureLine, MeasureSeat, Note, Plan, PlanPart, Proposal, Round, Snapshot
from luukku.plans.queries.decisions import decision_of
from luukku.plans.queries.seats import SeatChoice, by_key
from luukku.plans.queries.why import plainly, why

NOTES = 50  # of a measure on one page
FIRST = Cursor()
SHOWN_LIGHTS = (*BAD, Light.GOOD, Light.WAITING, Light.DONE, Light.MISSED, Light.DROPPED)


def value_text(value: Decimal | None, kind: str = IndicatorKind.NUMBER) -> str:
    """`1 200`, `12,5`, `80 %`; empty for nothing."""
    if value is None:
        return ""
    whole = number_text(int(value)) if value == value.to_integral_value() else f"{value.normalize():f}".replace(".", ",")
    return f"{whole} %" if kind == IndicatorKind.SHARE else whole


@dataclass
class Row:
    """A measure with all that its line shows."""

    measure: Measure
    light: str
    lead: SeatChoice | None = None
    others: list[SeatChoice] = field(default_factory=list)
    points: list[CheckPoint] = field(default_factory=list)
    last: Note | None = None
    comments: list[Note] = field(default_factory=list)
    lines: list[MeasureLine] = field(default_factory=list)
    is_mine: bool = False

    @property
    def light_words(self) -> str:
        return str(Light(self.light).label)

    @property
    def value(self) -> str:
        return value_text(self.measure.value, self.measure.indicator_kind)

    @property
    def target(self) -> str:
        return value_text(self.measure.target_value, self.measure.indicator_kind)

    @property
    def start(self) -> str:
        return value_text(self.measure.start_value, self.measure.indicator_kind)

    @property
    def share(self) -> int | None:
        """How much of the way to the target is behind, in per cent; None without figures."""
        measure = self.measure
        if measure.target_value is None or measure.value is None or measure.target_value == measure.start_value:
            return None
        gone = (measure.value - measure.start_value) / (measure.target_value - measure.start_value)
        return max(0, min(100, round(gone * 100)))

    @property
    def plainly(self) -> str:
        """How far it is and by when, in words that need no legend."""
        return plainly(self.measure)

    @property
    def why(self) -> list[str]:
        return why(self.measure, self.points)

    @property
    def extras(self) -> list[tuple[str, str]]:
        return [(str(Column(name).label), words) for name, words in self.measure.extras.items() if name in Column.values]


@dataclass(frozen=True)
class PlanPage:
    plan: Plan
    parts: Sequence[tuple[PlanPart, Sequence[Row]]]
    comments: Sequence[Note]  # of the whole plan
    decision: Decision | None
    snapshots: Sequence[Snapshot]
    sub_plans: Sequence[Plan]
    lights: Sequence[tuple[Light, int]]
    reached: int
    counted: int  # measures that have not been given up
    done: int
    can_write: bool
    can_approve: bool
    can_comment: bool
    proposals: Sequence[Proposal]  # that stand on the same list
    rounds: Sequence[Round]

    @property
    def rows(self) -> list[Row]:
        return [row for _part, rows in self.parts for row in rows]

    @property
    def unanswered(self) -> int:
        """Comments that wait for an answer."""
        every = [*self.comments, *(note for row in self.rows for note in row.comments)]
        return sum(note.settled_at is None for note in every)


def plan_page(actor: Actor, pk: int) -> PlanPage:
    """A fixed dozen of statements, however many measures. Raises NotFound."""
    plan = get_plan(actor, pk)
    rows = rows_of(plan, actor)
    for note in Note.objects.filter(plan=plan, kind=NoteKind.COMMENT, measure__isnull=False).select_related("person", "organisation").order_by("id"):
        if (row := rows.get(note.measure_id or 0)) is not None:
            row.comments.append(note)
    parts: dict[int, tuple[PlanPart, list[Row]]] = {part.pk: (part, []) for part in PlanPart.objects.of(plan)}
    for row in rows.values():
        parts[row.measure.part_id][1].append(row)
    comments = Note.objects.filter(plan=plan, kind=NoteKind.COMMENT, measure=None).select_related("person", "organisation").order_by("id")
    subs = visible_plans(actor).filter(parent__plan=plan).select_related("kind", "parent").order_by("id")
    counts = Counter(row.light for row in rows.values())
    standing = [row for row in rows.values() if row.light != Light.DROPPED]
    return PlanPage(
        plan, [(part, each) for part, each in parts.values() if each], list(comments), decision_of(actor, plan.decision_id),
        list(Snapshot.objects.filter(plan=plan).defer("body").order_by("number")), list(subs),
        [(light, counts[light]) for light in SHOWN_LIGHTS if counts[light]], Measure.objects.filter(plan=plan).reached().count(), len(standing),
        counts[Light.DONE], can_write(actor, plan), can_approve(actor, plan), can_comment(actor, plan),
        list(visible_proposals(actor).filter(plan=plan).order_by("sent_on", "id")),
        list(visible_rounds(actor).filter(plan=plan).order_by("-opens_on", "-id")),
    )  # fmt: skip


def rows_of(plan: Plan, actor: Actor | None = None, only: int | None = None, today: date | None = None) -> dict[int, Row]:
    """The measures of a plan with light, seats, check points and what was last said. Seven statements."""
    day = today or timezone.localdate()
    found = Measure.objects.filter(plan=plan, **({"pk": only} if only is not None else {})).with_light(day).select_related("part", "plan__kind")
    rows = {each.pk: Row(each, each.light) for each in found.order_by("part__position", "number")}  # type: ignore[attr-defined]
    seats = list(MeasureSeat.objects.filter(measure__in=rows).order_by("-is_lead", "id"))
    known: Mapping[tuple[str, int | None, int | None], SeatChoice] = by_key(plan.region, {seat.key for seat in seats}) if seats else {}
    for seat in seats:
        if (choice := known.get(seat.key)) is not None:
            row = rows[seat.measure_id]
            if seat.is_lead:
                row.lead = choice
            else:
                row.others.append(choice)
    for point in CheckPoint.objects.filter(measure__in=rows).order_by("day", "id"):
        rows[point.measure_id].points.append(point)
    said = Note.objects.filter(measure__in=rows, kind=NoteKind.PROGRESS).exclude(words="", evidence="").select_related("person")
    for note in said.order_by("measure_id", "-at", "-id").distinct("measure_id"):
        rows[note.measure_id or 0].last = note
    for line in MeasureLine.objects.filter(measure__in=rows).select_related("line__organisation").order_by("id"):
        rows[line.measure_id].lines.append(line)
    if actor is not None:
        for pk in Measure.objects.filter(held_measures(actor), plan=plan).values_list("pk", flat=True):
            if pk in rows:
                rows[pk].is_mine = True
    return rows


@dataclass(frozen=True)
class MeasurePage:
    plan: Plan
    row: Row
    notes: Page[Note]
    decision: Decision | None
    sub_plans: Sequence[Plan]
    before: Measure | None
    origin: Followed | None  # of what in another module it was made
    can_write: bool
    can_report: bool
    can_comment: bool


def measure_page(actor: Actor, pk: int, cursor: Cursor = FIRST) -> MeasurePage:
    """With one page of what has been said, the newest first. A fixed dozen of statements. Raises NotFound."""
    measure = get_measure(actor, pk)
    plan = measure.plan
    row = rows_of(plan, actor, only=pk)[pk]
    notes = paged(Note.objects.filter(measure=measure).select_related("person", "organisation"), "at", cursor, NOTES, newest_first=True)
    subs = list(visible_plans(actor).filter(parent=measure).select_related("kind").order_by("id"))
    before = visible_measures(actor).filter(pk=measure.carried_from_id).select_related("plan").first() if measure.carried_from_id else None
    writes = can_write(actor, plan)
    origin = origins[measure.origin](actor, measure.origin_id or 0) if measure.origin in dict(origins.items()) else None
    return MeasurePage(
        plan, row, notes, decision_of(actor, measure.decision_id or plan.decision_id), subs,
        before, origin, writes, plan.state == PlanState.FOLLOWED and (writes or row.is_mine),
        plan.is_open and can_comment(actor, plan),
    )  # fmt: skip


def listed_plans(actor: Actor, region: Region) -> "QuerySet[Plan]":
    """A region's plans that the actor reads, the newest first, with how many measures and how many of them are done. Two statements."""
    found = visible_plans(actor).filter(region=region, parent=None).select_related("kind", "organisation", "person")
    standing = ~Q(measures__state=MeasureState.DROPPED)
    return found.annotate(
        n_measures=Count("measures", filter=standing, distinct=True),
        n_done=Count("measures", filter=Q(measures__state=MeasureState.DONE), distinct=True),
    ).order_by("-year", "kind__order", "id")


def my_measures(actor: Actor) -> list[Row]:
    """Measures for which a seat of hers answers, in plans that are followed, those that are worst first. Two statements."""
    today = timezone.localdate()
    found = Measure.objects.filter(held_measures(actor) | Q(plan__person=actor.person_id or 0), plan__state=PlanState.FOLLOWED)
    rows = Measure.objects.filter(pk__in=found.values("pk")).exclude(state__in=ENDED).with_light(today)
    order = {light: place for place, light in enumerate(SHOWN_LIGHTS)}
    listed = [Row(each, each.light, is_mine=True) for each in rows.select_related("plan__kind", "plan__region").order_by("due_on", "id")]  # type: ignore[attr-defined]
    points: dict[int, list[CheckPoint]] = defaultdict(list)
    for point in CheckPoint.objects.filter(measure__in=[row.measure.pk for row in listed]).order_by("day", "id"):
        points[point.measure_id].append(point)
    for row in listed:
        row.points = points[row.measure.pk]
    return sorted(listed, key=lambda row: order[Light(row.light)])
