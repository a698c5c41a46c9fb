"""A shepherd reads the matters of the customers who let him, as they themselves do, while the relation lasts; nothing inside, nobody else's.

His door stands among the readers of a case that is open or ended after he began. It is not among those who read what is inside.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential, written_by_triggers

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
SQL = "language sql stable security definer set search_path = public, wall, pg_temp"
SORTED = "select coalesce(array_agg(distinct p order by p), '{}') from unnest"
IN_FORCE = """
s.ended_at is null and exists (select 1 from customers_shepherdmandate m where m.shepherd_id = s.id and m.kind = 'see' and m.ended_at is null)
"""

SHEPHERDS_OF_CASE = f"""
create function wall.desk_case_shepherds(c desk_case) returns bigint[] {SQL} as $$
  select coalesce(array_agg(s.principal), '{{}}') from customers_shepherd s
  where s.customer_id = c.customer_id and (s.business_id = '' or s.business_id = c.business_id)
    and (c.settled_at is null or c.settled_at >= s.starts_at) and {IN_FORCE}
$$
"""
# What a case keeps of its readers when it is joined to another one holds no shepherd: he reads by what she lets him now.
READERS_OF_CASE = f"""
create or replace function wall.desk_case_readers(c desk_case) returns bigint[] {SQL} as $$
  {SORTED}(array[
    c.door_principal,
    (select principal from customers_customer where id = c.customer_id),
    (select principal from network_organisation where id = c.logged_by_id)
  ] || wall.desk_case_shepherds(c) || array(
    select o.principal from desk_leg l join network_desk d on d.id = l.desk_id join network_organisation o on o.id = d.organisation_id
    where l.case_id = c.id and c.joined_into_id is null
  ) || case when c.joined_into_id is null then '{{}}' else
    wall.without(c.kept_readers, array(select s.principal from customers_shepherd s where s.principal = any(c.kept_readers)))
      || wall.desk_customer_readers(c.joined_into_id) end) as p where p is not null
$$
"""
STAFF_READERS = f"""
create or replace function wall.desk_staff_readers(c desk_case) returns bigint[] {SQL} as $$
  select coalesce(array_agg(p order by p), '{{}}') from unnest(c.readers) as p
  where p <> c.door_principal and p is distinct from (select principal from customers_customer where id = c.customer_id)
    and (c.joined_into_id is null or p <> all(wall.desk_customer_readers(c.joined_into_id)))
    and not exists (select 1 from customers_shepherd s where s.principal = p)
$$
"""
CONTACT_READERS = f"""
create or replace function wall.desk_contact_readers(customer bigint) returns bigint[] {SQL} as $$
  {SORTED}(array(
    select unnest(readers) from desk_case where customer_id = customer
    union select principal from customers_customer where id = customer
    union select s.principal from customers_shepherd s where s.customer_id = customer and {IN_FORCE}
  )) as p
$$
"""
TELL = f"""
create function wall.desk_tell_cases(customer bigint) returns void {DEFINER} as $$
begin
  update desk_case c set readers = '{{}}' where c.customer_id = customer and c.readers is distinct from wall.desk_case_readers(c);
  update customers_contact k set readers = wall.desk_contact_readers(customer)
    where k.customer_id = customer and k.readers is distinct from wall.desk_contact_readers(customer);
end $$
"""
OF_SHEPHERD = f"""
create function wall.desk_shepherd_after() returns trigger {DEFINER} as $$
begin
  perform wall.desk_tell_cases(new.customer_id);
  return null;
end $$
"""
OF_MANDATE = f"""
create function wall.desk_mandate_after() returns trigger {DEFINER} as $$
begin
  perform wall.desk_tell_cases((select customer_id from customers_shepherd where id = new.shepherd_id));
  return null;
end $$
"""
CASE_AFTER = f"""
create function wall.desk_case_keeping() returns trigger {DEFINER} as $$
begin
  update desk_chase set readers = new.readers where case_id = new.id;
  update desk_newscall set readers = new.readers where case_id = new.id;
  return null;
end $$
"""
DOOR = """
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
  ) then
    raise exception 'a new case has a door of its own' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$
"""
INNER = ("desk_case_shepherds(desk_case)", "desk_tell_cases(bigint)")
HISTORY = [
    "alter table desk_casecompanyevent enable row level security, force row level security",
    "create policy house on desk_casecompanyevent to luukku_house using (true) with check (true)",
    "create policy own on desk_casecompanyevent to luukku_owner using (true) with check (true)",
]


def _trigger(name: str, table: str, when: str, function: str) -> Operation:
    return migrations.RunSQL(
        f"create trigger {name} {when} on {table} for each row execute function wall.{function}", f"drop trigger {name} on {table}"
    )


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0053_chases_and_calls"), ("customers", "0007_shepherd_walls")]
    operations: ClassVar[list[Operation]] = [
        *confidential("desk_chase", index=False),
        *confidential("desk_newscall", index=False),
        *[
            migrations.RunSQL(statement, migrations.RunSQL.noop)
            for statement in (
                SHEPHERDS_OF_CASE, READERS_OF_CASE, STAFF_READERS, CONTACT_READERS, TELL, OF_SHEPHERD, OF_MANDATE, CASE_AFTER, DOOR,
            )
        ],
        _trigger("wall_cases", "customers_shepherd", "after update of ended_at", "desk_shepherd_after()"),
        _trigger("wall_cases", "customers_shepherdmandate", "after insert or update of ended_at", "desk_mandate_after()"),
        _trigger("wall_before", "desk_chase", "before insert or update", "desk_child_before('all')"),
        _trigger("wall_before", "desk_newscall", "before insert or update", "desk_child_before('all')"),
        _trigger("own_leg", "desk_newscall", "before insert or update of leg_id, case_id", "desk_own_leg()"),
        migrations.RunSQL(
            "create trigger wall_keeping after update on desk_case for each row when (new.readers is distinct from old.readers)"
            " execute function wall.desk_case_keeping()",
            "drop trigger wall_keeping on desk_case",
        ),
        *[
            migrations.RunSQL(
                [f"revoke execute on function wall.{name} from public", f"grant execute on function wall.{name} to luukku_house"],
                migrations.RunSQL.noop,
            )
            for name in INNER
        ],
        migrations.RunSQL(HISTORY, migrations.RunSQL.noop),
        *written_by_triggers("desk_casecompanyevent", "pgtrigger_corrected_update_af7d4"),
    ]  # fmt: skip
