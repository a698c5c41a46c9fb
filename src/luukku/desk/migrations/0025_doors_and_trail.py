"""A door is nobody else's principal; what hangs on a case hangs on its own parts; a case's trail is read by those who read the case."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import given_principal

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
# With a link of one's own to a door that is an organisation's principal, the link would read all that the organisation reads.
DOOR = f"""
create function wall.desk_door_guard() returns trigger {DEFINER} as $$
begin
  if wall.by_web() and (
    not coalesce(new.door_principal = any(wall.principals()), false)
    or exists (select 1 from network_organisation where principal = new.door_principal)
    or exists (select 1 from network_person where principal = new.door_principal)
    or exists (select 1 from customers_customer where principal = new.door_principal)
    or exists (select 1 from desk_kiosk where principal = new.door_principal)
  ) then
    raise exception 'a new case has a door of its own' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$
"""
OWN_LEG = f"""
create function wall.desk_own_leg() returns trigger {DEFINER} as $$
begin
  if new.leg_id is not null and not exists (select 1 from desk_leg where id = new.leg_id and case_id = new.case_id) then
    raise exception 'the leg is of one''s own case' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$
"""
OWN_TALK = f"""
create function wall.desk_own_talk() returns trigger {DEFINER} as $$
begin
  if (new.message_id is not null and not exists (select 1 from desk_message where id = new.message_id and case_id = new.case_id))
     or (new.note_id is not null and not exists (select 1 from desk_note where id = new.note_id and case_id = new.case_id)) then
    raise exception 'the message is of one''s own case' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$
"""
# The trail names nobody, but tells of a case which service, which face, when and by whom.
TRAIL = r"""
alter table core_event enable row level security, force row level security;
create policy web_adds on core_event for insert to luukku_web with check (true);
create policy web_reads on core_event for select to luukku_web using (subject_kind !~ '^(desk|customers|core)\.'
  or (subject_kind = 'desk.case' and exists (select 1 from desk_case c where c.id = subject_id)));
create policy house on core_event to luukku_house using (true) with check (true);
create policy own on core_event to luukku_owner using (true) with check (true);
"""


def _trigger(name: str, table: str, when: str, function: str) -> Operation:
    return migrations.RunSQL(
        f"create trigger {name} before {when} on {table} for each row execute function wall.{function}()", f"drop trigger {name} on {table}"
    )


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("desk", "0024_handover_windows"),
        ("core", "0005_principals_are_given"),
        ("customers", "0004_companies_of_the_register"),
        ("network", "0003_principal_not_in_history"),
    ]
    operations: ClassVar[list[Operation]] = [
        given_principal("desk_kiosk"),
        migrations.RunSQL(DOOR, "drop function wall.desk_door_guard()"),
        migrations.RunSQL(OWN_LEG, "drop function wall.desk_own_leg()"),
        migrations.RunSQL(OWN_TALK, "drop function wall.desk_own_talk()"),
        _trigger("guard_door", "desk_case", "insert", "desk_door_guard"),
        *[_trigger("own_leg", table, "insert or update of leg_id, case_id", "desk_own_leg") for table in ("desk_message", "desk_note", "desk_proposal")],
        _trigger("own_talk", "desk_attachment", "insert or update of message_id, note_id, case_id", "desk_own_talk"),
        migrations.RunSQL(TRAIL, migrations.RunSQL.noop),
    ]
