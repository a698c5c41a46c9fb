"""Who may read a case, computed by the database.

Readers of a case: its own door (the status link), the customer, the organisation that logged it, and the organisation of each leg's desk.
Its children carry copies; internal ones without the customer and the door. Trigger functions are definers: they must see all legs.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential

TABLES = (
    "desk_case", "desk_leg", "desk_clock", "desk_statuslink", "desk_message", "desk_note", "desk_attachment", "desk_proposal",
    "desk_outcome", "desk_feedback",
)  # fmt: skip
DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
SORTED = "select coalesce(array_agg(distinct p order by p), '{}') from unnest"

READERS_OF_CASE = f"""
create function wall.desk_case_readers(c desk_case) returns bigint[]
language sql stable security definer set search_path = public, wall, pg_temp as $$
  {SORTED}(array[
    c.door_principal,
    (select principal from customers_customer where id = c.customer_id),
    (select principal from network_organisation where id = c.logged_by_id)
  ] || array(
    select o.principal from desk_leg l join network_desk d on d.id = l.desk_id join network_organisation o on o.id = d.organisation_id
    where l.case_id = c.id
  )) as p where p is not null
$$
"""
STAFF_READERS = """
create function wall.desk_staff_readers(c desk_case) returns bigint[]
language sql stable security definer set search_path = public, wall, pg_temp as $$
  select coalesce(array_agg(p order by p), '{}') from unnest(c.readers) as p
  where p <> c.door_principal and p is distinct from (select principal from customers_customer where id = c.customer_id)
$$
"""
# Whether the statement comes from a request or a job of one actor, and so must keep to what that actor may read.
BY_WEB = """
create function wall.by_web() returns boolean language sql stable as $$
  select session_user = 'luukku_web' or coalesce(current_setting('role', true), '') = 'luukku_web'
$$
"""
# Naming another's customer on one's own case would open her contact data; a new customer is nobody's yet.
CUSTOMER_OPEN = """
create function wall.desk_customer_is_open(customer bigint, own_case bigint) returns boolean
language sql stable security definer set search_path = public, wall, pg_temp as $$
  select coalesce(
    (select readers && wall.principals() from customers_contact where customer_id = customer),
    not exists (select 1 from desk_case where customer_id = customer and id <> own_case))
$$
"""
CASE_BEFORE = f"""
create function wall.desk_case_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    new.door_principal := old.door_principal;
  end if;
  if wall.by_web() and new.customer_id is not null and (tg_op = 'INSERT' or new.customer_id is distinct from old.customer_id)
     and not wall.desk_customer_is_open(new.customer_id, new.id) then
    raise exception 'a customer of others cannot be named' using errcode = 'insufficient_privilege';
  end if;
  new.readers := wall.desk_case_readers(new);
  if tg_op = 'INSERT' or new.subject is distinct from old.subject or new.own_words is distinct from old.own_words then
    new.search := to_tsvector('finnish', new.subject || ' ' || new.own_words)
      || to_tsvector('swedish', new.subject || ' ' || new.own_words) || to_tsvector('english', new.subject || ' ' || new.own_words)
      || to_tsvector('simple', new.number || ' ' || new.subject);
  end if;
  return new;
end $$
"""
CASE_AFTER = f"""
create function wall.desk_case_after() returns trigger {DEFINER} as $$
declare staff bigint[];
begin
  if tg_op = 'INSERT' or new.readers is distinct from old.readers or new.customer_id is distinct from old.customer_id then
    if new.customer_id is not null then
      update customers_contact k set readers = wall.desk_contact_readers(k.customer_id)
        where k.customer_id = new.customer_id and k.readers is distinct from wall.desk_contact_readers(k.customer_id);
    end if;
  end if;
  if tg_op = 'UPDATE' and new.readers is distinct from old.readers then
    staff := wall.desk_staff_readers(new);
    update desk_leg set readers = new.readers where case_id = new.id and readers is distinct from new.readers;
    update desk_clock set readers = new.readers
      where leg_id in (select id from desk_leg where case_id = new.id) and readers is distinct from new.readers;
    update desk_statuslink set readers = new.readers where case_id = new.id;
    update desk_message set readers = new.readers where case_id = new.id;
    update desk_note set readers = staff where case_id = new.id;
    update desk_proposal set readers = staff where case_id = new.id;
    update desk_outcome set readers = new.readers where case_id = new.id;
    update desk_feedback set readers = new.readers where case_id = new.id;
    update desk_attachment set readers = case when note_id is null then new.readers else staff end where case_id = new.id;
  end if;
  return null;
end $$
"""
CONTACT_READERS = f"""
create function wall.desk_contact_readers(customer bigint) returns bigint[]
language sql stable security definer set search_path = public, wall, pg_temp as $$
  {SORTED}(array(
    select unnest(readers) from desk_case where customer_id = customer
    union select principal from customers_customer where id = customer
  )) as p
