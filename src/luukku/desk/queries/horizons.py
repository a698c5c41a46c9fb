"""By when a limit must fall to be warned of now: one moment per desk and step, so that the sweep compares and does not count."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from luukku.core.worktime import NeverOpens, OutsideCalendar, WorkCalendar, add_working_minutes, is_open, next_opening, working_minutes_before
from luukku.desk.models import WarningTimes
from luukku.network.models import Desk
from luukku.network.queries.calendars import Calendars


@dataclass(frozen=True, slots=True)
class Horizon:
    """Limits of this desk up to these moments are to be warned of; None while those who would be told are not at work."""

    desk_id: int
    handler: datetime | None
    lead: datetime | None
    coordinator: datetime | None


def horizons(now: datetime) -> list[Horizon]:
    """Of every desk at which somebody can be told just now. Four statements."""
    calendars = Calendars()
    times = WarningTimes.objects.in_bulk()
    defaults = WarningTimes()
    found = []
    for desk_id, region_id in Desk.objects.filter(deactivated_at=None).order_by().values_list("id", "region_id"):
        own = times.get(region_id, defaults)
        horizon = _horizon(desk_id, calendars.of_desk(desk_id, region_id), calendars.of_region(region_id), own, now)
        if horizon.handler or horizon.coordinator:
            found.append(horizon)
    return found


def _horizon(desk_id: int, calendar: WorkCalendar, region: WorkCalendar, times: WarningTimes, now: datetime) -> Horizon:
    """Nobody is told outside her working hours: the desk's for its people, the region's for the coordinator."""
    return Horizon(
        desk_id,
        *((ahead(calendar, now, times.handler_minutes), ahead(calendar, now, times.lead_minutes)) if is_open(calendar, now) else (None, None)),
        coordinators(calendar, now, times) if is_open(region, now) else None,
    )


def coordinators(calendar: WorkCalendar, now: datetime, times: WarningTimes) -> datetime | None:
    """Up to which limit the coordinator is told: before it is due, or so long after it as the region has chosen."""
    if times.coordinator_minutes >= 0:
        return ahead(calendar, now, times.coordinator_minutes)
    return _known(lambda: working_minutes_before(calendar, now, -times.coordinator_minutes))


def ahead(calendar: WorkCalendar, now: datetime, minutes: int) -> datetime | None:
    """The last moment to which no more than so many working minutes are left."""
    return _known(lambda: next_opening(calendar, add_working_minutes(calendar, now, minutes)) if minutes else now)


def _known(count: Callable[[], datetime]) -> datetime | None:
    try:
        return count()
    except (NeverOpens, OutsideCalendar):  # a desk that never opens: nothing can be due there
        return None
