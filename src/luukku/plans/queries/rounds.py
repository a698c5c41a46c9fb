"""A round of reporting for screens: who has answered, and what was said of each measure, by the parts of the plan."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.ui.times import date_text
from luukku.plans.access import can_answer, can_approve, get_round
from luukku.plans.enums import Light, MeasureState
from luukku.plans.models import Note, Plan, PlanPart, Round, RoundPart
from luukku.plans.queries.pages import Row, rows_of, value_text
from luukku.plans.queries.seats import SeatChoice, by_key


@dataclass(frozen=True)
class Said:
    """A measure and what was said of it in the round; without a note nobody has."""

    row: Row
    note: Note | None

    @property
    def state(self) -> str:
        return str(MeasureState(self.note.state).label) if self.note is not None and self.note.state else _("No report")

    @property
    def value(self) -> str:
        given = self.note.value if self.note is not None else None
        return value_text(given, self.row.measure.indicator_kind)

    @property
    def words(self) -> str:
        return self.note.words if self.note is not None else ""


@dataclass(frozen=True)
class Answerer:
    """A seat that was asked: how many measures it leads, and whether the reader may answer for it."""

    part: RoundPart
    seat: SeatChoice | None
    measures: int
    can_answer: bool

    @property
    def name(self) -> str:
        return self.seat.name if self.seat is not None else str(self.part.get_role_display())


@dataclass(frozen=True)
class RoundPage:
    round: Round
    plan: Plan
    answerers: Sequence[Answerer]
    parts: Sequence[tuple[PlanPart, Sequence[Said]]]
    counts: Sequence[tuple[str, int]]  # how many measures were said to be how far
    can_run: bool

    @property
    def answered(self) -> int:
        return sum(each.part.answered_at is not None for each in self.answerers)

    @property
    def mine(self) -> list[Answerer]:
        """Those that wait for the reader, where she does not run the round herself."""
        return [each for each in self.answerers if each.can_answer and not self.can_run]


def round_page(actor: Actor, pk: int) -> RoundPage:
    """A fixed dozen of statements, however many measures and seats. Raises NotFound."""
    round_ = get_round(actor, pk)
    plan = round_.plan
    rows = rows_of(plan)
    notes = {each.measure_id: each for each in Note.objects.filter(round_part__round=round_).order_by("id")}
    asked = list(RoundPart.objects.filter(round=round_).select_related("round__plan__region", "person").order_by("id"))
    said = [Said(row, notes.get(pk)) for pk, row in rows.items() if pk in notes or row.light != Light.DROPPED]
    parts: dict[int, tuple[PlanPart, list[Said]]] = {part.pk: (part, []) for part in PlanPart.objects.of(plan)}
    for each in said:
        parts[each.row.measure.part_id][1].append(each)
    counts = Counter(each.state for each in said)
    return RoundPage(
        round_, plan, _answerers(actor, plan, asked, rows), [(part, each) for part, each in parts.values() if each],
        [(words, counts[words]) for words in [*(str(state.label) for state in MeasureState), _("No report")] if counts[words]],
        can_approve(actor, plan),
    )  # fmt: skip


def _answerers(actor: Actor, plan: Plan, asked: Sequence[RoundPart], rows: Mapping[int, Row]) -> list[Answerer]:
    known = by_key(plan.region, {part.key for part in asked}) if asked else {}
    leads = Counter(row.lead.key for row in rows.values() if row.lead is not None and row.light != Light.DROPPED)
    return [Answerer(part, known.get(part.key), leads[part.key], actor.is_staff and can_answer(actor, part)) for part in asked]


def table(page: RoundPage) -> tuple[list[str], list[list[str]]]:
    """The compiled report for a spreadsheet: heads, and a line for each measure."""
    heads = [
        _("Part of the plan"), _("Number"), _("Measure: what is done"), _("Seat that answers"), _("How far is it"), _("What has been done"),
        _("Indicator"), _("Value now"), _("Target"), _("Ready by"),
    ]  # fmt: skip
    return heads, [
        [
            str(part.name), str(each.row.measure.number), each.row.measure.words, each.row.lead.name if each.row.lead else "", each.state, each.words,
            each.row.measure.indicator, each.value, each.row.target, date_text(each.row.measure.due_on, year=True),
        ]
        for part, rows in page.parts
        for each in rows
    ]  # fmt: skip
