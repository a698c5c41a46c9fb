"""How the promise was kept, all months in one answer: each limit is read once, where the page's thirteen periods read it twenty-six times.

What is told is as before: of every period what stands on five at least by the months that it is made of, and of the asker's own organisations all.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

SQL = "language sql stable security definer set search_path = public, wall, pg_temp"
MONTHS = "(region bigint, since date, until date)"
# Counted by month before anything else is done with them: there are a few hundred of these and hundreds of thousands of limits.
COUNTED = """
  counted as materialized (
    select k.kind, d.organisation_id, wall.month_of(k.due_at) as month, k.kind || ' ' || d.organisation_id as key,
      count(*) as n, count(*) filter (where k.kept is true) as kept
    from desk_clock k join desk_leg l on l.id = k.leg_id join network_desk d on d.id = l.desk_id
    where d.region_id = region and k.due_at >= wall.begins(since) and k.due_at < wall.begins(wall.ended_months(since, until))
      and (k.kept is not null or (k.ended_at is null and k.paused_at is null and k.due_at < now()))
    group by 1, 2, 3
  )
"""
PROMISE = f"""
create or replace function wall.desk_promise_kept{MONTHS} returns table (kind text, organisation_id bigint, kept bigint, broken bigint) {SQL} as $$
  with {COUNTED}
  select c.kind, c.organisation_id, sum(c.kept)::bigint, sum(c.n - c.kept)::bigint from counted c
  join wall.enough(array(select row(c.key, c.month, c.n)::wall.leaf from counted c), since, wall.ended_months(since, until)) e
    on e.key = c.key and e.month = c.month
  group by 1, 2 order by 1, 2
$$
"""
BY_MONTH = f"""
create function wall.desk_promise_by_month{MONTHS} returns table (first date, kind text, organisation_id bigint, kept bigint, broken bigint) {SQL} as $$
  with {COUNTED}, period as (
    select null::date as first, since as begins, wall.ended_months(since, until) as ends
    union all select m::date, m::date, (m + interval '1 month')::date
    from generate_series(since::timestamp, wall.ended_months(since, until)::timestamp - interval '1 month', interval '1 month') m
  ), told as (
    select p.first, e.key, e.month from period p, lateral wall.enough(
      array(select row(c.key, c.month, c.n)::wall.leaf from counted c where c.month >= p.begins and c.month < p.ends), p.begins, p.ends) e
    union select p.first, c.key, c.month from period p join counted c on c.month >= p.begins and c.month < p.ends
    where c.organisation_id in (select o.id from network_organisation o where o.principal = any(wall.principals()))
  )
  select t.first, c.kind, c.organisation_id, sum(c.kept)::bigint, sum(c.n - c.kept)::bigint
  from told t join counted c on c.key = t.key and c.month = t.month group by 1, 2, 3 order by 1, 2, 3
$$
"""
BEFORE = f"""
create function wall.desk_own_promise{MONTHS} returns table (kind text, organisation_id bigint, kept bigint, broken bigint) {SQL} as $$
  with {COUNTED}
  select c.kind, c.organisation_id, sum(c.kept)::bigint, sum(c.n - c.kept)::bigint from counted c
  where c.organisation_id in (select o.id from network_organisation o where o.principal = any(wall.principals())) group by 1, 2 order by 1, 2
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0047_statement_legs")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(PROMISE, migrations.RunSQL.noop),
        migrations.RunSQL(BY_MONTH, "drop function wall.desk_promise_by_month"),
        migrations.RunSQL("drop function wall.desk_own_promise(bigint, date, date)", BEFORE),
    ]
