"""What a party still has open in a region: number, state and lateness, never the customer or the words."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils import timezone

from luukku.desk.enums import CaseState
from luukku.network.models import Participation
from luukku.network.queries.holding import what_holds


@dataclass(frozen=True)
class OpenLeg:
    pk: int
    number: str
    state: str
    due_at: datetime | None

    @property
    def state_words(self) -> str:
        return str(CaseState(self.state).label)

    @property
    def is_late(self) -> bool:
        return self.due_at is not None and self.due_at < timezone.now()


def open_legs(organisation_id: int, region_id: int) -> list[OpenLeg]:
    """For the region's coordinator, the organisation's own people and the house; nobody else gets any. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("select leg_id, number, state, due_at from wall.agreements_open_legs(%s, %s)", [organisation_id, region_id])
        return [OpenLeg(*row) for row in cursor.fetchall()]


def also_open(organisation_id: int, region_id: int) -> list[str]:
    """What else is to be ended before it leaves the region, in sentences: they hold no name and no number."""
    parts = Participation.objects.filter(organisation=organisation_id, region=region_id, valid_until=None).values_list("pk", flat=True)
    return [sentence for pk in parts for sentence in what_holds("network.participation", pk)]
