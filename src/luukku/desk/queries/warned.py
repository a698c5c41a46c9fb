"""What one sweep warned one person of, as far as it still holds: number, desk, what is to be done and by when. Read by the house."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case as When
from django.db.models import F, IntegerField, QuerySet, Value
from django.db.models import When as If
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from luukku.desk.enums import TO_DO, CaseState, ClockKind, WarningStep
from luukku.desk.models import ClockWarning, Leg
from luukku.network.models import Desk

LOOK_AGAIN = gettext_lazy("Look at it again")
NEXT_STEP = gettext_lazy("Do the next step, or set another day")
ANSWER_MARK = gettext_lazy("Answer the low mark")


@dataclass(frozen=True)
class Warned:
    """One limit: the step at which she is told, and the least that she must know."""

    step: str
    number: str
    desk: Desk
    what: str | Promise
    due_at: datetime


def warnings_of(person_id: int, at: datetime) -> list[Warned]:
    """Earliest limit first, each once however many roles she has; none whose clock has stopped or moved since, or that was seen to.

    Four statements, one more where low marks are warned of.
    """
    warnings = ClockWarning.objects.filter(person_id=person_id, at=at)
    rows = [*_of_clocks(warnings), *_of_parts(warnings), *_of_marks(warnings)]
    desks = Desk.objects.in_bulk({row[2] for row in rows})
    told = [Warned(step, number, desks[desk_id], what, due_at) for step, number, desk_id, what, due_at in rows]
    return sorted(told, key=lambda each: (each.due_at, each.number))


_Row = tuple[str, str, int, str | Promise, datetime]
_ORDER = When(*(If(step=step, then=Value(place)) for place, step in enumerate(WarningStep.values)), output_field=IntegerField())


def _once(warnings: QuerySet[ClockWarning], thing: str) -> QuerySet[ClockWarning]:
    """Each thing at the first of her steps."""
    return warnings.alias(order=_ORDER).order_by(thing, "order").distinct(thing)


def _of_clocks(warnings: QuerySet[ClockWarning]) -> Iterator[_Row]:
    still = warnings.filter(clock__isnull=False, clock__ended_at=None, clock__paused_at=None, due_at=F("clock__due_at"))
    shown = _once(still, "clock_id").values_list("step", "clock__leg__case__number", "clock__leg__desk_id", "clock__kind", "due_at")
    for step, number, desk_id, kind, due_at in shown:
        yield step, number, desk_id, TO_DO[ClockKind(kind)], due_at


def _of_parts(warnings: QuerySet[ClockWarning]) -> Iterator[_Row]:
    still = warnings.filter(leg__is_open=True, due_at=F("leg__look_at"))
    shown = _once(still, "leg_id").values_list("step", "leg__case__number", "leg__desk_id", "leg__state", "due_at")
    for step, number, desk_id, state, due_at in shown:
        yield step, number, desk_id, LOOK_AGAIN if state == CaseState.WAITING else NEXT_STEP, due_at


def _of_marks(warnings: QuerySet[ClockWarning]) -> list[_Row]:
    still = warnings.filter(follow_up__isnull=False, follow_up__done_at=None, due_at=F("follow_up__due_at"))
    found = list(_once(still, "follow_up_id").values_list("step", "follow_up__case", "follow_up__case__number", "due_at"))
    lasts = Leg.objects.filter(case__in=[case for _step, case, _number, _due in found]).order_by("case", "position") if found else ()
    desks = {leg.case_id: leg.desk_id for leg in lasts}
    return [(step, number, desks[case], ANSWER_MARK, due_at) for step, case, number, due_at in found]
