"""How many companies of a region are in change, by segment: changing owners, considering to go abroad, or growing at home. Numbers only.

As it was known on the day: from what organisations had written down by then, for the register tells none of it. Who does several of them is
counted by the first.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

DAY = "({0} at time zone 'Europe/Helsinki')::date"
CHANGE = f"""
create function wall.customers_segment_change(region bigint, day date) returns table (segment text, key text, companies bigint)
language sql stable security definer set search_path = public, wall, pg_temp as $$
  with known as materialized (
    select f.company_id, f.field, f.value #>> '{{}}' as value from customers_companyfact f
    where f.field in ('stage', 'export', 'growth') and {DAY.format("f.made_at")} <= day and (f.ended_at is null or {DAY.format("f.ended_at")} > day)),
  changing as (
    select k.company_id,
      case when bool_or(k.field = 'stage' and k.value = 'succession') then 'owners'
        when bool_or(k.field = 'export' and k.value = 'considering') then 'abroad'
        when bool_or(k.field = 'growth' and k.value in ('growing', 'fast')) and not bool_or(k.field = 'export' and k.value in ('seeking', 'significant'))
          then 'home' end as key
    from known k group by 1)
  select s.segment, coalesce(c.key, 'none'), count(*) from wall.customers_region_segments(region, day) s left join changing c using (company_id)
  group by 1, 2
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("customers", "0036_roles_of_contacts")]
    operations: ClassVar[list[Operation]] = [migrations.RunSQL(CHANGE, "drop function wall.customers_segment_change(bigint, date)")]
