"""For what a region's matters waited, and what they waited for when a promise broke: numbers only."""

from dataclasses import dataclass

from django.db import connection

from luukku.core.actor import Actor
from luukku.core.months import Months
from luukku.network.access.figures import require_figures


@dataclass(frozen=True)
class Cause:
    """One cause (empty: nothing, the matter was in our hands): spells of waiting that ended, their calendar days, broken promises."""

    cause: str
    spells: int = 0
    days: float = 0.0
    broken: int = 0


def causes(actor: Actor, region_id: int, months: Months) -> list[Cause]:
    """Most days first, our own hands last. Two statements besides that of the regions. Raises NotAllowed for who may not see the figures."""
    require_figures(actor, region_id)
    with connection.cursor() as cursor:
        cursor.execute("select cause, spells, days from wall.desk_waits(%s, %s, %s)", [region_id, months.first, months.until])
        waits = {cause: (int(spells), float(days or 0)) for cause, spells, days in cursor.fetchall()}
        cursor.execute("select cause, promises from wall.desk_broken(%s, %s, %s)", [region_id, months.first, months.until])
        broken = {cause: int(promises) for cause, promises in cursor.fetchall()}
    found = [Cause(cause, *waits.get(cause, (0, 0.0)), broken.get(cause, 0)) for cause in waits.keys() | broken.keys()]
    return sorted(found, key=lambda each: (each.cause == "", -each.days, each.cause))
