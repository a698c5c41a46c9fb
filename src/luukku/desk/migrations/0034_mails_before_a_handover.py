"""A mail that came before a handover was accepted is not read by the organisation that accepted it: only what was passed is."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
# Organisations that have come to the case by handovers only, all of them accepted after the moment.
LATER = """
create function wall.desk_came_later(own_case bigint, moment timestamptz) returns bigint[]
language sql stable security definer set search_path = public, wall, pg_temp as $$
  select coalesce(array_agg(o.principal), '{}') from network_organisation o where o.id in (
    select d.organisation_id from desk_leg l join network_desk d on d.id = l.desk_id left join desk_handover h on h.received_leg_id = l.id
    where l.case_id = own_case group by d.organisation_id having bool_and(coalesce(h.accepted_at > moment, false)))
  and o.id is distinct from (select logged_by_id from desk_case where id = own_case)
$$
"""
BEFORE = f"""
create or replace function wall.desk_mail_before() returns trigger {DEFINER} as $$
declare parent desk_case;
begin
  if new.case_id is not null then
    select * into parent from desk_case where id = new.case_id;
  end if;
  if wall.by_web() then
    if tg_op = 'INSERT' or new.original_id is distinct from old.original_id or new.mailbox_id <> old.mailbox_id
       or (new.case_id is distinct from old.case_id and not coalesce(parent.readers && wall.principals(), false)) then
      raise exception 'a mail is taken in by the house' using errcode = 'insufficient_privilege';
    end if;
  end if;
  new.readers := case when new.case_id is not null then wall.without(parent.readers, wall.desk_came_later(parent.id, new.taken_at))
    when tg_op = 'UPDATE' and old.case_id is null then old.readers else wall.desk_front_readers(new.mailbox_id) end;
  return new;
end $$
"""
AFTER = f"""
create or replace function wall.desk_mail_after() returns trigger {DEFINER} as $$
declare staff bigint[] := new.readers;
begin
  if new.case_id is not null then
    select wall.without(wall.desk_staff_readers(c), wall.desk_came_later(c.id, new.taken_at)) into staff from desk_case c where id = new.case_id;
  end if;
  update core_storedfile set readers = staff where id = new.original_id and readers is distinct from staff;
  return null;
end $$
"""
ACCEPTED = f"""
create function wall.desk_handover_mails() returns trigger {DEFINER} as $$
begin
  update desk_incomingmail set readers = '{{}}' where case_id = new.case_id;
  return null;
end $$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0033_routing_window")]
    operations: ClassVar[list[Operation]] = [
        *[migrations.RunSQL(statement, migrations.RunSQL.noop) for statement in (BEFORE, AFTER)],
        migrations.RunSQL(LATER, "drop function wall.desk_came_later"),
        migrations.RunSQL(
            ["revoke execute on function wall.desk_came_later(bigint, timestamptz) from public",
             "grant execute on function wall.desk_came_later(bigint, timestamptz) to luukku_house"],
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(ACCEPTED, "drop function wall.desk_handover_mails() cascade"),
        migrations.RunSQL(
            "create trigger wall_mails after update on desk_handover for each row when (new.received_leg_id is distinct from old.received_leg_id)"
            " execute function wall.desk_handover_mails()",
            "drop trigger wall_mails on desk_handover",
        ),
        migrations.RunSQL("update desk_incomingmail set readers = '{}'", migrations.RunSQL.noop),
    ]  # fmt: skip
