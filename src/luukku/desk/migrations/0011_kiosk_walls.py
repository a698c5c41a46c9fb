"""A tablet and its answers are read by the desk's organisation; who stands before it writes by the tablet's own principal."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential

DEFINER = "security definer set search_path = public, wall, pg_temp"
KIOSK_BEFORE = f"""
create function wall.desk_kiosk_before() returns trigger language plpgsql {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    new.principal := old.principal;
    new.desk_id := old.desk_id;
  end if;
  select array[o.principal, new.principal] into new.readers
    from network_desk d join network_organisation o on o.id = d.organisation_id where d.id = new.desk_id;
  return new;
end $$
"""
ANSWER_BEFORE = f"""
create function wall.desk_kioskanswer_before() returns trigger language plpgsql {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    raise exception 'an answer stands as it was given' using errcode = 'insufficient_privilege';
  end if;
  select readers into new.readers from desk_kiosk where id = new.kiosk_id;
  return new;
end $$
"""
OPEN_KIOSK = f"""
create function wall.desk_open_kiosk(given bytea) returns table (principal bigint) language sql stable {DEFINER} as $$
  select principal from desk_kiosk where digest = given
$$
"""
FACES = f"""
create function wall.desk_kiosk_faces(region bigint, since timestamptz, until timestamptz) returns table (face smallint, answers bigint)
language sql stable {DEFINER} as $$
  select a.face, count(*) from desk_kioskanswer a join desk_kiosk k on k.id = a.kiosk_id join network_desk d on d.id = k.desk_id
  where d.region_id = region and a.given_at >= since and a.given_at < until group by a.face order by a.face
$$
"""


def _trigger(table: str, function: str) -> Operation:
    return migrations.RunSQL(
        f"create trigger wall_before before insert or update on {table} for each row execute function wall.{function}()",
        f"drop trigger wall_before on {table}",
    )


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0010_kiosk")]
    operations: ClassVar[list[Operation]] = [
        *confidential("desk_kiosk"),
        *confidential("desk_kioskanswer", index=False),
        migrations.RunSQL(KIOSK_BEFORE, "drop function wall.desk_kiosk_before"),
        migrations.RunSQL(ANSWER_BEFORE, "drop function wall.desk_kioskanswer_before"),
        migrations.RunSQL(OPEN_KIOSK, "drop function wall.desk_open_kiosk"),
        migrations.RunSQL(FACES, "drop function wall.desk_kiosk_faces"),
        _trigger("desk_kiosk", "desk_kiosk_before"),
        _trigger("desk_kioskanswer", "desk_kioskanswer_before"),
    ]
