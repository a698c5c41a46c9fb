"""How many companies of a region have asked for something, by segment and how long ago: numbers only."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

USE = """
create function wall.desk_company_use(region bigint, day date) returns table (segment text, used text, companies bigint)
language sql stable security definer set search_path = public, wall, pg_temp as $$
  select f.segment, case when l.latest is null then 'never' when l.latest > day - 365 then 'year' else 'before' end, count(*)
  from wall.customers_region_segments(region, day) f
  left join lateral (
    select max((c.contacted_at at time zone 'Europe/Helsinki')::date) as latest from desk_case c
    where c.company_id = f.company_id and (c.contacted_at at time zone 'Europe/Helsinki')::date <= day) l on true
  group by 1, 2
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0069_segment_said"), ("customers", "0023_segment_figures")]
    operations: ClassVar[list[Operation]] = [migrations.RunSQL(USE, "drop function wall.desk_company_use(bigint, date)")]
