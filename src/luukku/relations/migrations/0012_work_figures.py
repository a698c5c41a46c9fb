"""What all of a region's people have logged is a figure of the region: by what was done and by which channel, nothing of fewer than five a month."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

SQL = "language sql stable security definer set search_path = public, wall, pg_temp"
FIGURES = f"""
create function wall.relations_work_figures(region bigint, since date, until date)
returns table (action text, channel text, n bigint) {SQL} as $$
  with rows as materialized (
    select e.id, e.action::text as action, coalesce(e.facts ->> 'channel', '') as channel, wall.month_of(e.at) as month,
      e.action || '/' || coalesce(e.facts ->> 'channel', '') as key
    from core_event e
    where e.region_id = region and e.person_id is not null and e.at >= wall.begins(since) and e.at < wall.begins(wall.ended_months(since, until))
      and e.action in ('case.received', 'case.taken_up', 'case.settled', 'visit.held', 'lead.given', 'needs.mapped')
  ), told as (
    select r.* from rows r join wall.enough(
      array(select row(r.key, r.month, count(*))::wall.leaf from rows r group by r.key, r.month), since, wall.ended_months(since, until)
    ) e on e.key = r.key and e.month = r.month
  )
  select action, channel, count(*) from told group by 1, 2 order by 1, 2
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("relations", "0011_talk_walls")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(FIGURES, "drop function wall.relations_work_figures"),
    ]
