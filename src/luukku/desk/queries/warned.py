"""What one sweep warned one person of, as far as it still holds: number, desk, what is promised and by when. Read by the house."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case as When
from django.db.models import F, IntegerField, Value
from django.db.models import When as If

from luukku.desk.enums import WarningStep
from luukku.desk.models import ClockWarning
from luukku.network.models import Desk


@dataclass(frozen=True)
class Warned:
    """One limit: the step at which she is told, and the least that she must know."""

    step: str
    number: str
    desk: Desk
    kind: str
    due_at: datetime


def warnings_of(person_id: int, at: datetime) -> list[Warned]:
    """Earliest limit first, each once however many roles she has; none whose clock has stopped or moved since. Two statements."""
    order = When(*(If(step=step, then=Value(place)) for place, step in enumerate(WarningStep.values)), output_field=IntegerField())
    rows = (
        ClockWarning.objects.filter(person_id=person_id, at=at, clock__ended_at=None, clock__paused_at=None, due_at=F("clock__due_at"))
        .alias(order=order)
        .order_by("clock_id", "order")
        .distinct("clock_id")
        .values_list("step", "clock__leg__case__number", "clock__leg__desk_id", "clock__kind", "due_at")
    )
    found = list(rows)
    desks = Desk.objects.in_bulk({desk_id for _step, _number, desk_id, _kind, _due in found})
    told = [Warned(step, number, desks[desk_id], kind, due_at) for step, number, desk_id, kind, due_at in found]
    return sorted(told, key=lambda each: (each.due_at, each.number))
