"""The customer alone gives her word on what came of her matter; and how much of it she has confirmed, as numbers of whole months.

An atom of the figures is of one kind of outcome and one organisation, and either confirmed or not. Nobody can subtract one from the claimed: a
month's confirmed are told only where its unconfirmed of the same kind, if there are any, could be told too.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
SQL = "language sql stable security definer set search_path = public, wall, pg_temp"
WITHIN = "o.created_at >= wall.begins(since) and o.created_at < wall.begins(wall.ended_months(since, until))"

# Somebody of the network may take a word away with the figure on which it was given, or write the figure that the customer gave.
WORD_BEFORE = f"""
create function wall.desk_outcome_word() returns trigger {DEFINER} as $$
begin
  if not wall.by_web() or coalesce(current_setting('luukku.person', true), '') = '' or new.word = '' then
    return new;
  end if;
  if tg_op = 'INSERT' then
    raise exception 'the customer alone says what came of her matter' using errcode = 'insufficient_privilege';
  end if;
  if old.word = 'corrected' and new.word = 'confirmed' and coalesce(new.amount, new.count) = old.word_figure then
    return new;
  end if;
  if (new.word, new.word_at, new.word_figure, new.without_help, new.kind, new.finance, new.amount, new.count)
      is distinct from (old.word, old.word_at, old.word_figure, old.without_help, old.kind, old.finance, old.amount, old.count) then
    raise exception 'the customer alone says what came of her matter' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$
"""
FIGURES = f"""
create function wall.desk_confirmed_figures(region bigint, since date, until date)
returns table (kind text, finance text, organisation_id bigint, again boolean, matters bigint, euros numeric, people bigint) {SQL} as $$
  with rows as materialized (
    select o.case_id, o.kind, o.finance, d.organisation_id, o.same_as_id is not null or c.joined_into_id is not null as again,
      o.word in ('confirmed', 'corrected') as stands,
      case when o.word = 'corrected' and o.kind not in ('jobs', 'recruited') then o.word_figure else o.amount end as amount,
      case when o.word = 'corrected' and o.kind in ('jobs', 'recruited') then o.word_figure else o.count end as count,
      wall.month_of(o.created_at) as month,
      concat_ws(' ', o.kind, o.finance, d.organisation_id, o.same_as_id is not null or c.joined_into_id is not null) as key
    from desk_outcome o join desk_case c on c.id = o.case_id join desk_leg l on l.id = o.leg_id join network_desk d on d.id = l.desk_id
    where c.region_id = region and {WITHIN}
  ), leaves as (
    select r.key || case when r.stands then ' yes' else ' no' end as key, r.month, count(*) as n from rows r group by 1, 2
    union all select r.key, r.month, count(*) from rows r group by 1, 2
  ), enough as (
    select e.key, e.month from wall.enough(
      array(select row(l.key, l.month, l.n)::wall.leaf from leaves l), since, wall.ended_months(since, until)) e
  ), told as (
    select r.* from rows r where r.stands and exists (select 1 from enough e where e.key = r.key and e.month = r.month)
      and exists (select 1 from enough e where e.key = r.key || ' yes' and e.month = r.month)
      and (exists (select 1 from enough e where e.key = r.key || ' no' and e.month = r.month)
        or not exists (select 1 from leaves l where l.key = r.key || ' no' and l.month = r.month))
  )
  select kind, finance, organisation_id, again, count(distinct case_id), sum(amount), sum(count)::bigint
  from told where wall.ended_months(since, until) is not null group by 1, 2, 3, 4 order by 1, 2, 3, 4
$$
"""
# The condition at the end is asked first of all, whatever way the database chooses: periods that are not whole months are refused.
CLAIMED = f"""
create or replace function wall.desk_outcome_figures(region bigint, since date, until date)
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
  select kind, finance, organisation_id, again, count(distinct case_id), sum(amount), sum(count)::bigint
  from told where wall.ended_months(since, until) is not null group by 1, 2, 3, 4 order by 1, 2, 3, 4
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0085_claims")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(WORD_BEFORE, "drop function wall.desk_outcome_word cascade"),
        migrations.RunSQL(
            "create trigger guard_word before insert or update on desk_outcome for each row execute function wall.desk_outcome_word()",
            "drop trigger guard_word on desk_outcome",
        ),
        migrations.RunSQL(FIGURES, "drop function wall.desk_confirmed_figures"),
        migrations.RunSQL(CLAIMED, migrations.RunSQL.noop),
    ]
