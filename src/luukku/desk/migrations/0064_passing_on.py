"""What a customer lets be passed on follows from her cases: that she is a customer, what her matters are about, how to reach her.

The database keeps the rows. A case that others work on too is read by them as before; circles only add to who reads a summary, an outcome and
contact data, and never to who reads the case itself.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
SQL = "language sql stable security definer set search_path = public, wall, pg_temp"
SORTED = "select coalesce(array_agg(distinct p order by p), '{}') from unnest"
IN_FORCE = """
s.ended_at is null and exists (select 1 from customers_shepherdmandate m where m.shepherd_id = s.id and m.kind = 'see' and m.ended_at is null)
"""

CONTACT_READERS = f"""
create or replace function wall.desk_contact_readers(customer bigint) returns bigint[] {SQL} as $$
  {SORTED}(array(
    select unnest(readers) from desk_case where customer_id = customer
    union select principal from customers_customer where id = customer
    union select s.principal from customers_shepherd s where s.customer_id = customer and {IN_FORCE}
  ) || wall.customers_passed(customer)) as p
$$
"""
SUMMARY_READERS = f"""
create function wall.desk_summary_readers(s desk_casesummary) returns bigint[] {SQL} as $$
  select coalesce(array_agg(distinct p order by p), '{{}}') from desk_case c, unnest(
    c.readers || case when c.joined_into_id is not null then '{{}}'::bigint[] else
      wall.customers_by_consent(c.customer_id, 'summary', c.region_id, c.id) || wall.customers_by_law('summary', c.region_id, c.business_id) end) as p
  where c.id = s.case_id
$$
"""
SUMMARY_BEFORE = f"""
create function wall.desk_summary_before() returns trigger {DEFINER} as $$
begin
  new.organisations := array(
    select distinct d.organisation_id from desk_leg l join network_desk d on d.id = l.desk_id where l.case_id = new.case_id and l.state <> 'joined' order by 1);
  new.readers := wall.desk_summary_readers(new);
  return new;
end $$
"""
OUTCOME_READERS = f"""
create function wall.desk_outcome_readers(o desk_outcome) returns bigint[] {SQL} as $$
  select coalesce(array_agg(distinct p order by p), '{{}}') from desk_case c, unnest(
    c.readers || wall.customers_by_consent(c.customer_id, 'outcomes', c.region_id, c.id)
      || wall.customers_by_law('outcomes', c.region_id, c.business_id)) as p
  where c.id = o.case_id
$$
"""
OUTCOME_BEFORE = f"""
create function wall.desk_outcome_before() returns trigger {DEFINER} as $$
begin
  new.readers := wall.desk_outcome_readers(new);
  return new;
end $$
"""
WRITE = """
  insert into desk_casesummary (
      case_id, customer_id, region_id, number, company_name, business_id, subject, language, state, contacted_at, settled_at, organisations, readers)
    values (new.id, new.customer_id, new.region_id, new.number, new.company_name, new.business_id, new.subject, new.language, new.state,
      new.contacted_at, new.settled_at, '{}', '{}')
  on conflict (case_id) do update set customer_id = excluded.customer_id, region_id = excluded.region_id, company_name = excluded.company_name,
    business_id = excluded.business_id, subject = excluded.subject, state = excluded.state, settled_at = excluded.settled_at, readers = '{}';
"""
RELATION = """
  insert into customers_relation (customer_id, region_id, business_id, company_name, since, readers)
    values (new.customer_id, new.region_id, new.business_id, new.company_name, new.contacted_at, '{}')
  on conflict (customer_id, region_id, business_id) do update set since = least(customers_relation.since, excluded.since),
    company_name = coalesce(nullif(excluded.company_name, ''), customers_relation.company_name)
    where customers_relation.since > excluded.since or (excluded.company_name > '' and excluded.company_name <> customers_relation.company_name);
"""
CASE_AFTER = f"""
create function wall.desk_case_passing() returns trigger {DEFINER} as $$
declare asks boolean := tg_op = 'INSERT' or (new.customer_id, new.region_id, new.business_id, new.company_name)
  is distinct from (old.customer_id, old.region_id, old.business_id, old.company_name);
