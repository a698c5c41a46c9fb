"""Who reads whether somebody is in: she herself, and the organisations with whom she shares a house. Whoever joins or leaves changes it at once."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential

DEFINER = "security definer set search_path = public, wall, pg_temp"
READERS = f"""
create function wall.network_presence_readers(who bigint) returns bigint[] language sql stable {DEFINER} as $$
  select coalesce(array_agg(distinct p order by p), '{{}}') from unnest(array(
    select principal from network_person where id = who
    union select o.principal from network_houseplace h join network_premises s on s.id = h.premises_id
      join network_organisation o on o.id in (s.organisation_id, h.organisation_id)
        or o.id in (select m.organisation_id from network_housemember m where m.premises_id = s.id and m.valid_until is null)
      where h.person_id = who and h.valid_until is null
  )) as p where p is not null
$$
"""
# Nobody says of somebody else whether she is in: a row hung on her would be read as her own word.
BEFORE = f"""
create function wall.network_presence_before() returns trigger language plpgsql {DEFINER} as $$
begin
  if (session_user = 'luukku_web' or coalesce(current_setting('role', true), '') = 'luukku_web')
     and not exists (select 1 from network_person where id = new.person_id and principal = any(wall.principals())) then
    raise exception 'one says it of oneself' using errcode = 'insufficient_privilege';
  end if;
  new.readers := wall.network_presence_readers(new.person_id);
  return new;
end $$
"""
# The trigger before is for requests; what follows from a change of the house is the owner's own doing and keeps the row as it was.
AFTER = f"""
create function wall.network_house_after() returns trigger language plpgsql {DEFINER} as $$
begin
  update network_presence set readers = wall.network_presence_readers(person_id)
    where readers is distinct from wall.network_presence_readers(person_id);
  return null;
end $$
"""
GUARD = f"""
create function wall.network_presence_kept() returns trigger language plpgsql {DEFINER} as $$
begin
  new.readers := wall.network_presence_readers(new.person_id);
  return new;
end $$
"""

ON = "on network_presence for each row execute function wall.network_presence"


def _after(table: str) -> Operation:
    return migrations.RunSQL(
        f"create trigger wall_after after insert or update or delete on {table} for each statement execute function wall.network_house_after()",
        f"drop trigger wall_after on {table}",
    )


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("network", "0007_houses")]
    operations: ClassVar[list[Operation]] = [
        *confidential("network_presence"),
        migrations.RunSQL([READERS, "revoke execute on function wall.network_presence_readers from public"], migrations.RunSQL.noop),
        migrations.RunSQL(BEFORE, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
        migrations.RunSQL(AFTER, migrations.RunSQL.noop),
        migrations.RunSQL(f"create trigger wall_before before insert or update of person_id, state, back_at, until {ON}_before()", migrations.RunSQL.noop),
        migrations.RunSQL(f"create trigger wall_kept before update of readers {ON}_kept()", migrations.RunSQL.noop),
        _after("network_housemember"),
        _after("network_houseplace"),
    ]
