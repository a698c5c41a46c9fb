"""What became of a region's handovers: numbers only, through a window."""

from dataclasses import dataclass

from django.db import connection

from luukku.core.actor import Actor
from luukku.core.months import Months
from luukku.network.access.figures import require_figures
from luukku.network.models import Region


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


@dataclass(frozen=True)
class Result:
    """What came of the handovers from one organisation to another. `hours` is the median from sending to the customer's first contact.

    What was handed over ended with `helped` (something came of it), `nothing`, `withdrawn` or `not_for_us`. None where fewer than five.
    """

    hours: float | None = None
    contacted: int | None = None
    helped: int | None = None
    nothing: int | None = None
    withdrawn: int | None = None
    not_for_us: int | None = None


def handover_results(actor: Actor, region: Region, months: Months) -> dict[tuple[int, int | None], Result]:
    """By passer and receiver (None: outside the network), of whole months. Two statements. Raises NotAllowed."""
    require_figures(actor, region.pk)
    with connection.cursor() as cursor:
        cursor.execute(
            "select passer, receiver, told, matters, hours from wall.desk_handover_results(%s, %s, %s)", [region.pk, months.first, months.until]
        )
        rows = cursor.fetchall()
    found: dict[tuple[int, int | None], dict[str, float | int]] = {}
    for passer, receiver, told, matters, hours in rows:
        values = {"hours": hours, "contacted": matters} if told == "contact" else {told.replace("-", "_"): matters}
        found.setdefault((passer, receiver), {}).update(values)
    return {pair: Result(**values) for pair, values in found.items()}  # type: ignore[arg-type]
