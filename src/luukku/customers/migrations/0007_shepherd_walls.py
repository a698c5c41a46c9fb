"""Who may read of a shepherd: those who read his customer's contact data, he himself by the relation's door, and the buyer.

Contracts name no customer: they are kept by the buyer's leads and the region's coordinator, and read by the provider's shepherds.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential, given_principal, written_by_triggers

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
INVOKER = "language plpgsql set search_path = public, wall, pg_temp"
SORTED = "select coalesce(array_agg(distinct p order by p), '{}') from unnest"
SEAT = """
exists (
  select 1 from network_seat s join network_person p on p.id = s.person_id
  where p.deactivated_at is null and s.person_id = nullif(current_setting('luukku.person', true), '')::bigint and ({which})
    and (s.valid_from is null or s.valid_from <= current_date) and (s.valid_until is null or s.valid_until >= current_date))
"""
KEEPS = SEAT.format(
    which="(s.role = 'desk-lead' or s.role = 'organisation-head') and s.organisation_id = customers_shepherdcontract.buyer_id"
    " or s.role = 'coordinator' and s.region_id = customers_shepherdcontract.region_id"
)
READS = SEAT.format(which="s.role = 'shepherd' and s.organisation_id = customers_shepherdcontract.provider_id")
CONTRACTS = [
    "alter table customers_shepherdcontract enable row level security, force row level security",
    f"create policy web_keeps on customers_shepherdcontract to luukku_web using ({KEEPS}) with check ({KEEPS})",
    f"create policy web_reads on customers_shepherdcontract for select to luukku_web using ({READS})",
    "create policy house on customers_shepherdcontract to luukku_house using (true) with check (true)",
    "create policy own on customers_shepherdcontract to luukku_owner using (true) with check (true)",
]
BUYER = """
create function wall.customers_buyer(contract bigint) returns bigint
language sql stable security definer set search_path = public, wall, pg_temp as $$
  select o.principal from customers_shepherdcontract c join network_organisation o on o.id = c.buyer_id where c.id = contract
$$
"""
# He reads by it while everything holds; the day is given, for days are Finnish and the database's clock is not.
DOORS = """
create function wall.customers_shepherd_doors(given bigint, today date) returns bigint[]
language sql volatile security definer set search_path = public, wall, pg_temp as $$
  select coalesce(array_agg(s.principal order by s.principal), '{}')
  from customers_shepherd s
  join network_seat t on t.id = s.seat_id and t.person_id = given
    and (t.valid_from is null or t.valid_from <= today) and (t.valid_until is null or t.valid_until >= today)
  join network_organisation o on o.id = s.organisation_id and o.deactivated_at is null
  left join customers_shepherdcontract c on c.id = s.contract_id
  where s.person_id = given and s.ended_at is null and s.starts_at <= clock_timestamp() and (s.ends_at is null or s.ends_at > clock_timestamp())
    and (c.id is null or (c.first_day <= today and coalesce(c.ended_on, c.last_day) >= today))
$$
"""
SHEPHERD_BEFORE = f"""
create function wall.customers_shepherd_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    new.customer_id := old.customer_id; new.business_id := old.business_id; new.person_id := old.person_id; new.seat_id := old.seat_id;
    new.organisation_id := old.organisation_id; new.contract_id := old.contract_id; new.starts_at := old.starts_at;
    if old.ended_at is not null then
      new.ended_at := old.ended_at; new."end" := old."end"; new.ends_at := old.ends_at;
    end if;
  elsif not exists (select 1 from network_seat where id = new.seat_id and person_id = new.person_id and organisation_id = new.organisation_id)
     or (new.contract_id is not null
         and not exists (select 1 from customers_shepherdcontract where id = new.contract_id and provider_id = new.organisation_id)) then
    raise exception 'a shepherd keeps customers by a seat and a contract of his own organisation' using errcode = 'check_violation';
  end if;
  new.readers := ({SORTED}(
    coalesce((select readers from customers_contact where customer_id = new.customer_id), '{{}}')
    || array[new.principal, wall.customers_buyer(new.contract_id)]) as p where p is not null);
  return new;
end $$
"""
# Runs as whoever writes, so that it sees what she sees: only a customer whom one reads is given a shepherd.
SHEPHERD_GUARD = f"""
create function wall.customers_shepherd_guard() returns trigger {INVOKER} as $$
begin
  if current_user = 'luukku_web' and not exists (select 1 from customers_contact where customer_id = new.customer_id) then
    raise exception 'a shepherd is given to a customer of one''s own' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$
"""
MANDATE_GUARD = f"""
create function wall.customers_mandate_guard() returns trigger {INVOKER} as $$
begin
  if current_user = 'luukku_web' and (tg_op = 'INSERT' or new.ended_at is null)
     and not exists (select 1 from customers_shepherd where id = new.shepherd_id and not principal = any(wall.principals())) then
    raise exception 'a shepherd gives himself no mandate' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$
"""
MANDATE_BEFORE = f"""
create function wall.customers_mandate_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    new.shepherd_id := old.shepherd_id; new.kind := old.kind; new.ended_at := coalesce(old.ended_at, new.ended_at);
  end if;
  select readers into new.readers from customers_shepherd where id = new.shepherd_id;
  return new;
