"""Outcomes that were written down before belong to the part that was settled; and what came of a region's matters, as numbers of whole months.

An atom is of one kind of outcome, one organisation, and either new or the same as another organisation's: who reads one of them reads all.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

SQL = "language sql stable security definer set search_path = public, wall, pg_temp"
WITHIN = "o.created_at >= wall.begins(since) and o.created_at < wall.begins(wall.ended_months(since, until))"
OF_PARTS = """
update desk_outcome o set leg_id = (
  select l.id from desk_leg l where l.case_id = o.case_id order by l.state = 'settled' desc, l.settled_at is null, l.position, l.id limit 1
) where o.leg_id is null
"""
FIGURES = f"""
create function wall.desk_outcome_figures(region bigint, since date, until date)
returns table (kind text, finance text, organisation_id bigint, again boolean, matters bigint, euros numeric, people bigint) {SQL} as $$
  with rows as materialized (
    select o.case_id, o.kind, o.finance, d.organisation_id, o.same_as_id is not null or c.joined_into_id is not null as again, o.amount, o.count,
      wall.month_of(o.created_at) as month,
      concat_ws(' ', o.kind, o.finance, d.organisation_id, o.same_as_id is not null or c.joined_into_id is not null) as key
    from desk_outcome o join desk_case c on c.id = o.case_id join desk_leg l on l.id = o.leg_id join network_desk d on d.id = l.desk_id
    where c.region_id = region and {WITHIN}
  ), told as (
    select r.* from rows r join wall.enough(
      array(select row(r.key, r.month, count(*))::wall.leaf from rows r group by r.key, r.month), since, wall.ended_months(since, until)
    ) e on e.key = r.key and e.month = r.month
  )
  select kind, finance, organisation_id, again, count(distinct case_id), sum(amount), sum(count)::bigint from told group by 1, 2, 3, 4 order by 1, 2, 3, 4
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0061_outcomes_of_parts")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(OF_PARTS, migrations.RunSQL.noop),
        migrations.RunSQL(FIGURES, "drop function wall.desk_outcome_figures"),
    ]