begin
  if asks and new.customer_id is not null then
    {RELATION}
  end if;
  if asks and tg_op = 'UPDATE' and old.customer_id is not null
     and (new.customer_id, new.region_id, new.business_id) is distinct from (old.customer_id, old.region_id, old.business_id) then
    delete from customers_relation r where r.customer_id = old.customer_id and r.region_id = old.region_id and r.business_id = old.business_id
      and not exists (select 1 from desk_case c
        where c.customer_id = old.customer_id and c.region_id = old.region_id and c.business_id = old.business_id);
  end if;
  if asks and tg_op = 'UPDATE' then
    update desk_outcome set readers = '{{}}' where case_id = new.id;
  end if;
  if asks or (new.readers, new.subject, new.state, new.settled_at, new.joined_into_id)
       is distinct from (old.readers, old.subject, old.state, old.settled_at, old.joined_into_id) then
    {WRITE}
  end if;
  return null;
end $$
"""
LEG_AFTER = f"""
create function wall.desk_leg_passing() returns trigger {DEFINER} as $$
begin
  update desk_casesummary set readers = '{{}}' where case_id in (new.case_id, old.case_id);
  return null;
end $$
"""
CONSENT_BEFORE = f"""
create function wall.desk_consent_guard() returns trigger {DEFINER} as $$
begin
  if new.matter is not null and not exists (
      select 1 from desk_case where id = new.matter and customer_id = new.customer_id and region_id = new.region_id) then
    raise exception 'a consent is for a matter of the customer' using errcode = 'check_violation';
  end if;
  return new;
end $$
"""
CONSENT_AFTER = f"""
create function wall.desk_consent_after() returns trigger {DEFINER} as $$
begin
  if new.kind = 'passing' then
    update desk_casesummary s set readers = '{{}}'
      where s.customer_id = new.customer_id and s.readers is distinct from wall.desk_summary_readers(s);
    update desk_outcome o set readers = '{{}}' where o.case_id in (select id from desk_case where customer_id = new.customer_id)
      and o.readers is distinct from wall.desk_outcome_readers(o);
  end if;
  return null;
end $$
"""
NEW = (SUMMARY_READERS, SUMMARY_BEFORE, OUTCOME_READERS, OUTCOME_BEFORE, CASE_AFTER, LEG_AFTER, CONSENT_BEFORE, CONSENT_AFTER)
TRIGGERS = (
    ("wall_before", "desk_casesummary", "before insert or update", "desk_summary_before"),
    ("wall_passing", "desk_case", "after insert or update", "desk_case_passing"),
    ("wall_passing", "desk_leg", "after insert or delete or update of desk_id, case_id", "desk_leg_passing"),
    ("guard_matter", "customers_consent", "before insert", "desk_consent_guard"),
    ("wall_cases", "customers_consent", "after insert or update of withdrawn_at", "desk_consent_after"),
)
INNER = ("desk_summary_readers(desk_casesummary)", "desk_outcome_readers(desk_outcome)")
BACKFILL = [
    """
    insert into customers_relation (customer_id, region_id, business_id, company_name, since, readers)
      select customer_id, region_id, business_id, max(company_name), min(contacted_at), '{}' from desk_case
      where customer_id is not null group by 1, 2, 3
    """,
    """
    insert into desk_casesummary (
        case_id, customer_id, region_id, number, company_name, business_id, subject, language, state, contacted_at, settled_at, organisations, readers)
      select id, customer_id, region_id, number, company_name, business_id, subject, language, state, contacted_at, settled_at, '{}', '{}' from desk_case
    """,
]


def _name(statement: str) -> str:
    return statement.strip().splitlines()[0].removeprefix("create function ").split("(")[0]


def _trigger(name: str, table: str, when: str, function: str) -> Operation:
    return migrations.RunSQL(
        f"create trigger {name} {when} on {table} for each row execute function wall.{function}()", f"drop trigger {name} on {table}"
    )


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0063_case_summaries"), ("customers", "0016_consent_texts")]
    operations: ClassVar[list[Operation]] = [
        *confidential("desk_casesummary"),
        migrations.RunSQL(CONTACT_READERS, migrations.RunSQL.noop),
        *[migrations.RunSQL(statement, f"drop function {_name(statement)} cascade") for statement in NEW],
        *[_trigger(*trigger) for trigger in TRIGGERS],
        migrations.RunSQL("drop trigger wall_before on desk_outcome", migrations.RunSQL.noop),
        _trigger("wall_before", "desk_outcome", "before insert or update", "desk_outcome_before"),
        migrations.RunSQL(
            [
                "revoke insert, update, delete on desk_casesummary from luukku_web",
                *[f"revoke execute on function wall.{name} from public" for name in INNER],
                *[f"grant execute on function wall.{name} to luukku_house" for name in INNER],
            ],
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(BACKFILL, migrations.RunSQL.noop),
    ]
