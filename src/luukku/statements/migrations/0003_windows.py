"""Windows of statements: an outside organisation's link, the way from a statement to the case that waits for it, and figures."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

DEFINER = "language sql stable security definer set search_path = public, wall, pg_temp"
LINK = f"""
create function wall.statements_link(given bytea) returns table (principal bigint) {DEFINER} as $$
  select s.door_principal from statements_statement s join statements_consent c on c.id = s.consent_id
  where s.link_digest = given and s.link_expires_at > now() and s.state in ('sent', 'accepted', 'given') and c.withdrawn_at is null
$$
"""
# Who gives a statement changes the case that waits for it, which she never reads: the actions act as the case's readers for one act.
DOOR = f"""
create function wall.statements_door(statement bigint) returns table (case_id bigint, principals bigint[]) {DEFINER} as $$
  select c.id, c.readers from statements_statement s join desk_case c on c.id = s.case_id
  where s.id = statement and s.state in ('sent', 'accepted', 'given') and wall.statements_giver(s, false) && wall.principals()
$$
"""
# Numbers only, of whole months and in atoms of at least five (desk's `whole_months`): what one form asks of one organisation for another. Both
# of them know their own, however few. A median of fewer than five would tell of single customers, and says nothing.
FIGURES = f"""
create function wall.statements_figures(region bigint, since date, until date)
returns table (form_id bigint, organisation_id bigint, asked bigint, given bigint, declined bigint, late bigint, median_days double precision)
{DEFINER} as $$
  with rows as materialized (
    select s.id, s.state, s.sent_at, s.given_at, s.closed_at, s.due_at, v.form_id, d.organisation_id, wall.month_of(s.sent_at) as month,
      v.form_id || ' ' || coalesce(d.organisation_id, 0) || ' ' || f.organisation_id as key,
      exists (select 1 from network_organisation o
        where o.id in (d.organisation_id, f.organisation_id) and o.principal = any(wall.principals())) as own
    from statements_statement s join statements_formversion v on v.id = s.form_id join network_desk f on f.id = s.from_desk_id
      left join network_desk d on d.id = s.to_desk_id
    where s.region_id = region and s.sent_at >= wall.begins(since) and s.sent_at < wall.begins(wall.ended_months(since, until))
  ), told as (
    select r.* from rows r left join wall.enough(
      array(select row(r.key, r.month, count(*))::wall.leaf from rows r group by r.key, r.month), since, wall.ended_months(since, until)
    ) e on e.key = r.key and e.month = r.month
    where r.own or e.key is not null
  )
  select form_id, organisation_id, count(*), count(*) filter (where state = 'given'), count(*) filter (where state = 'declined'),
    count(*) filter (where coalesce(closed_at, now()) > due_at and state in ('sent', 'accepted', 'given')),
    case when count(*) filter (where state = 'given') >= 5 then
      percentile_cont(0.5) within group (order by extract(epoch from given_at - sent_at) / 86400.0) filter (where state = 'given') end
  from told group by 1, 2 order by 1, 2
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("statements", "0002_walls"), ("desk", "0039_whole_months")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(LINK, "drop function wall.statements_link"),
        migrations.RunSQL(DOOR, "drop function wall.statements_door"),
        migrations.RunSQL(FIGURES, "drop function wall.statements_figures"),
    ]
