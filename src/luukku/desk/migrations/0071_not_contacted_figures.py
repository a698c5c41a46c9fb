"""How often customers said that nobody had contacted them, by organisation and month: numbers of whole months, none of fewer than five of others."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

SQL = "language sql stable security definer set search_path = public, wall, pg_temp"
FIGURES = f"""
create function wall.desk_not_contacted(region bigint, since date, until date)
returns table (month date, organisation_id bigint, times bigint) {SQL} as $$
  with counted as materialized (
    select d.organisation_id, d.organisation_id::text as key, wall.month_of(e.at) as month, count(*) as n
    from core_event e join desk_leg l on l.id = (e.facts->>'leg')::bigint join network_desk d on d.id = l.desk_id
    where e.action = 'case.not_contacted' and e.subject_kind = 'desk.case' and e.region_id = region
      and e.at >= wall.begins(since) and e.at < wall.begins(wall.ended_months(since, until))
    group by 1, 2, 3
  ), period as (
    select null::date as first, since as begins, wall.ended_months(since, until) as ends
    union all select m::date, m::date, (m + interval '1 month')::date
    from generate_series(since::timestamp, wall.ended_months(since, until)::timestamp - interval '1 month', interval '1 month') m
  ), told as (
    select p.first, e.key, e.month from period p, lateral wall.enough(
      array(select row(c.key, c.month, c.n)::wall.leaf from counted c where c.month >= p.begins and c.month < p.ends), p.begins, p.ends) e
    union select p.first, c.key, c.month from period p join counted c on c.month >= p.begins and c.month < p.ends
    where c.organisation_id in (select o.id from network_organisation o where o.principal = any(wall.principals()))
  )
  select t.first, c.organisation_id, sum(c.n)::bigint
  from told t join counted c on c.key = t.key and c.month = t.month group by 1, 2 order by 1, 2
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0070_company_use")]
    operations: ClassVar[list[Operation]] = [migrations.RunSQL(FIGURES, "drop function wall.desk_not_contacted")]
