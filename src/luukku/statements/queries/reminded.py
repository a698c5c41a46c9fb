"""What one sweep reminded one person of, as far as it still holds. Read by the house."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from luukku.statements.enums import AWAITED
from luukku.statements.models import Reminder


@dataclass(frozen=True)
class Reminded:
    statement_id: int
    number: str
    of: str
    due_at: datetime


def reminders_of(person_id: int, at: datetime) -> list[Reminded]:
    """Earliest day first; none that has been given or moved since. One statement."""
    rows = Reminder.objects.filter(person_id=person_id, at=at, statement__state__in=AWAITED, due_at=F("statement__due_at"))
    found = rows.order_by("due_at", "statement_id").values_list("statement_id", "statement__number", "of", "due_at")
    return [Reminded(*row) for row in found]
