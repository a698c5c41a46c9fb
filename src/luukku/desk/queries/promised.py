"""By when it was promised that somebody takes a case up: for the customer's page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from luukku.core.worktime import NeverOpens, OutsideCalendar, due
from luukku.desk.enums import ClockKind
from luukku.desk.models import Case, Clock, Leg
from luukku.desk.queries.doors import work_calendar
from luukku.network.models import Region


@dataclass(frozen=True)
class Promised:
    """One run of a promise to contact her: when it was given, by when, and whether it was kept (None: not over, or stopped in time)."""

    kind: str
    started_at: datetime
    due_at: datetime
    ended_at: datetime | None
    kept: bool | None


def contact_promises(case: Case) -> list[Promised]:
    """Runs of "taken up" and of "contacted by the receiver", oldest first. One statement."""
    runs = Clock.objects.filter(leg__case=case, kind__in=(ClockKind.TAKEN_UP, ClockKind.GUIDED)).order_by("id")
    return [Promised(*row) for row in runs.values_list("kind", "started_at", "due_at", "ended_at", "kept")]


def first_promises(promises: Iterable[Promised]) -> list[Promised]:
    """Those of "taken up"; more than one where the customer said that nobody had contacted her."""
    return [each for each in promises if each.kind == ClockKind.TAKEN_UP]


def promised_by(promises: Iterable[Promised]) -> datetime | None:
    """By when it is promised now that she is contacted, the earliest where several parts have promised; None where nothing of the kind runs."""
    return min((each.due_at for each in promises if each.ended_at is None), default=None)


def contacted_by(leg: Leg, region: Region, now: datetime) -> datetime | None:
    """By when somebody contacts her if she says now that nobody has; None at a desk that never opens. One statement, then none for half a minute."""
    try:
        return due(work_calendar(leg.desk), now, working_days=region.taken_up_days)
    except (NeverOpens, OutsideCalendar):
        return None
