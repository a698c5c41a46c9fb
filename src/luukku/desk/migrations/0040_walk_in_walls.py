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
FIGURES = f"""
create function wall.desk_walk_in_figures(house bigint, since timestamptz, until timestamptz)
returns table (month date, came bigint, met bigint, waits bigint, booked bigint, passed bigint, advised bigint, kept bigint, known bigint, guides bigint)
language sql stable {DEFINER} as $$
  select date_trunc('month', created_at at time zone 'Europe/Helsinki')::date, count(*),
    count(*) filter (where way = 'walk' and met_at is not null),
    count(*) filter (where way = 'walk' and met_at is null and created_at > now() - interval '2 hours'),
    count(*) filter (where way = 'book'),
    count(*) filter (where way = 'pass' or (way = 'walk' and met_at is null and created_at <= now() - interval '2 hours')),
    count(*) filter (where way = 'done'), count(*) filter (where way = 'mine'),
    count(*) filter (where was_known), count(guide_id)
  from desk_walkin where premises_id = house and created_at >= since and created_at < until group by 1 order by 1
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0039_walk_ins")]
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
