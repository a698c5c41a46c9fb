"""The blind check: whether others of the network know a customer, told as one word to those who may learn it, and a question that reaches those others.

Each asking is written down here, so that no statement of a request can leave it out, and ends after so many a day. A yes is told only to
organisations that may know by law that a company is a customer, and only where there are enough others for it to name none of them.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
SQL = "language sql stable security definer set search_path = public, wall, pg_temp"
ME = "nullif(current_setting('luukku.person', true), '')::bigint"
IN_FORCE = "({0}.valid_from is null or {0}.valid_from <= today) and ({0}.valid_until is null or {0}.valid_until >= today)"
MOST_CHECKS, MOST_QUESTIONS, FEWEST_OTHERS = 60, 20, 3  # a person and day; other organisations of the region

# On which ground she may learn that somebody is a customer; empty for whoever does not serve there.
GROUND = f"""
create function wall.customers_asking_ground(of_organisation bigint, of_region bigint, today date) returns text {SQL} as $$
  select coalesce((
    select coalesce(g.ground, 'never') from network_seat s join network_person p on p.id = s.person_id and p.deactivated_at is null
    join network_organisation o on o.id = s.organisation_id and o.deactivated_at is null
    join network_participation t on t.organisation_id = o.id and t.region_id = of_region and {IN_FORCE.format("t")}
    left join customers_legalground g on g.organisation_type_id = o.type_id and g.until is null and g.purpose = 'service' and g."group" = 'relation'
    where s.person_id = {ME} and s.organisation_id = of_organisation and s.role in ('adviser', 'desk-lead') and {IN_FORCE.format("s")}
      and (s.region_id is null or s.region_id = of_region) limit 1), '')
$$
"""
OTHERS = f"""
create function wall.customers_knowers(of_email text, of_phone text, of_business text, of_organisation bigint, of_region bigint, by_law boolean, today date)
returns table (customer bigint, organisation bigint) {SQL} as $$
  select distinct k.customer_id, o.id from customers_contact k
  join network_organisation o on o.principal = any(k.readers) and o.deactivated_at is null and o.id <> of_organisation
  join network_participation t on t.organisation_id = o.id and t.region_id = of_region and {IN_FORCE.format("t")}
  where k.customer_id in (
      select customer_id from customers_contact where of_email > '' and email_key = of_email
      union select customer_id from customers_contact where of_phone > '' and phone_key = of_phone
      union select customer_id from customers_relation where of_business > '' and business_id = of_business and region_id = of_region)
    and not k.readers && wall.principals()
    and (not by_law or exists (select 1 from customers_relation r where r.customer_id = k.customer_id and r.region_id = of_region and r.business_id > ''))
$$
"""
KNOWN = f"""
create function wall.customers_known(of_email text, of_phone text, of_business text, of_organisation bigint, of_region bigint, today date)
returns text {DEFINER} as $$
declare
  me bigint := {ME};
  ground text := wall.customers_asking_ground(of_organisation, of_region, today);
  others integer;
  found text := 'hidden';
begin
  if ground = '' then
    raise exception 'whoever asks serves customers in the region' using errcode = 'insufficient_privilege';
  end if;
  perform pg_advisory_xact_lock(hashtext('customers.known'), me::integer);
  if (select count(*) from customers_knowncheck where person_id = me and at > now() - interval '24 hours') >= {MOST_CHECKS} then
    return 'most';
  end if;
  select count(*) into others from network_participation t join network_organisation o on o.id = t.organisation_id and o.deactivated_at is null
    where t.region_id = of_region and t.organisation_id <> of_organisation and {IN_FORCE.format("t")};
  if ground = 'law' and others >= {FEWEST_OTHERS} then
    insert into customers_look (customer_id, matter, what, person_id, organisation_id, day, first_at, readers)
      select distinct k.customer, null::bigint, 'known', me, of_organisation, today, now(), '{{}}'::bigint[]
      from wall.customers_knowers(of_email, of_phone, of_business, of_organisation, of_region, true, today) k
    on conflict do nothing;
    found := case when exists (
      select 1 from wall.customers_knowers(of_email, of_phone, of_business, of_organisation, of_region, true, today)) then 'yes' else 'no' end;
  end if;
  insert into customers_knowncheck (person_id, organisation_id, region_id, at, answer) values (me, of_organisation, of_region, now(), found);
  return found;
end $$
"""
# Says nothing back: whoever knows her gets the question, and whoever asks hears of it by a yes alone.
INQUIRE = f"""
create function wall.customers_inquire(wanted bigint, today date) returns void {DEFINER} as $$
declare
  me bigint := {ME};
  q customers_inquiry;
