"""Employers looked for in a region, and people who got work, as claimed and as confirmed: whole months, of five leads at least."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

SQL = "language sql stable security definer set search_path = public, wall, pg_temp"
FIGURES = f"""
create function wall.relations_placement_figures(region bigint, since date, until date)
returns table (leads bigint, claimed bigint, confirmed bigint) {SQL} as $$
  with rows as materialized (
    select l.id, wall.month_of(l.given_at) as month, l.placed, l.placed_sure
    from relations_lead l
    where l.region_id = region and l.source = 'placing' and l.given_at >= wall.begins(since)
      and l.given_at < wall.begins(wall.ended_months(since, until))
  ), told as (
    select r.* from rows r join wall.enough(
      array(select row('placing', r.month, count(*))::wall.leaf from rows r group by r.month), since, wall.ended_months(since, until)
    ) e on e.month = r.month
  )
  select count(*), coalesce(sum(placed), 0)::bigint, coalesce(sum(placed_sure), 0)::bigint from told
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("relations", "0013_placements")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(FIGURES, "drop function wall.relations_placement_figures"),
    ]
