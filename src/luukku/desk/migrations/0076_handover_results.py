"""How long the customers of one organisation's handovers to another waited for its contact, and what came of what was handed over: numbers only.

An atom is of a passer, a receiver (none: outside the network) and one thing that is told of them; both read all of it one by one anyway.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

SQL = "language sql stable security definer set search_path = public, wall, pg_temp"
WITHIN = "{moment} >= wall.begins(since) and {moment} < wall.begins(wall.ended_months(since, until))"
RESULTS = f"""
create function wall.desk_handover_results(region bigint, since date, until date)
returns table (passer bigint, receiver bigint, told text, matters bigint, hours double precision) {SQL} as $$
  with rows as materialized (
    select f.organisation_id as passer, t.organisation_id as receiver, x.told, x.hours, wall.month_of(x.moment) as month,
      concat_ws(' ', f.organisation_id, coalesce(t.organisation_id, 0), x.told) as key
    from desk_handover h
    join network_desk f on f.id = h.from_desk_id
    left join network_desk t on t.id = h.to_desk_id
    left join desk_leg l on l.id = case when h.to_desk_id is null then h.leg_id else h.received_leg_id end
    cross join lateral (
      select 'contact' as told, h.contacted_at as moment, extract(epoch from h.contacted_at - h.sent_at)::double precision / 3600 as hours
      where {WITHIN.format(moment="h.contacted_at")}
      union all
      select case when l.state <> 'settled' then l.state
          when exists (select 1 from desk_outcome o where o.leg_id = l.id and o.kind <> 'nothing') then 'helped' else 'nothing' end,
        l.settled_at, null
      where h.state = 'done' and l.state in ('settled', 'withdrawn', 'not-for-us') and {WITHIN.format(moment="l.settled_at")}
    ) x
    where h.region_id = region and wall.ended_months(since, until) is not null
  ), enough as (
    select r.* from rows r join wall.enough(
      array(select row(r.key, r.month, count(*))::wall.leaf from rows r group by r.key, r.month), since, wall.ended_months(since, until)
    ) e on e.key = r.key and e.month = r.month
  )
  select passer, receiver, told, count(*), percentile_cont(0.5) within group (order by hours) from enough group by 1, 2, 3 order by 1, 2, 3
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0075_finished_outside")]
    operations: ClassVar[list[Operation]] = [migrations.RunSQL(RESULTS, "drop function wall.desk_handover_results")]
