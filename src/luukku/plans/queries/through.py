"""A programme of several years, year beside year: how far each of its measures was when a year ended, and how far it is now."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from luukku.plans.enums import MeasureState, NoteKind
from luukku.plans.models import Measure, Note, Plan, PlanPart, Snapshot
from luukku.plans.queries.pages import value_text

Said = tuple[datetime, str, Decimal | None]  # when, how far, and the value where one was told


@dataclass(frozen=True)
class Then:
    """How far a measure was at the end of a year: its state and its value in words."""

    state: MeasureState
    value: str


@dataclass(frozen=True)
class Line:
    """A measure; for each year how far it was (None before it stood in the programme), and the year."""

    measure: Measure
    target: str
    cells: Sequence[tuple[Then | None, int]]


@dataclass(frozen=True)
class YearOf:
    """One year of a programme: how many measures were how far, of those that had not been given up."""

    year: int
    counts: Mapping[MeasureState, int]

    @property
    def of(self) -> int:
        return sum(self.counts.values()) - self.counts.get(MeasureState.DROPPED, 0)

    @property
    def done(self) -> int:
        return self.counts.get(MeasureState.DONE, 0)

    @property
    def going(self) -> int:
        return self.counts.get(MeasureState.GOING, 0)

    @property
    def planned(self) -> int:
        return self.counts.get(MeasureState.PLANNED, 0)


@dataclass(frozen=True)
class Through:
    years: Sequence[YearOf]
    parts: Sequence[tuple[PlanPart, Sequence[Line]]]


def through(plan: Plan, today: date | None = None) -> Through:
    """Years of the programme that have begun, from the one in which its first measure stood. What stood at a year's end is the last that was said
    or kept by then. Three statements."""
    now = (today or timezone.localdate()).year
    measures = list(Measure.objects.filter(plan=plan).select_related("part").order_by("part__position", "number"))
    first = min((_since(measure) for measure in measures), default=plan.year)
    years = range(max(plan.year, min(first, plan.last_year)), min(plan.last_year, now) + 1)
    said = _said(plan, {measure.number: measure.pk for measure in measures})
    parts: dict[int, tuple[PlanPart, list[Line]]] = {}
    for measure in measures:
        told = sorted(said.get(measure.pk, []), key=lambda each: each[0])
        cells = [(_then(measure, told, year, is_now=year == now), year) for year in years]
        line = Line(measure, value_text(measure.target_value, measure.indicator_kind), cells)
        parts.setdefault(measure.part_id, (measure.part, []))[1].append(line)
    lines = [line for _part, each in parts.values() for line in each]
    counted = [YearOf(year, Counter(then.state for line in lines if (then := line.cells[place][0]))) for place, year in enumerate(years)]
    return Through(counted, list(parts.values()))


def _since(measure: Measure) -> int:
    return timezone.localdate(measure.created_at).year


def _said(plan: Plan, keys: Mapping[int, int]) -> dict[int, list[Said]]:
    """By the key of each measure, from notes and from what was kept of the plan. Two statements."""
    found: dict[int, list[Said]] = {}
    notes = Note.objects.filter(plan=plan, measure__isnull=False, kind__in=(NoteKind.PROGRESS, NoteKind.OUTCOME))
    for key, at, state, value in notes.values_list("measure_id", "at", "state", "value"):
        found.setdefault(key or 0, []).append((at, state, value))
    for at, body in Snapshot.objects.filter(plan=plan).values_list("at", "body"):
        for number, state, value in _kept(body):
            if number in keys:
                found.setdefault(keys[number], []).append((at, state, value))
    return found


def _kept(body: Mapping[str, Any]) -> Iterator[tuple[int, str, Decimal | None]]:
    for each in body.get("measures", ()):
        yield each["number"], each["state"], Decimal(each["value"]) if each["value"] is not None else None


def _then(measure: Measure, told: Sequence[Said], year: int, *, is_now: bool) -> Then | None:
    if _since(measure) > year:
        return None
    if is_now:
        return Then(MeasureState(measure.state), value_text(measure.value, measure.indicator_kind))
    by_then = [each for each in told if timezone.localdate(each[0]).year <= year]
    state = next((each[1] for each in reversed(by_then) if each[1]), MeasureState.PLANNED)
    value = next((each[2] for each in reversed(by_then) if each[2] is not None), None)
    return Then(MeasureState(state), value_text(value, measure.indicator_kind))
