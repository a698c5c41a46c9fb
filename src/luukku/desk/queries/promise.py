"""How the promise is kept: numbers for everybody, and what is late for the region's coordinator."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed
from luukku.core.months import Months
from luukku.desk.enums import PROMISES
from luukku.network.access import may
from luukku.network.enums import Right


@dataclass(frozen=True)
class Kept:
    """Limits that fell into the period: how many were kept, of how many."""

    kept: int
    of: int

    @property
    def share(self) -> float | None:
        return self.kept / self.of if self.of else None


@dataclass(frozen=True)
class LateCase:
    """What a coordinator sees of a late case: never the customer or the words."""

    number: str
    desk_id: int
    due_kind: str
    due_at: datetime | None
    not_contacted: bool

    def minutes_late(self, now: datetime) -> int:
        return max(0, int((now - self.due_at).total_seconds() // 60)) if self.due_at else 0


def promise_kept(region_id: int, months: Months) -> dict[str, Kept]:
    """By clock, for a region and whole months; anybody may ask, for it is public. One statement."""
    total: dict[str, Kept] = {}
    for kind, _, kept in _rows(region_id, months):
        before = total.get(kind, Kept(0, 0))
        total[kind] = Kept(before.kept + kept.kept, before.of + kept.of)
    return total


def promise_kept_by_organisation(region_id: int, months: Months) -> dict[tuple[str, int], Kept]:
    """By clock and organisation; fewer than five stand in no figure. One statement."""
    return {(kind, organisation_id): kept for kind, organisation_id, kept in _rows(region_id, months)}


def _rows(region_id: int, months: Months) -> list[tuple[str, int, Kept]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select kind, organisation_id, kept, broken from wall.desk_promise_kept(%s, %s, %s) where kind = any(%s)",
            [region_id, months.first, months.until, list(PROMISES)],
        )
        return [(kind, organisation_id, Kept(kept, kept + broken)) for kind, organisation_id, kept, broken in cursor.fetchall()]


def late_cases_for_coordinator(actor: Actor, region_id: int, *, now: datetime | None = None) -> list[LateCase]:
    """Number, desk and lateness of the region's late cases, latest first, at most 500. Raises NotAllowed without the right to see lateness."""
    if not may(actor, Right.SEE_LATENESS, region_id=region_id):
        raise NotAllowed
    with connection.cursor() as cursor:
        cursor.execute(
            "select number, desk_id, due_kind, due_at, not_contacted from wall.desk_late_cases(%s, %s)", [region_id, now or timezone.now()]
        )
        return [LateCase(*row) for row in cursor.fetchall()]
