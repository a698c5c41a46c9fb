"""When a door is open, as its customers read it: now, next, and the week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from luukku.core.remembered import Remembered
from luukku.core.worktime import DayHours, Days, closing, due, is_open, next_opening, unusual_days, week_of
from luukku.desk.queries.doors import desk_for, work_calendar
from luukku.network.models import Desk, Region


@dataclass(frozen=True)
class Door:
    """A region's front desk, or an organisation's own, at one moment: open or not, and by when a need sent now is taken up."""

    desk: Desk
    now: datetime
    is_open: bool
    closes_at: datetime | None
    opens_at: datetime
    taken_up_by: datetime
    week: Sequence[Days]
    unusual: Sequence[DayHours]


_front_desks: Remembered[Desk | None] = Remembered(30)


def door_of(region: Region, now: datetime | None = None) -> Door | None:
    """The region's front desk; None where it has none. Four statements, then none for half a minute."""
    desk = _front_desks.get(region.pk, lambda: desk_for(region.pk))
    return door_at(desk, region, now) if desk is not None else None


def door_at(desk: Desk, region: Region, now: datetime | None = None) -> Door:
    """The door of one desk: the region's front desk, or an organisation's own."""
    calendar, now = work_calendar(desk), timezone.localtime(now)
    return Door(
        desk=desk,
        now=now,
        is_open=is_open(calendar, now),
        closes_at=closing(calendar, now),
        opens_at=next_opening(calendar, now),
        taken_up_by=due(calendar, now, working_days=region.taken_up_days),
        week=week_of(calendar),
        unusual=unusual_days(calendar, now.date()),
    )
