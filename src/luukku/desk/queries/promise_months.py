"""How the promise was kept month by month, by clock and organisation: the same window as for the public figures, asked once for all months."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from luukku.core.actor import Actor
from luukku.core.months import Months
from luukku.desk.enums import PROMISES
from luukku.desk.queries.promise import Kept
from luukku.network.access import may
from luukku.network.access.figures import require_figures
from luukku.network.enums import Right
from luukku.network.models import Region


@dataclass(frozen=True)
class MonthFigure:
    """Limits of one clock of one organisation that fell into one month; `month` is None for all months together."""

    month: date | None
    kind: str
    organisation_id: int
    kept: Kept


def promise_months(actor: Actor, region: Region, months: Months) -> list[MonthFigure]:
    """Each month, and all of them together: of other organisations than the actor's what is few in a month stands in the whole only.

    One statement. Raises NotAllowed for those who may not see the region's figures.
    """
    require_figures(actor, region.pk)
    with connection.cursor() as cursor:
        cursor.execute(
            "select first, kind, organisation_id, kept, broken from wall.desk_promise_by_month(%s, %s, %s) where kind = any(%s)",
            [region.pk, months.first, months.until, list(PROMISES)],
        )
        return [MonthFigure(month, kind, organisation, Kept(kept, kept + broken)) for month, kind, organisation, kept, broken in cursor.fetchall()]


def lateness_regions(actor: Actor) -> list[Region]:
    """Regions whose late cases the actor may see by number, desk and lateness. One statement."""
    mine = {seat.region_id for seat in actor.seats if seat.region_id and may(actor, Right.SEE_LATENESS, region_id=seat.region_id)}
    return list(Region.objects.filter(pk__in=mine).order_by("code")) if mine else []
