"""Who leads the desks of an organisation today."""

from django.utils import timezone

from luukku.network.enums import Right, roles_with
from luukku.network.models import Seat


def leads_of(organisation_id: int) -> list[int]:
    """Keys of its desk leads who work here, in the order of their seats."""
    seats = Seat.objects.on(timezone.localdate()).filter(
        role__in=roles_with(Right.LEAD_DESK), organisation_id=organisation_id, person__deactivated_at=None
    )
    return list(dict.fromkeys(seats.order_by("id").values_list("person_id", flat=True)))
