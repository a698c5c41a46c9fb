"""To whom a customer's data are passed on: by her consent, or by law where the table of grounds says so.

Rows carry numbers of circles (models.grounds), computed here from consents and relations; who carries a circle is asked anew for every page.
So a consent opens and closes in the transaction in which it is given and taken back, and whoever leaves the network reads nothing from that day.
A consent itself is read by the customer and by those who handle a matter of hers, never by whoever it opens something to.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
INVOKER = "language plpgsql set search_path = public, wall, pg_temp"
SQL = "language sql stable security definer set search_path = public, wall, pg_temp"
SORTED = "select coalesce(array_agg(distinct p order by p), '{}') from unnest"

# Seats that serve read by the purpose of service; heads of organisations, who plan whom to visit, by that of planning.
CIRCLES = f"""
create function wall.customers_circles(given bigint, today date) returns bigint[] {SQL} as $$
  select coalesce(array_agg(distinct c.number order by c.number), '{{}}')
  from network_seat s
  join network_organisation o on o.id = s.organisation_id and o.deactivated_at is null
  join network_participation t on t.organisation_id = o.id and (s.region_id is null or s.region_id = t.region_id)
    and (t.valid_from is null or t.valid_from <= today) and (t.valid_until is null or t.valid_until >= today)
  join customers_legalground g on g.organisation_type_id = o.type_id and g.until is null and g.ground <> 'never'
    and g.purpose = case when s.role in ('adviser', 'desk-lead') then 'service' when s.role = 'organisation-head' then 'planning' end
  join customers_circle c on c.region_id = t.region_id and c.purpose = g.purpose and c."group" = g."group"
    and (c.organisation_id is null or c.organisation_id = o.id) and (c.ground = 'consent' or g.ground = 'law')
  where s.person_id = given and (s.valid_from is null or s.valid_from <= today) and (s.valid_until is null or s.valid_until >= today)
$$
"""
OWN_READERS = f"""
create function wall.customers_own_readers(wanted bigint) returns bigint[] {SQL} as $$
  select coalesce((select array(select p from unnest(readers) as p where p > 0) from customers_contact where customer_id = wanted), '{{}}')
$$
"""
BY_CONSENT = f"""
create function wall.customers_by_consent(wanted bigint, wanted_group text, region bigint, own_matter bigint) returns bigint[] {SQL} as $$
  select array(
    select distinct c.number from customers_consent k
    join customers_circle c on c.region_id = k.region_id and c."group" = wanted_group and c.ground = 'consent' and c.purpose = 'service'
      and case k.scope when 'named' then c.organisation_id = any(k.organisations) else c.organisation_id is null end
    where k.customer_id = wanted and k.kind = 'passing' and k.withdrawn_at is null and (region is null or k.region_id = region)
      and (k.scope <> 'matter' or own_matter is null or k.matter = own_matter))
$$
"""
# The law is about companies: those who have given a business ID.
BY_LAW = f"""
create function wall.customers_by_law(wanted_group text, region bigint, business text) returns bigint[] {SQL} as $$
  select array(
    select number from customers_circle c where business > '' and c.region_id = region and c."group" = wanted_group and c.ground = 'law')
$$
"""
PASSED = f"""
create function wall.customers_passed(wanted bigint) returns bigint[] {SQL} as $$
  select wall.customers_by_consent(wanted, 'contact', null, null) || array(
    select unnest(wall.customers_by_law('contact', r.region_id, r.business_id)) from customers_relation r where r.customer_id = wanted)
$$
"""
TELL = f"""
create function wall.customers_tell(wanted bigint) returns void {DEFINER} as $$
declare found bigint[] := ({SORTED}(wall.customers_own_readers(wanted) || wall.customers_passed(wanted)) as p);
begin
  update customers_contact set readers = found where customer_id = wanted and readers is distinct from found;
  update customers_relation set readers = '{{}}' where customer_id = wanted;
