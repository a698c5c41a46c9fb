"""How much groups meet tells too what meetings by video save: numbers only."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

SQL = "language sql stable security definer set search_path = public, wall, pg_temp"
NAME = "wall.governance_activity(bigint, date, date)"
COLUMNS = "kind_id bigint, held bigint, invited bigint, present bigint, remote bigint, decisions bigint, tasks bigint, done bigint"
SUMS = "g.kind_id, count(*), sum(a.invited), sum(a.present), sum(a.remote), sum(d.decisions), sum(t.tasks), sum(t.done)"
WAYS = "coalesce(sum(2 * coalesce(b.kilometres, g.kilometres, 0)) filter (where took_part = 'remote'), 0)"


def _activity(columns: str, sums: str, ways: str) -> str:
    return f"""
create function wall.governance_activity(region bigint, since date, until date)
returns table ({columns}) {SQL} as $$
  select {sums}
  from governance_meeting m join governance_group g on g.id = m.group_id
    cross join lateral (select count(*) as invited, count(*) filter (where took_part in ('room', 'remote', 'deputy')) as present,
      count(*) filter (where took_part = 'remote') as remote, {ways} as ways
      from governance_attendance a join governance_membership b on b.id = a.membership_id where a.meeting_id = m.id) a
    cross join lateral (select count(*) as decisions from governance_decision where meeting_id = m.id) d
    cross join lateral (select count(*) as tasks, count(done_at) as done from governance_task where meeting_id = m.id) t
  where g.region_id = region and m.state = 'held' and m.starts_at >= wall.begins(since) and m.starts_at < wall.begins(until)
  group by 1 order by 1
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("governance", "0017_kilometres")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(f"drop function {NAME}", _activity(COLUMNS, SUMS, "0")),
        migrations.RunSQL(_activity(f"{COLUMNS}, kilometres bigint", f"{SUMS}, sum(a.ways)::bigint", WAYS), f"drop function {NAME}"),
    ]
