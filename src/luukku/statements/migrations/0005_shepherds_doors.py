"""A shepherd's door is no case's own either: the guard knows all doors, whichever of the migrations that made it came last."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

CASE = """
create or replace function wall.desk_door_guard() returns trigger
language plpgsql security definer set search_path = public, wall, pg_temp as $$
begin
  if wall.by_web() and (
    not coalesce(new.door_principal = any(wall.principals()), false)
    or exists (select 1 from network_organisation where principal = new.door_principal)
    or exists (select 1 from network_person where principal = new.door_principal)
    or exists (select 1 from customers_customer where principal = new.door_principal)
    or exists (select 1 from customers_shepherd where principal = new.door_principal)
    or exists (select 1 from desk_kiosk where principal = new.door_principal)
    or exists (select 1 from desk_handover where door_principal = new.door_principal)
    or exists (select 1 from statements_statement where door_principal = new.door_principal)
  ) then
    raise exception 'a new case has a door of its own' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("statements", "0004_own_door"), ("desk", "0054_shepherd_walls")]
    operations: ClassVar[list[Operation]] = [migrations.RunSQL(CASE, migrations.RunSQL.noop)]