$$
"""
CHILD_BEFORE = f"""
create function wall.desk_child_before() returns trigger {DEFINER} as $$
declare parent desk_case;
begin
  select * into parent from desk_case where id = new.case_id;
  if tg_argv[0] = 'staff' then new.readers := wall.desk_staff_readers(parent); else new.readers := parent.readers; end if;
  return new;
end $$
"""
CLOCK_BEFORE = f"""
create function wall.desk_clock_before() returns trigger {DEFINER} as $$
begin
  select readers into new.readers from desk_leg where id = new.leg_id;
  return new;
end $$
"""
ATTACHMENT_BEFORE = f"""
create function wall.desk_attachment_before() returns trigger {DEFINER} as $$
declare parent desk_case;
begin
  select * into parent from desk_case where id = new.case_id;
  new.readers := case when new.note_id is null then parent.readers else wall.desk_staff_readers(parent) end;
  if wall.by_web() and (tg_op = 'INSERT' or new.file_id is distinct from old.file_id)
     and not exists (select 1 from core_storedfile where id = new.file_id and readers && wall.principals()) then
    raise exception 'only a file of one''s own can be attached' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$
"""
ATTACHMENT_AFTER = f"""
create function wall.desk_attachment_after() returns trigger {DEFINER} as $$
begin
  update core_storedfile set readers = new.readers where id = new.file_id and readers is distinct from new.readers;
  return null;
end $$
"""
# Hanging a leg on a foreign case would open the case to its desk, hence the test. A new leg's desk must be among the readers before the case is told; the case then tells everybody else.
LEG_BEFORE = f"""
create function wall.desk_leg_before() returns trigger {DEFINER} as $$
declare own bigint; parent bigint[];
begin
  select readers into parent from desk_case where id = new.case_id;
  if wall.by_web() and (tg_op = 'INSERT' or new.case_id is distinct from old.case_id) and not parent && wall.principals() then
    raise exception 'a leg is added to a case of one''s own' using errcode = 'insufficient_privilege';
  end if;
  select o.principal into own from network_desk d join network_organisation o on o.id = d.organisation_id where d.id = new.desk_id;
  new.readers := ({SORTED}(parent || own) as p);
  return new;
end $$
"""
LEG_AFTER = f"""
create function wall.desk_leg_after() returns trigger {DEFINER} as $$
begin
  if tg_op = 'INSERT' or tg_op = 'DELETE' or new.desk_id is distinct from old.desk_id then
    update desk_case c set readers = '{{}}' where c.id = coalesce(new.case_id, old.case_id)
      and c.readers is distinct from wall.desk_case_readers(c);
  end if;
  return null;
end $$
"""
TRIGGERS = (
    ("desk_case", "before insert or update", "desk_case_before()"),
    ("desk_case", "after insert or update", "desk_case_after()"),
    ("desk_leg", "before insert or update", "desk_leg_before()"),
    ("desk_leg", "after insert or update or delete", "desk_leg_after()"),
    ("desk_clock", "before insert or update", "desk_clock_before()"),
    ("desk_attachment", "before insert or update", "desk_attachment_before()"),
    ("desk_attachment", "after insert or update", "desk_attachment_after()"),
    ("desk_statuslink", "before insert or update", "desk_child_before('all')"),
    ("desk_message", "before insert or update", "desk_child_before('all')"),
    ("desk_outcome", "before insert or update", "desk_child_before('all')"),
    ("desk_feedback", "before insert or update", "desk_child_before('all')"),
    ("desk_note", "before insert or update", "desk_child_before('staff')"),
    ("desk_proposal", "before insert or update", "desk_child_before('staff')"),
)


def _trigger(table: str, when: str, function: str) -> Operation:
    name = f"wall_{when.split()[0]}"
    return migrations.RunSQL(
        f"create trigger {name} {when} on {table} for each row execute function wall.{function}", f"drop trigger {name} on {table}"
    )


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0001_initial"), ("customers", "0002_walls")]
    operations: ClassVar[list[Operation]] = [
        *[operation for table in TABLES for operation in confidential(table, index=table in ("desk_case", "desk_leg"))],
        migrations.RunSQL("create index desk_leg_open_readers on desk_leg using gin (readers) where is_open", "drop index desk_leg_open_readers"),
        migrations.RunSQL("create index desk_case_search on desk_case using gin (search)", "drop index desk_case_search"),
        *[
            migrations.RunSQL(statement)
            for statement in (
                BY_WEB, CUSTOMER_OPEN, READERS_OF_CASE, STAFF_READERS, CONTACT_READERS, CASE_BEFORE, CASE_AFTER, CHILD_BEFORE, CLOCK_BEFORE,
                ATTACHMENT_BEFORE, ATTACHMENT_AFTER, LEG_BEFORE, LEG_AFTER,
            )
        ],
        *[_trigger(*trigger) for trigger in TRIGGERS],
    ]  # fmt: skip