end $$
"""
HOURS_BEFORE = f"""
create function wall.customers_hours_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    new.shepherd_id := old.shepherd_id; new.day := old.day; new.minutes := old.minutes;
    new.taken_back_at := coalesce(old.taken_back_at, new.taken_back_at);
  end if;
  select array_remove(array[s.principal, wall.customers_buyer(s.contract_id)], null) into new.readers
    from customers_shepherd s where s.id = new.shepherd_id;
  return new;
end $$
"""
# The contract is locked before the sum is made, so that two who log at once are both counted.
HOURS_AFTER = f"""
create function wall.customers_hours_after() returns trigger {DEFINER} as $$
declare of_contract bigint;
begin
  select contract_id into of_contract from customers_shepherd where id = new.shepherd_id;
  perform 1 from customers_shepherdcontract where id = of_contract for update;
  update customers_shepherdcontract set minutes_used = (
    select coalesce(sum(h.minutes), 0) from customers_shepherdhours h join customers_shepherd s on s.id = h.shepherd_id
    where s.contract_id = of_contract and h.taken_back_at is null)
  where id = of_contract;
  return null;
end $$
"""
CONTACT_AFTER = f"""
create function wall.customers_contact_shepherds() returns trigger {DEFINER} as $$
begin
  update customers_shepherd set readers = '{{}}' where customer_id = new.customer_id;
  return null;
end $$
"""
SHEPHERD_AFTER = f"""
create function wall.customers_shepherd_told() returns trigger {DEFINER} as $$
begin
  update customers_shepherdmandate set readers = '{{}}' where shepherd_id = new.id;
  return null;
end $$
"""
# Whoever changes a contract may not read whom it is for: the database lets their relations end with it, or go on.
CONTRACT_AFTER = f"""
create function wall.customers_contract_after() returns trigger {DEFINER} as $$
declare
  ends timestamptz := ((coalesce(new.ended_on, new.last_day) + 1)::timestamp at time zone 'Europe/Helsinki');
  ended timestamptz := ((coalesce(old.ended_on, old.last_day) + 1)::timestamp at time zone 'Europe/Helsinki');
begin
  update customers_shepherd set ended_at = now(), "end" = 'contract' where contract_id = new.id and ended_at is null and starts_at >= ends;
  update customers_shepherd set ends_at = ends where contract_id = new.id and ended_at is null and (ends_at > ends or ends_at = ended);
  return null;
end $$
"""
TRIGGERS = (
    ("guard_customer", "customers_shepherd", "before insert", "", "customers_shepherd_guard"),
    ("wall_before", "customers_shepherd", "before insert or update", "", "customers_shepherd_before"),
    ("wall_told", "customers_shepherd", "after update", "when (old.readers is distinct from new.readers) ", "customers_shepherd_told"),
    (
        "wall_after", "customers_shepherdcontract", "after update",
        "when ((old.last_day, old.ended_on) is distinct from (new.last_day, new.ended_on)) ", "customers_contract_after",
    ),
    ("guard_mandate", "customers_shepherdmandate", "before insert or update", "", "customers_mandate_guard"),
    ("wall_before", "customers_shepherdmandate", "before insert or update", "", "customers_mandate_before"),
    ("wall_before", "customers_shepherdhours", "before insert or update", "", "customers_hours_before"),
    ("wall_after", "customers_shepherdhours", "after insert or update", "", "customers_hours_after"),
    ("wall_shepherds", "customers_contact", "after update", "when (old.readers is distinct from new.readers) ", "customers_contact_shepherds"),
)


def _trigger(name: str, table: str, when: str, only: str, function: str) -> Operation:
    return migrations.RunSQL(
        f"create trigger {name} {when} on {table} for each row {only}execute function wall.{function}()", f"drop trigger {name} on {table}"
    )


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("customers", "0006_shepherds"), ("core", "0005_principals_are_given")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(CONTRACTS, migrations.RunSQL.noop),
        *confidential("customers_shepherd"),
        *confidential("customers_shepherdmandate", index=False),
        *confidential("customers_shepherdhours", index=False),
        given_principal("customers_shepherd"),
        *[
            migrations.RunSQL(statement, f"drop function {statement.strip().splitlines()[0].removeprefix('create function ').split('(')[0]} cascade")
            for statement in (
                BUYER, DOORS, SHEPHERD_BEFORE, SHEPHERD_GUARD, MANDATE_GUARD, MANDATE_BEFORE, HOURS_BEFORE, HOURS_AFTER, CONTACT_AFTER, SHEPHERD_AFTER,
                CONTRACT_AFTER,
            )
        ],
        *[_trigger(*trigger) for trigger in TRIGGERS],
        migrations.RunSQL(
            [
                "revoke execute on function wall.customers_buyer(bigint) from public",
                "grant execute on function wall.customers_buyer(bigint) to luukku_house",
                "revoke delete on customers_shepherd, customers_shepherdmandate, customers_shepherdhours, customers_shepherdcontract from luukku_web",
            ],
            migrations.RunSQL.noop,
        ),
        *written_by_triggers("customers_contactevent", "pgtrigger_insert_insert_84620", "pgtrigger_update_update_760d1"),
    ]  # fmt: skip
