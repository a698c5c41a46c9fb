"""How often customers of a region said that nobody had contacted them, by organisation and month."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from luukku.core.actor import Actor
from luukku.core.months import Months
from luukku.network.access.figures import require_figures
from luukku.network.models import Organisation


@dataclass(frozen=True)
class NotContacted:
    """`month` is None for all months together."""

    organisation: str
    month: date | None
    times: int


def not_contacted(actor: Actor, region_id: int, months: Months) -> list[NotContacted]:
    """All months together first, the most often first; then each month. Of other organisations than the actor's none of fewer than five.

    Three statements. Raises NotAllowed for who may not see the figures.
    """
    require_figures(actor, region_id)
    with connection.cursor() as cursor:
        cursor.execute("select month, organisation_id, times from wall.desk_not_contacted(%s, %s, %s)", [region_id, months.first, months.until])
        rows = cursor.fetchall()
    asked = {organisation for _month, organisation, _times in rows} or {0}  # as many statements for none
    names = {each.pk: str(each.name) for each in Organisation.objects.filter(pk__in=asked)}
    found = [NotContacted(names[organisation], month, times) for month, organisation, times in rows]
    return sorted(found, key=lambda each: (each.month or date.min, -each.times, each.organisation))
