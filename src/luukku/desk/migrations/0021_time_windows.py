"""Three windows in numbers: how long matters take, for what they wait, and for what they waited when a promise broke."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

DEFINER = "language sql stable security definer set search_path = public, wall, pg_temp"
TYPICAL = f"""
create function wall.desk_typical_days(region bigint, service bigint, fewest integer) returns table (median double precision, matters bigint)
{DEFINER} as $$
  select case when count(*) >= greatest(fewest, 5)
      then percentile_cont(.5) within group (order by extract(epoch from l.settled_at - c.contacted_at) / 86400) end, count(*)
  from desk_leg l join desk_case c on c.id = l.case_id
  where l.service_id = service and c.region_id = region and l.state = 'settled' and l.settled_at > now() - interval '1 year'
$$
"""
WAITS = f"""
create function wall.desk_waits(region bigint, since timestamptz, until timestamptz) returns table (cause text, spells bigint, days double precision)
{DEFINER} as $$
  select w.cause, count(*), sum(extract(epoch from least(coalesce(w.ended_at, now()), until) - greatest(w.started_at, since)) / 86400)
  from desk_wait w join desk_leg l on l.id = w.leg_id join network_desk d on d.id = l.desk_id
  where d.region_id = region and w.started_at < until and coalesce(w.ended_at, now()) > since group by w.cause order by w.cause
$$
"""
BROKEN = f"""
create function wall.desk_broken(region bigint, since timestamptz, until timestamptz) returns table (cause text, promises bigint)
{DEFINER} as $$
  select b.waiting_for, count(*) from desk_breach b join network_desk d on d.id = b.desk_id
  where d.region_id = region and b.due_at >= since and b.due_at < until group by b.waiting_for order by b.waiting_for
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0020_seat_window")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(TYPICAL, "drop function wall.desk_typical_days"),
        migrations.RunSQL(WAITS, "drop function wall.desk_waits"),
        migrations.RunSQL(BROKEN, "drop function wall.desk_broken"),
    ]
