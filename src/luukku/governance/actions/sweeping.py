"""What happens to groups each morning by itself."""

from datetime import date

from django.utils import timezone

from luukku.core.actor import HOUSE
from luukku.governance.actions.approving import approve_silent
from luukku.governance.actions.clock import nudge
from luukku.governance.actions.entries import remind_of_entries
from luukku.governance.actions.groups import take_seats
from luukku.governance.actions.tasks import remind
from luukku.governance.models import Group


def sweep(today: date | None = None) -> dict[str, int]:
    """New holders of seats become members, minutes whose day has passed are approved, tasks that are due are reminded of. As the house."""
    day = today or timezone.localdate()
    groups = Group.objects.active().select_related("kind").exclude(kind__chair_seat="", kind__member_seat="")
    return {
        "seats": sum(take_seats(by=HOUSE, group=group) for group in groups),
        "approved": approve_silent(day),
        "reminded": remind(day),
        "days": remind_of_entries(day),
        "nudged": nudge(timezone.now()),
    }
