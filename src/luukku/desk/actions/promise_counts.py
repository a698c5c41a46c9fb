"""How many limits of each month were kept, counted for the whole network at once, so that no page counts a million."""

from datetime import datetime

from django.db import connection
from django.utils import timezone

from luukku.core.actor import act_as_house
from luukku.core.months import ended_months

MONTHS = 36
_COUNT = """
insert into desk_promisecount (desk_id, kind, month, kept, broken)
select coalesce(s.desk_id, l.desk_id), k.kind, date_trunc('month', k.due_at at time zone 'Europe/Helsinki')::date, count(*) filter (where k.kept),
  count(*) filter (where not k.kept)
from desk_clock k join desk_leg l on l.id = k.leg_id
left join desk_legstay s on s.leg_id = l.id and k.ended_at <= s.until and (s.since is null or k.ended_at > s.since)
where k.kept is not null and k.due_at >= %s::timestamp at time zone 'Europe/Helsinki' and k.due_at < %s::timestamp at time zone 'Europe/Helsinki'
group by 1, 2, 3
"""


def count_promises(*, at: datetime | None = None) -> int:
    """Replace all counts by those of the last three years' ended months; returns how many cells. Readers see the old ones until it is done."""
    months = ended_months(MONTHS, timezone.localdate(at) if at else None)
    with act_as_house("count how the promises of the whole network were kept"), connection.cursor() as cursor:
        cursor.execute("delete from desk_promisecount")
        cursor.execute(_COUNT, [months.first, months.until])
        return int(cursor.rowcount)
