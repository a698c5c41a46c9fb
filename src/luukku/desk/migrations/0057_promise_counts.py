"""How the promise was kept is read from counts of whole months, made anew each hour: a million limits cannot be counted at each look.

Months that are not among the counts are counted as before, so that nothing waits for the first count. A limit that is late and still runs
has no end to be counted by: those are few, and looked for at each question.
"""

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import house_only

SQL = "language sql stable security definer set search_path = public, wall, pg_temp"
# By kind, organisation and month. The limits of counted months stand in the counts, those of others are counted here.
LEAVES = f"""
create function wall.desk_promise_leaves(region bigint, since date, until date)
returns table (kind text, organisation_id bigint, month date, kept bigint, broken bigint) {SQL} as $$
  with counted as (select min(p.month) as first, (max(p.month) + interval '1 month')::date as last from desk_promisecount p),
  parts as (
    select p.kind::text as kind, d.organisation_id, p.month, p.kept::bigint as kept, p.broken::bigint as broken
    from desk_promisecount p join network_desk d on d.id = p.desk_id where d.region_id = region and p.month >= since and p.month < until
    union all
    select k.kind, d.organisation_id, wall.month_of(k.due_at), count(*) filter (where k.kept), count(*) filter (where not k.kept)
    from desk_clock k join desk_leg l on l.id = k.leg_id join network_desk d on d.id = l.desk_id,
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
COUNTED = """
  counted as materialized (
    select l.kind, l.organisation_id, l.month, l.kind || ' ' || l.organisation_id as key, l.kept + l.broken as n, l.kept
    from wall.desk_promise_leaves(region, since, wall.ended_months(since, until)) l
  )
"""
MONTHS = "(region bigint, since date, until date)"
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
create or replace function wall.desk_promise_by_month{MONTHS}
returns table (first date, kind text, organisation_id bigint, kept bigint, broken bigint) {SQL} as $$
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


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0056_e_service_walls"), ("network", "0009_past_hours")]
    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            name="PromiseCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("taken-up", "Taken up"), ("informed", "Kept informed"), ("guided", "Guided, not sent away"), ("statement", "Statement")], max_length=15)),
                ("month", models.DateField(help_text="into which the limits fell, by the Finnish clock")),
                ("kept", models.PositiveIntegerField()),
                ("broken", models.PositiveIntegerField()),
                ("desk", models.ForeignKey(on_delete=models.deletion.CASCADE, related_name="+", to="network.desk")),
            ],
            options={
                "ordering": ("month", "id"),
                "indexes": [models.Index(fields=["month"], name="promise_count_month")],
                "constraints": [models.UniqueConstraint(fields=("desk", "kind", "month"), name="promise_count_cell")],
            },
        ),
        *house_only("desk_promisecount"),
        migrations.RunSQL("revoke all on desk_promisecount from luukku_web", migrations.RunSQL.noop),
        migrations.RunSQL(LEAVES, "drop function wall.desk_promise_leaves"),
        migrations.RunSQL("revoke execute on function wall.desk_promise_leaves(bigint, date, date) from public", migrations.RunSQL.noop),
        migrations.RunSQL(PROMISE, migrations.RunSQL.noop),
        migrations.RunSQL(BY_MONTH, migrations.RunSQL.noop),
    ]
