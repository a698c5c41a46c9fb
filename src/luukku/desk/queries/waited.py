"""How long a part of a case has waited, by cause: told apart from slowness, to the customer too."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from luukku.core.worktime import working_days_between
from luukku.desk.models import Leg, Wait
from luukku.desk.queries.doors import work_calendar


@dataclass(frozen=True)
class Waited:
    """One cause with its working days, the present spell included; `now` while it goes on."""

    cause: str
    days: int
    now: bool


def wait_rows() -> ArraySubquery:
    """For `.annotate(wait_rows=wait_rows())` on legs: costs no statement of its own."""
    spells = Wait.objects.filter(leg=OuterRef("pk")).order_by("started_at", "id")
    return ArraySubquery(spells.values(row=JSONObject(cause="cause", started_at="started_at", ended_at="ended_at")))


def waited(leg: Leg, now: datetime) -> list[Waited]:
    """By cause, the longest first, of a leg that was annotated with `wait_rows` and came with its desk. Spells within one day count nothing."""
    rows: Iterable[dict[str, Any]] = leg.wait_rows  # type: ignore[attr-defined]
    days: dict[str, int] = {}
    going: set[str] = set()
    for row in rows:
        ended = datetime.fromisoformat(row["ended_at"]) if row["ended_at"] else None
        if ended is None:
            going.add(row["cause"])
        spell = working_days_between(work_calendar(leg.desk), datetime.fromisoformat(row["started_at"]), ended or now)
        days[row["cause"]] = days.get(row["cause"], 0) + max(0, spell)
    found = [Waited(cause, count, cause in going) for cause, count in days.items() if count]
    return sorted(found, key=lambda each: (-each.days, each.cause))