begin
  update customers_inquiry set sent_at = now() where id = wanted and person_id = me and sent_at is null returning * into q;
  if q.id is null then
    raise exception 'a question is sent once, by whoever asks it' using errcode = 'insufficient_privilege';
  end if;
  insert into customers_inquiryturn (inquiry_id, organisation_id, customer_id, asker_id, asker_organisation_id, region_id, asked_at, answer, readers)
    select distinct q.id, n.organisation, n.customer, me, q.organisation_id, q.region_id, q.asked_at, '', '{{}}'::bigint[]
    from customers_contact k
    cross join lateral (
      select * from wall.customers_knowers(k.email_key, k.phone_key, '', q.organisation_id, q.region_id, false, today)
      union
      select x.* from customers_relation r
        cross join lateral wall.customers_knowers('', '', r.business_id, q.organisation_id, q.region_id, false, today) x
        where r.customer_id = q.customer_id and r.region_id = q.region_id and r.business_id > '') n
    where k.customer_id = q.customer_id
  on conflict do nothing;
  insert into customers_look (customer_id, matter, what, person_id, organisation_id, day, first_at, readers)
    select distinct t.customer_id, null::bigint, 'known', me, q.organisation_id, today, now(), '{{}}'::bigint[]
    from customers_inquiryturn t where t.inquiry_id = q.id
  on conflict do nothing;
end $$
"""
INQUIRY_BEFORE = f"""
create function wall.customers_inquiry_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'INSERT' and wall.is_web() then
    if new.person_id is distinct from {ME} or new.sent_at is not null
       or wall.customers_asking_ground(new.organisation_id, new.region_id, (now() at time zone 'Europe/Helsinki')::date) not in ('law', 'consent')
       or not wall.customers_own_readers(new.customer_id) && wall.own_principals() then
      raise exception 'one asks about a customer of one''s own' using errcode = 'insufficient_privilege';
    end if;
    perform pg_advisory_xact_lock(hashtext('customers.known'), new.person_id::integer);
    if (select count(*) from customers_inquiry where person_id = new.person_id and asked_at > now() - interval '24 hours') >= {MOST_QUESTIONS} then
      raise exception 'so many questions are enough for a day' using errcode = 'check_violation';
    end if;
  end if;
  select array[principal] into new.readers from network_organisation where id = new.organisation_id;
  return new;
end $$
"""
TURN_BEFORE = f"""
create function wall.customers_inquiry_turn_before() returns trigger {DEFINER} as $$
declare kept customers_inquiryturn;
begin
  if tg_op = 'UPDATE' then
    kept := old;
    if old.answer = '' and new.answer in ('yes', 'no') then
      kept.answer := new.answer;
      kept.answered_at := coalesce(new.answered_at, now());
      kept.answered_by_id := case when wall.is_web() then {ME} else new.answered_by_id end;
    end if;
    new := kept;
  end if;
  new.readers := array(select o.principal from network_organisation o
    where o.id = new.organisation_id or (new.answer = 'yes' and o.id = new.asker_organisation_id) order by 1);
  return new;
end $$
"""
FUNCTIONS = (GROUND, OTHERS, KNOWN, INQUIRE, INQUIRY_BEFORE, TURN_BEFORE)
TEXTS = "text, text, text, bigint, bigint"
INNER = ("customers_asking_ground(bigint, bigint, date)", f"customers_knowers({TEXTS}, boolean, date)")


def _trigger(table: str, function: str) -> Operation:
    return migrations.RunSQL(
        f"create trigger wall_before before insert or update on {table} for each row execute function wall.{function}()",
        f"drop trigger wall_before on {table}",
    )


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("customers", "0025_inquiries")]
    operations: ClassVar[list[Operation]] = [
        *confidential("customers_inquiry", index=False),
        *confidential("customers_inquiryturn"),
        *[migrations.RunSQL(each, f"drop function {each.split('create function ')[1].split('(')[0]} cascade") for each in FUNCTIONS],
        _trigger("customers_inquiry", "customers_inquiry_before"),
        _trigger("customers_inquiryturn", "customers_inquiry_turn_before"),
        migrations.RunSQL(
            [
                "alter table customers_knowncheck enable row level security, force row level security",
                "create policy house on customers_knowncheck to luukku_house using (true) with check (true)",
                "create policy own on customers_knowncheck to luukku_owner using (true) with check (true)",
                "revoke all on customers_knowncheck from luukku_web",
                "revoke update, delete on customers_inquiry from luukku_web",
                "revoke insert, delete on customers_inquiryturn from luukku_web",
                *[f"revoke execute on function wall.{name} from public" for name in INNER],
            ],
            migrations.RunSQL.noop,
        ),
    ]
