"""How promises were kept is told of the organisation that kept them, though the part has gone to another one since."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import house_only

SQL = "language sql stable security definer set search_path = public, wall, pg_temp"
# At which desk a part lay at a moment: its own, unless a stay elsewhere includes it.
AT = f"""
create function wall.desk_at(leg bigint, own bigint, moment timestamptz) returns bigint {SQL} as $$
  select coalesce((
    select s.desk_id from desk_legstay s where s.leg_id = leg and moment <= s.until and (s.since is null or moment > s.since) limit 1), own)
$$
"""
OPEN = """
    select k.kind, d.organisation_id, wall.month_of(k.due_at), count(*) filter (where k.kept), count(*) filter (where not k.kept)
    from desk_clock k join desk_leg l on l.id = k.leg_id join network_desk d on d.id = {desk},"""
LEAVES = f"""
create or replace function wall.desk_promise_leaves(region bigint, since date, until date)
returns table (kind text, organisation_id bigint, month date, kept bigint, broken bigint) {SQL} as $$
  with counted as (select min(p.month) as first, (max(p.month) + interval '1 month')::date as last from desk_promisecount p),
  parts as (
    select p.kind::text as kind, d.organisation_id, p.month, p.kept::bigint as kept, p.broken::bigint as broken
    from desk_promisecount p join network_desk d on d.id = p.desk_id where d.region_id = region and p.month >= since and p.month < until
    union all
    {{open}}
      lateral (select x.since, x.until from counted c cross join lateral (values
        (wall.begins(since), wall.begins(case when c.first is null then until else least(until, greatest(since, c.first)) end)),
        (wall.begins(case when c.last is null then until else greatest(since, c.last) end), wall.begins(until))
      ) x(since, until) where x.since < x.until) open
    where d.region_id = region and k.kept is not null and k.due_at >= open.since and k.due_at < open.until group by 1, 2, 3
    union all
    select k.kind, d.organisation_id, wall.month_of(k.due_at), 0, count(*)
    from desk_clock k join desk_leg l on l.id = k.leg_id join network_desk d on d.id = l.desk_id
    where d.region_id = region and k.ended_at is null and k.paused_at is null and k.kept is null
      and k.due_at >= wall.begins(since) and k.due_at < least(wall.begins(until), now()) group by 1, 2, 3
  )
  select kind, organisation_id, month, sum(kept)::bigint, sum(broken)::bigint from parts group by 1, 2, 3
$$
"""
AFTER = LEAVES.replace("{open}", OPEN.format(desk="wall.desk_at(l.id, l.desk_id, k.ended_at)").strip())
BEFORE = LEAVES.replace("{open}", OPEN.format(desk="l.desk_id").strip())


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0088_leg_stays")]
    operations: ClassVar[list[Operation]] = [
        *house_only("desk_legstay"),
        migrations.RunSQL("revoke all on desk_legstay from luukku_web", migrations.RunSQL.noop),
        migrations.RunSQL(AT, "drop function wall.desk_at"),
        migrations.RunSQL("revoke execute on function wall.desk_at(bigint, bigint, timestamptz) from public", migrations.RunSQL.noop),
        migrations.RunSQL("grant execute on function wall.desk_at(bigint, bigint, timestamptz) to luukku_house", migrations.RunSQL.noop),
        migrations.RunSQL(AFTER, BEFORE),
    ]
