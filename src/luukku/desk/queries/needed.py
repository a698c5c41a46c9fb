"""Whether a matter can be ready by the day on which its customer needs it: against the promise, and against how long such matters take."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.utils import timezone

from luukku.core.remembered import Remembered
from luukku.desk.enums import ENDED_STATES
from luukku.desk.models import Case, Leg

_remembered: Remembered[tuple[float | None, int]] = Remembered(600)


@dataclass(frozen=True)
class Misfit:
    """The day she needs it by has passed, lies before the promised limit, or before the day on which such matters are typically settled."""

    passed: bool
    promised: datetime | None
    typical: date | None

    def __bool__(self) -> bool:
        return self.passed or self.promised is not None or self.typical is not None


def typical_days(region_id: int, service_id: int | None) -> tuple[float | None, int]:
    """Median days from contact to settled for a service in a region over the last twelve whole months, and of how many; None and 0 below five.

    One statement, remembered for ten minutes.
    """
    if service_id is None:
        return None, 0

    def find() -> tuple[float | None, int]:
        with connection.cursor() as cursor:
            cursor.execute("select median, matters from wall.desk_typical_days(%s, %s)", [region_id, service_id])
            median, matters = cursor.fetchone()
        return median, matters

    return _remembered.get((region_id, service_id), find)


def misfits(needed_by: date | None, due_at: datetime | None, today: date) -> bool:
    """For lists: the day has passed, or lies before the limit that runs."""
    return needed_by is not None and (needed_by < today or (due_at is not None and timezone.localdate(due_at) > needed_by))


def misfit_of(case: Case, leg: Leg, now: datetime) -> Misfit:
    """For the page of a case. At most one statement."""
    needed = case.needed_by
    if needed is None or leg.state in ENDED_STATES:
        return Misfit(False, None, None)
    days = _days_of(case, leg)
    ready = timezone.localdate(case.contacted_at + timedelta(days=days)) if days is not None else None
    promised = leg.due_at if leg.due_at is not None and timezone.localdate(leg.due_at) > needed else None
    return Misfit(needed < timezone.localdate(now), promised, ready if ready is not None and ready > needed else None)


def _days_of(case: Case, leg: Leg) -> float | None:
    """How long it typically takes: as counted, or where too few have been settled to count, as the service's card says."""
    median, _matters = typical_days(case.region_id, leg.service_id)
    return leg.service.handling_days if median is None and leg.service is not None else median
