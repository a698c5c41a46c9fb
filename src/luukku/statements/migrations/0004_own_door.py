"""The outside organisation's door of a statement is given, and no case takes it for its own."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

GIVEN = """
create function wall.statements_door_guard() returns trigger language plpgsql as $$
begin
  if current_user = 'luukku_web' then
    new.door_principal := nextval('wall.principal');
  end if;
  return new;
end $$
"""
CASE = """
create or replace function wall.desk_door_guard() returns trigger
language plpgsql security definer set search_path = public, wall, pg_temp as $$
begin
  if wall.by_web() and (
    not coalesce(new.door_principal = any(wall.principals()), false)
    or exists (select 1 from network_organisation where principal = new.door_principal)
    or exists (select 1 from network_person where principal = new.door_principal)
    or exists (select 1 from customers_customer where principal = new.door_principal)
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
    dependencies: ClassVar[list[tuple[str, str]]] = [("statements", "0003_windows"), ("desk", "0026_handovers_own_door")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(GIVEN, "drop function wall.statements_door_guard()"),
        migrations.RunSQL(
            "create trigger guard_door before insert on statements_statement for each row execute function wall.statements_door_guard()",
            "drop trigger guard_door on statements_statement",
        ),
        migrations.RunSQL(CASE, migrations.RunSQL.noop),
    ]
