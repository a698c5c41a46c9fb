"""How many companies of a region have asked the network for something, by segment: numbers only."""

from datetime import date

from django.db import connection
from django.utils.translation import gettext_lazy as _

from luukku.core.registries import SegmentColumns

_USES = {"never": _("Never in contact"), "year": _("In contact within a year"), "before": _("In contact earlier")}


def _cells(region_id: int, day: date) -> dict[tuple[str, str], int]:
    with connection.cursor() as cursor:
        cursor.execute("select segment, used, companies from wall.desk_company_use(%s, %s)", [region_id, day])
        return {(segment, used): count for segment, used, count in cursor.fetchall()}


COLUMNS = SegmentColumns(_("Service use"), 40, _cells, lambda key: str(_USES[key]))