end $$
"""
# Whoever makes contact data reads them, not everybody who shares a circle with her.
CONTACT = """
create or replace function wall.customers_contact_before() returns trigger language plpgsql set search_path = public, wall, pg_temp as $$
declare own bigint;
begin
  if tg_op = 'INSERT' then
    select principal into own from public.customers_customer where id = new.customer_id;
    new.readers := array(select distinct p from unnest(wall.own_principals() || own) as p where p is not null order by p);
  elsif current_user = 'luukku_web' then
    new.readers := old.readers;
    new.customer_id := old.customer_id;
  end if;
  return new;
end $$
"""
CONSENTS_FOLLOW = f"""
create function wall.customers_consents_follow() returns trigger {DEFINER} as $$
begin
  update customers_consent set readers = '{{}}'
    where customer_id = new.customer_id and readers is distinct from wall.customers_own_readers(new.customer_id);
  update customers_relation set readers = '{{}}' where customer_id = new.customer_id;
  return null;
end $$
"""
# A consent stands as it was given, ends once, and is written down by whoever handles a matter of hers, or by herself.
CONSENT_BEFORE = f"""
create function wall.customers_consent_before() returns trigger {DEFINER} as $$
declare own bigint[] := wall.customers_own_readers(new.customer_id);
begin
  if tg_op = 'UPDATE' then
    if to_jsonb(new) - '{{readers,withdrawn_at,withdrawal_way,withdrawal_by_id}}'::text[]
         <> to_jsonb(old) - '{{readers,withdrawn_at,withdrawal_way,withdrawal_by_id}}'::text[]
       or (old.withdrawn_at is not null and (new.withdrawn_at, new.withdrawal_way, new.withdrawal_by_id)
             is distinct from (old.withdrawn_at, old.withdrawal_way, old.withdrawal_by_id)) then
      raise exception 'a consent stands as it was given' using errcode = 'insufficient_privilege';
    end if;
  elsif wall.is_web() and not own && wall.principals() then
    raise exception 'a consent is of a customer of one''s own' using errcode = 'insufficient_privilege';
  end if;
  new.readers := own;
  return new;
end $$
"""
CONSENT_AFTER = f"""
create function wall.customers_consent_after() returns trigger {DEFINER} as $$
begin
  perform wall.customers_tell(new.customer_id);
  return null;
end $$
"""
RELATION_BEFORE = f"""
create function wall.customers_relation_before() returns trigger {DEFINER} as $$
begin
  new.readers := ({SORTED}(wall.customers_own_readers(new.customer_id)
    || wall.customers_by_consent(new.customer_id, 'relation', new.region_id, null)
    || wall.customers_by_law('relation', new.region_id, new.business_id)) as p);
  return new;
end $$
"""
RELATION_AFTER = f"""
create function wall.customers_relation_after() returns trigger {DEFINER} as $$
begin
  perform wall.customers_tell(coalesce(new.customer_id, old.customer_id));
  return null;
end $$
"""
# One number for all who read by law or by consent in a region, and one for each of its organisations, by what they may be let read.
OF_REGION = f"""
create function wall.customers_circles_of_region(wanted bigint) returns void {DEFINER} as $$
begin
  insert into customers_circle (number, region_id, purpose, "group", ground)
    select -nextval('wall.principal'), wanted, p, g, k
    from unnest(array['service', 'planning']) p, unnest(array['relation', 'contact', 'summary', 'outcomes']) g, unnest(array['law', 'consent']) k
    where p = 'service' or k = 'law'
  on conflict do nothing;
end $$
"""
OF_PARTY = f"""
create function wall.customers_circles_of_party(wanted bigint, of_region bigint) returns void {DEFINER} as $$
begin
  insert into customers_circle (number, region_id, organisation_id, purpose, "group", ground)
    select -nextval('wall.principal'), of_region, wanted, 'service', g, 'consent' from unnest(array['relation', 'contact', 'summary', 'outcomes']) g
    where not exists (
      select 1 from customers_circle where region_id = of_region and organisation_id = wanted and "group" = g)
  on conflict do nothing;
end $$
"""
REGION_AFTER = f"""
create function wall.customers_region_after() returns trigger {DEFINER} as $$
begin
  perform wall.customers_circles_of_region(new.id);
  return null;
