"""Who may read a mail that came: those of its case; of one that made no case, the organisation that keeps the region's front desk.

The original shows addresses and headers, so the customer's link never opens it: it may have come from somebody else.
Mails are written by the house alone. A request may only say of which case a mail is, and both must be the actor's to see.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
FRONT = """
create function wall.desk_front_readers(box bigint) returns bigint[]
language sql stable security definer set search_path = public, wall, pg_temp as $$
  select coalesce(array_agg(distinct o.principal order by o.principal), '{}')
  from desk_mailbox m join network_desk d on d.region_id = m.region_id and d.is_front and d.deactivated_at is null
  join network_organisation o on o.id = d.organisation_id where m.id = box
$$
"""
BEFORE = f"""
create function wall.desk_mail_before() returns trigger {DEFINER} as $$
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
  new.readers := case when new.case_id is not null then parent.readers
    when tg_op = 'UPDATE' and old.case_id is null then old.readers else wall.desk_front_readers(new.mailbox_id) end;
  return new;
end $$
"""
AFTER = f"""
create function wall.desk_mail_after() returns trigger {DEFINER} as $$
declare staff bigint[] := new.readers;
begin
  if new.case_id is not null then
    select wall.desk_staff_readers(c) into staff from desk_case c where id = new.case_id;
  end if;
  update core_storedfile set readers = staff where id = new.original_id and readers is distinct from staff;
  return null;
end $$
"""
CASE_AFTER = f"""
create function wall.desk_case_mail_after() returns trigger {DEFINER} as $$
begin
  update desk_incomingmail set readers = new.readers where case_id = new.id;
  return null;
end $$
"""
INNER = "desk_front_readers(bigint)"


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0008_mailboxes")]
    operations: ClassVar[list[Operation]] = [
        *confidential("desk_incomingmail"),
        *[migrations.RunSQL(statement) for statement in (FRONT, BEFORE, AFTER, CASE_AFTER)],
        migrations.RunSQL(f"revoke execute on function wall.{INNER} from public", migrations.RunSQL.noop),
        migrations.RunSQL(
            "create trigger wall_before before insert or update on desk_incomingmail for each row execute function wall.desk_mail_before()",
            "drop trigger wall_before on desk_incomingmail",
        ),
        migrations.RunSQL(
            "create trigger wall_after after insert or update on desk_incomingmail for each row execute function wall.desk_mail_after()",
            "drop trigger wall_after on desk_incomingmail",
        ),
        migrations.RunSQL(
            "create trigger wall_mail after update on desk_case for each row when (new.readers is distinct from old.readers)"
            " execute function wall.desk_case_mail_after()",
            "drop trigger wall_mail on desk_case",
        ),
    ]
