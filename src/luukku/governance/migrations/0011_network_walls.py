"""Who reads what was talked about with a region's network: the two who talked, and those who keep the region, its area and the nation today."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential

DEFINER = "security definer set search_path = public, wall, pg_temp"
# Who keeps a region by the seat of today: its coordinator, the contact of its area, the nation's owner.
KEEPERS = f"""
create function wall.governance_keepers(wanted bigint) returns bigint[] language sql stable {DEFINER} as $$
  select array(
    select distinct p.principal from network_seat s join network_person p on p.id = s.person_id and p.deactivated_at is null
    where (s.valid_from is null or s.valid_from <= (now() at time zone 'Europe/Helsinki')::date)
      and (s.valid_until is null or s.valid_until >= (now() at time zone 'Europe/Helsinki')::date)
      and (s.role = 'national-owner' or (s.role = 'coordinator' and s.region_id = wanted)
        or (s.role = 'area-contact' and s.area_id in (
          select a.area_id from network_regionarea a where a.region_id = wanted and a.valid_until is null))))
$$
"""
READERS = f"""
create function wall.governance_talk_readers(t governance_networktalk) returns bigint[] language sql stable {DEFINER} as $$
  select coalesce(array_agg(distinct p order by p), '{{}}') from unnest(
    wall.governance_keepers(t.region_id) || array(select principal from network_person where id in (t.person_id, t.met_id))) as p
$$
"""
BEFORE = f"""
create function wall.governance_talk_before() returns trigger language plpgsql {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    new.region_id := old.region_id; new.person_id := old.person_id; new.met_id := old.met_id;
  elsif wall.by_web() and not (wall.governance_keepers(new.region_id) && wall.principals()
      and exists (select 1 from network_person where id = new.person_id and principal = any(wall.principals()))) then
    raise exception 'one writes of talks with networks that one keeps, in one''s own name' using errcode = 'insufficient_privilege';
  end if;
  new.readers := wall.governance_talk_readers(new);
  return new;
end $$
"""
AFTER = f"""
create function wall.governance_talk_after() returns trigger language plpgsql {DEFINER} as $$
begin
  update governance_talkstep set readers = '{{}}' where talk_id = new.id;
  return null;
end $$
"""
STEP = f"""
create function wall.governance_talkstep_before() returns trigger language plpgsql {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then new.talk_id := old.talk_id; end if;
  select readers into new.readers from governance_networktalk where id = new.talk_id;
  if wall.by_web() and not new.readers && wall.principals() then
    raise exception 'one agrees on steps of talks that one reads' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$
"""
# Whoever gets a seat or loses it reads from then on, or no more.
SEATS = f"""
create function wall.governance_talks_of_seats() returns trigger language plpgsql {DEFINER} as $$
begin
  update governance_networktalk t set readers = '{{}}' where t.readers is distinct from wall.governance_talk_readers(t);
  return null;
end $$
"""
KEEPING = "({0}.role = 'coordinator' or {0}.role = 'area-contact' or {0}.role = 'national-owner')"  # as a restored copy says it too


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("governance", "0010_networks"), ("network", "0020_reform_walls")]
    operations: ClassVar[list[Operation]] = [
        *confidential("governance_networktalk"),
        *confidential("governance_talkstep"),
        *[migrations.RunSQL(statement) for statement in (KEEPERS, READERS, BEFORE, AFTER, STEP, SEATS)],
        *[
            migrations.RunSQL(statement)
            for statement in (
                "revoke execute on function wall.governance_keepers(bigint) from public",
                "grant execute on function wall.governance_keepers(bigint) to luukku_house",
                "revoke execute on function wall.governance_talk_readers(governance_networktalk) from public",
                "grant execute on function wall.governance_talk_readers(governance_networktalk) to luukku_house",
                ("create trigger wall_before before insert or update on governance_networktalk"
                " for each row execute function wall.governance_talk_before()"),
                ("create trigger wall_after after update on governance_networktalk"
                " for each row when (new.readers is distinct from old.readers) execute function wall.governance_talk_after()"),
                ("create trigger wall_before before insert or update on governance_talkstep"
                " for each row execute function wall.governance_talkstep_before()"),
                (f"create trigger wall_talks after insert or update on network_seat for each row when {KEEPING.format('new')}"
                " execute function wall.governance_talks_of_seats()"),
                (f"create trigger wall_talks_gone after delete on network_seat for each row when {KEEPING.format('old')}"
                " execute function wall.governance_talks_of_seats()"),
            )
        ],
    ]
