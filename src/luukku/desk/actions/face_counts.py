"""How many chose each face in each month, counted for the whole network at once, so that no page counts every answer."""

from datetime import datetime

from django.db import connection
from django.utils import timezone

from luukku.core.actor import act_as_house
from luukku.core.months import ended_months

MONTHS = 36
_COUNT = """
insert into desk_facecount (source, region_id, key, month, face, n)
select source, region_id, key, month, face, count(*) from wall.desk_face_rows(%s, %s) group by 1, 2, 3, 4, 5
"""


def count_faces(*, at: datetime | None = None) -> int:
    """Replace all counts by those of the last three years' ended months; returns how many cells. Readers see the old ones until it is done."""
    months = ended_months(MONTHS, timezone.localdate(at) if at else None)
    with act_as_house("count how customers and visitors said it went"), connection.cursor() as cursor:
        cursor.execute("delete from desk_facecount")
        cursor.execute(_COUNT, [months.first, months.until])
        return int(cursor.rowcount)
