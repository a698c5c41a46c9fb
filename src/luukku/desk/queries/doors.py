"""Where a need goes and in which hours its promise is counted."""

import time

from django.db import connection
from django.db.models import Q

from luukku.core.worktime import WorkCalendar
from luukku.network.models import Desk
from luukku.network.queries.calendars import desk_calendar

_KEEP_SECONDS = 30.0
_kept: dict[tuple[str, int], tuple[float, WorkCalendar]] = {}


def work_calendar(desk: Desk) -> WorkCalendar:
    """The hours of a desk, remembered by this process for half a minute: each intake and each message asks for them."""
    key = (str(connection.settings_dict["NAME"]), desk.pk)
    found, now = _kept.get(key), time.monotonic()
    if found is not None and found[0] > now:
        return found[1]
    calendar = desk_calendar(desk)
    _kept[key] = (now + _KEEP_SECONDS, calendar)
    return calendar


def forget_calendars() -> None:
    """For tests and for the process that has just changed hours."""
    _kept.clear()


def desk_for(region_id: int, service_id: int | None = None) -> Desk | None:
    """The desk of the service's primary provider in the region, else the region's front desk, else None. One statement."""
    desks = Desk.objects.filter(region_id=region_id, deactivated_at=None).select_related("organisation")
    provides = Q(
        organisation__provided_services__service_id=service_id,
        organisation__provided_services__region_id=region_id,
        organisation__provided_services__is_primary=True,
    )
    if service_id is not None:
        return desks.filter(Q(is_front=True) | provides).order_by("is_front", "id").first()
    return desks.filter(is_front=True).first()
