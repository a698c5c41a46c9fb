"""How many companies of a region are of which segment, by industry, municipality and age: numbers only."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

# Before a company's segment was first reckoned, the first that is known stands for it.
OF_REGION = """
create function wall.customers_region_segments(region bigint, day date)
returns table (company_id bigint, segment text, industry text, municipality text, founded_on date)
language sql stable security definer set search_path = public, wall, pg_temp as $$
  select c.id, coalesce(s.segment, ''), case when c.industry_system in ('tol2008', 'tol2025') then left(c.industry, 2) else '' end, m.code, c.founded_on
  from network_regionmunicipality r join network_municipality m on m.id = r.municipality_id join customers_company c on c.municipality_id = m.id
  left join lateral (
    select x.segment from customers_companysegment x where x.company_id = c.id
    order by (x.first_day <= day and (x.end_day is null or x.end_day > day)) desc, x.first_day limit 1) s on true
  where r.region_id = region and (r.valid_from is null or r.valid_from <= day) and (r.valid_until is null or r.valid_until > day)
    and (c.ended_on is null or c.ended_on > day) and (c.status <> 'ceased' or c.ended_on > day)
$$
"""
CELLS = """
create function wall.customers_segment_cells(region bigint, day date) returns table (what text, segment text, key text, companies bigint)
language sql stable security definer set search_path = public, wall, pg_temp as $$
  with found as materialized (select * from wall.customers_region_segments(region, day))
  select 'industry', f.segment, f.industry, count(*) from found f group by 2, 3
  union all select 'municipality', f.segment, f.municipality, count(*) from found f group by 2, 3
  union all
  select 'age', f.segment, case when f.founded_on is null then '' when f.founded_on > day - 1096 then '0' when f.founded_on > day - 3653 then '3' else '10' end,
    count(*) from found f group by 2, 3
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("customers", "0022_text_messages"), ("network", "0010_shepherds_seat")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(OF_REGION, "drop function wall.customers_region_segments(bigint, date)"),
        migrations.RunSQL(CELLS, "drop function wall.customers_segment_cells(bigint, date)"),
        migrations.RunSQL("revoke execute on function wall.customers_region_segments(bigint, date) from public", migrations.RunSQL.noop),
    ]
