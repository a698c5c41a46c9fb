"""Who reads what a host did for somebody who walked in, and the window of the house's figures.

Readers: the organisations that read the case (never the customer's link), and the person to whom she was guided.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential

DEFINER = "security definer set search_path = public, wall, pg_temp"
READERS = f"""
create function wall.desk_walk_in_readers(c desk_case, who bigint) returns bigint[] language sql stable {DEFINER} as $$
  select coalesce(array_agg(distinct p order by p), '{{}}')
  from unnest(wall.desk_staff_readers(c) || (select principal from network_person where id = who)) as p where p is not null
$$
"""
# Named as its person one would read it: so it may be hung on a case only by who reads the case, and be moved to another by nobody.
BEFORE = f"""
create function wall.desk_walk_in_before() returns trigger language plpgsql {DEFINER} as $$
declare parent desk_case;
begin
  select * into parent from desk_case where id = new.case_id;
  if wall.by_web() and (tg_op = 'INSERT' or new.case_id is distinct from old.case_id or new.person_id is distinct from old.person_id)
     and not parent.readers && wall.principals() then
    raise exception 'a walk-in is written on a case of one''s own' using errcode = 'insufficient_privilege';
  end if;
  new.readers := wall.desk_walk_in_readers(parent, new.person_id);
  return new;
end $$
"""
AFTER = f"""
create function wall.desk_case_walk_ins() returns trigger language plpgsql {DEFINER} as $$
begin
  update desk_walkin set readers = wall.desk_walk_in_readers(new, person_id) where case_id = new.id;
  return null;
end $$
"""
# Whole months and atoms of at least five, as the other windows of figures. A walk that nobody confirmed was no meeting: it counts as handed over.
FIGURES = f"""
create function wall.desk_walk_in_figures(house bigint, since date, until date) returns table (outcome text, came bigint)
language sql stable {DEFINER} as $$
  with rows as materialized (
    select r.outcome, r.month, r.outcome || ' ' || r.readers as key from (
      select case when w.way = 'walk' and w.met_at is null then 'pass' else w.way end as outcome, wall.month_of(w.created_at) as month, array(
          select d.organisation_id from desk_leg l join network_desk d on d.id = l.desk_id
          where l.case_id = w.case_id and l.received_at <= coalesce(w.met_at, w.created_at)
          union select c.logged_by_id where c.logged_by_id is not null order by 1)::text as readers
      from desk_walkin w join desk_case c on c.id = w.case_id
      where w.premises_id = house and w.created_at >= wall.begins(since) and w.created_at < wall.begins(wall.ended_months(since, until))
    ) r
  ), told as (
    select r.* from rows r join wall.enough(
      array(select row(r.key, r.month, count(*))::wall.leaf from rows r group by r.key, r.month), since, wall.ended_months(since, until)
    ) e on e.key = r.key and e.month = r.month
  )
  select outcome, count(*) from told group by outcome order by outcome
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0042_walk_ins")]
    operations: ClassVar[list[Operation]] = [
        *confidential("desk_walkin"),
        migrations.RunSQL(
            [READERS, "revoke execute on function wall.desk_walk_in_readers from public"], "drop function wall.desk_walk_in_readers"
        ),
        migrations.RunSQL(BEFORE, "drop function wall.desk_walk_in_before"),
        migrations.RunSQL(AFTER, "drop function wall.desk_case_walk_ins"),
        migrations.RunSQL(
            "create trigger wall_before before insert or update on desk_walkin for each row execute function wall.desk_walk_in_before()",
            "drop trigger wall_before on desk_walkin",
        ),
        migrations.RunSQL(
            "create trigger wall_after_walk_in after update on desk_case for each row when (new.readers is distinct from old.readers)"
            " execute function wall.desk_case_walk_ins()",
            "drop trigger wall_after_walk_in on desk_case",
        ),
        migrations.RunSQL(FIGURES, "drop function wall.desk_walk_in_figures"),
    ]
