"""Whether a matter can be ready by the day on which its customer needs it: against the promise, and against how long such matters take."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.utils import timezone

from luukku.core.remembered import Remembered
from luukku.desk.enums import ENDED_STATES
from luukku.desk.models import Case, Leg

Pair = tuple[int, int]  # region, service
_TYPICAL = """
select p.region, p.service, coalesce(t.median, s.handling_days) from unnest(%s::bigint[], %s::bigint[]) p(region, service)
join catalogue_service s on s.id = p.service, lateral wall.desk_typical_days(p.region, p.service) t
"""
_remembered: Remembered[float | None] = Remembered(600)


@dataclass(frozen=True)
class Misfit:
    """The day she needs it by has passed, lies before the promised limit, or before the day on which such matters are typically settled."""

    passed: bool
    promised: datetime | None
    typical: date | None

    def __bool__(self) -> bool:
        return self.passed or self.promised is not None or self.typical is not None


def typical_days(pairs: Collection[Pair]) -> Mapping[Pair, float | None]:
    """How many days matters typically take, by region and service: the median from contact to settled over the last twelve whole months, and where
    fewer than five were settled what the service's card says; None where that says nothing.

    One statement for those that have not been asked for in ten minutes.
    """
    return _remembered.get_many(pairs, _find)


def _find(pairs: Sequence[Pair]) -> dict[Pair, float | None]:
    with connection.cursor() as cursor:
        cursor.execute(_TYPICAL, [[region for region, _service in pairs], [service for _region, service in pairs]])
        return {(region, service): days for region, service, days in cursor.fetchall()}


def ready_day(contacted_at: datetime, days: float | None) -> date | None:
    """The day on which such matters are typically settled."""
    return timezone.localdate(contacted_at + timedelta(days=days)) if days is not None else None


def misfits(needed_by: date | None, due_at: datetime | None, ready: date | None, today: date) -> bool:
    """For lists: the day has passed, or lies before the limit that runs or before the day on which such matters are typically settled."""
    others = (timezone.localdate(due_at) if due_at is not None else None, ready)
    return needed_by is not None and (needed_by < today or any(day is not None and day > needed_by for day in others))


def misfit_of(case: Case, leg: Leg, now: datetime) -> Misfit:
    """For the page of a case. At most one statement."""
    needed = case.needed_by
    if needed is None or leg.state in ENDED_STATES:
        return Misfit(False, None, None)
    pair = None if leg.service_id is None else (case.region_id, leg.service_id)
    ready = ready_day(case.contacted_at, typical_days([pair]).get(pair)) if pair is not None else None
    promised = leg.due_at if leg.due_at is not None and timezone.localdate(leg.due_at) > needed else None
    return Misfit(needed < timezone.localdate(now), promised, ready if ready is not None and ready > needed else None)
