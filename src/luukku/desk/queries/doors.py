"""Where a need goes and in which hours its promise is counted."""

from django.db.models import Exists, OuterRef, Q

from luukku.core.remembered import Remembered
from luukku.core.worktime import WorkCalendar
from luukku.desk.enums import BookState
from luukku.desk.models import RuleBook
from luukku.network.models import Desk
from luukku.network.queries.calendars import desk_calendar

KEEP_SECONDS = 30
_calendars: Remembered[WorkCalendar] = Remembered(KEEP_SECONDS)


def work_calendar(desk: Desk) -> WorkCalendar:
    """The hours of a desk, remembered for half a minute: each intake and each message asks for them."""
    return _calendars.get(desk.pk, lambda: desk_calendar(desk))


def _has_rules() -> Exists:
    return Exists(RuleBook.objects.filter(region=OuterRef("region"), state=BookState.USED))


def desk_for(region_id: int, service_id: int | None = None) -> Desk | None:
    """The desk of the service's primary provider in the region, else the region's front desk, else None. One statement.

    Annotated with `has_rules`: whether any routing rules are in use in the region.
    """
    desks = Desk.objects.filter(region_id=region_id, deactivated_at=None).select_related("organisation").annotate(has_rules=_has_rules())
    provides = Q(
        organisation__provided_services__service_id=service_id,
        organisation__provided_services__region_id=region_id,
        organisation__provided_services__is_primary=True,
    )
    if service_id is not None:
        return desks.filter(Q(is_front=True) | provides).order_by("is_front", "id").first()
    return desks.filter(is_front=True).first()