end $$
"""
PARTY_AFTER = f"""
create function wall.customers_party_after() returns trigger {DEFINER} as $$
begin
  perform wall.customers_circles_of_party(new.organisation_id, new.region_id);
  return null;
end $$
"""
STANDS = f"""
create function wall.customers_text_stands() returns trigger {DEFINER} as $$
begin
  raise exception 'a version of a text stands as it was agreed to' using errcode = 'insufficient_privilege';
end $$
"""
SHEPHERD_BEFORE = f"""
create or replace function wall.customers_shepherd_before() returns trigger {DEFINER} as $$
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
    wall.customers_own_readers(new.customer_id) || array[new.principal, wall.customers_buyer(new.contract_id)]) as p where p is not null);
  return new;
end $$
"""
SHEPHERD_GUARD = f"""
create or replace function wall.customers_shepherd_guard() returns trigger {INVOKER} as $$
begin
  if current_user = 'luukku_web' and not exists (
      select 1 from customers_contact where customer_id = new.customer_id and readers && wall.own_principals()) then
    raise exception 'a shepherd is given to a customer of one''s own' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$
"""
NEW = (
    CIRCLES, OWN_READERS, BY_CONSENT, BY_LAW, PASSED, TELL, CONSENTS_FOLLOW, CONSENT_BEFORE, CONSENT_AFTER, RELATION_BEFORE, RELATION_AFTER,
    OF_REGION, OF_PARTY, REGION_AFTER, PARTY_AFTER, STANDS,
)  # fmt: skip
TRIGGERS = (
    ("wall_consents", "customers_contact", "after update", "when (old.readers is distinct from new.readers) ", "customers_consents_follow"),
    ("wall_before", "customers_consent", "before insert or update", "", "customers_consent_before"),
    ("wall_after", "customers_consent", "after insert or update of withdrawn_at", "", "customers_consent_after"),
    ("wall_before", "customers_relation", "before insert or update", "", "customers_relation_before"),
    ("wall_after", "customers_relation", "after insert or delete", "", "customers_relation_after"),
    ("circles", "network_region", "after insert", "", "customers_region_after"),
    ("circles", "network_participation", "after insert or update of organisation_id, region_id", "", "customers_party_after"),
    ("stands", "customers_consenttext", "before update", "", "customers_text_stands"),
)
INNER = (
    "customers_own_readers(bigint)", "customers_by_consent(bigint, text, bigint, bigint)", "customers_by_law(text, bigint, text)",
    "customers_passed(bigint)", "customers_tell(bigint)", "customers_circles_of_region(bigint)", "customers_circles_of_party(bigint, bigint)",
)  # fmt: skip
BACKFILL = [
    "select wall.customers_circles_of_region(id) from network_region",
    "select wall.customers_circles_of_party(organisation_id, region_id) from network_participation",
]


def _name(statement: str) -> str:
    return statement.strip().splitlines()[0].removeprefix("create function ").split("(")[0]


def _trigger(name: str, table: str, when: str, only: str, function: str) -> Operation:
    return migrations.RunSQL(
        f"create trigger {name} {when} on {table} for each row {only}execute function wall.{function}()", f"drop trigger {name} on {table}"
    )


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("customers", "0014_consents"), ("core", "0006_shared_principals")]
    operations: ClassVar[list[Operation]] = [
        *confidential("customers_consent", index=False),
        *confidential("customers_relation"),
        *[migrations.RunSQL(statement, f"drop function {_name(statement)} cascade") for statement in NEW],
        *[migrations.RunSQL(statement, migrations.RunSQL.noop) for statement in (CONTACT, SHEPHERD_BEFORE, SHEPHERD_GUARD)],
        *[_trigger(*trigger) for trigger in TRIGGERS],
        migrations.RunSQL(
            [
                "revoke delete on customers_consent, customers_consenttext, customers_legalground from luukku_web",
                "revoke insert, update, delete on customers_relation from luukku_web",
                "revoke insert, update, delete on customers_circle from luukku_web, luukku_house",
                *[f"revoke execute on function wall.{name} from public" for name in INNER],
                *[f"grant execute on function wall.{name} to luukku_house" for name in INNER],
            ],
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(BACKFILL, migrations.RunSQL.noop),
    ]
