"""What became of a region's handovers: numbers only, through a window."""

from dataclasses import dataclass

from django.db import connection

from luukku.core.months import Months


@dataclass(frozen=True)
class HandoverFigures:
    """Handovers sent in whole months. `hours` is the median from sending to the customer's first contact; None where fewer than five."""

    made: int
    accepted: int
    declined: int
    contacted: int
    warm: int
    hours: float | None

    @property
    def answered(self) -> int:
        return self.accepted + self.declined


def handover_figures(region_id: int, months: Months) -> HandoverFigures:
    """For a region; anybody may ask, for it tells of nobody. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select made, accepted, declined, contacted, warm, hours from wall.desk_handover_figures(%s, %s, %s)",
            [region_id, months.first, months.until],
        )
        return HandoverFigures(*cursor.fetchone())
