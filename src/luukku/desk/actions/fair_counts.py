"""Whether customers alike in language, place or size were served alike, counted for the whole network at once."""

from datetime import datetime

from django.db import connection
from django.utils import timezone

from luukku.core.actor import act_as_house
from luukku.core.months import ended_months

MONTHS = 12
_ALIKE = "lateral (values ('language', c.language), ('municipality', c.municipality_id::text), ('segment', nullif(c.segment, ''))) x(alike_by, value)"
_COUNT = f"""
insert into desk_faircount (region_id, alike_by, value, kept, broken, faces, face_sum)
select region_id, alike_by, value, sum(kept), sum(broken), sum(faces), sum(face_sum) from (
  select c.region_id, x.alike_by, x.value, k.kept::int as kept, (not k.kept)::int as broken, 0 as faces, 0 as face_sum
  from desk_clock k join desk_leg l on l.id = k.leg_id join desk_case c on c.id = l.case_id, {_ALIKE}
  where k.kind = 'taken-up' and k.kept is not null and x.value is not null
    and k.due_at >= %(first)s::timestamp at time zone 'Europe/Helsinki' and k.due_at < %(until)s::timestamp at time zone 'Europe/Helsinki'
  union all
  select c.region_id, x.alike_by, x.value, 0, 0, 1, f.face
  from desk_feedback f join desk_case c on c.id = f.case_id, {_ALIKE}
  where x.value is not null
    and f.created_at >= %(first)s::timestamp at time zone 'Europe/Helsinki' and f.created_at < %(until)s::timestamp at time zone 'Europe/Helsinki'
) one group by 1, 2, 3
"""


def count_fairness(*, at: datetime | None = None) -> int:
    """Replace all counts by those of the last twelve ended months; returns how many cells. Readers see the old ones until it is done."""
    months = ended_months(MONTHS, timezone.localdate(at) if at else None)
    with act_as_house("count whether all customers were served alike"), connection.cursor() as cursor:
        cursor.execute("delete from desk_faircount")
        cursor.execute(_COUNT, {"first": months.first, "until": months.until})
        return int(cursor.rowcount)
