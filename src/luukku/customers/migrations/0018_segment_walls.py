"""Which segment a company has is reckoned here, from the rules in use, its facts, its marks and what somebody has said instead.

What people mark and say, and the spells that show it, are read by the network's own people. The rules that come with us are the first version.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

DEFINER = "security definer set search_path = public, wall, pg_temp"
TODAY = "(now() at time zone 'Europe/Helsinki')::date"
INSIDE = f"""
create function wall.customers_inside() returns boolean language sql stable {DEFINER} as $$
  select exists (
    select 1 from network_seat s join network_person p on p.id = s.person_id
    where p.deactivated_at is null and s.person_id = nullif(current_setting('luukku.person', true), '')::bigint and s.role <> 'shepherd'
      and (s.valid_from is null or s.valid_from <= {TODAY}) and (s.valid_until is null or s.valid_until >= {TODAY}))
$$
"""
# The rule that fits each company still in business, by the rules of one version. A figure that is not known moves no company over a limit;
# without persons it is supposed to have one, or ten when its known money is more than a company of fewer than ten has.
BY_RULES = f"""
create function wall.customers_segments_by(book bigint, ids bigint[]) returns table (company_id bigint, rule_id bigint, segment text)
language sql stable {DEFINER} as $$
  with rules as materialized (select * from customers_segmentrule where book_id = book),
  marks as materialized (
    select m.company_id, array_agg(m.mark::text) as marks from customers_companymark m
    where m.ended_at is null and (ids is null or m.company_id = any(ids)) group by 1),
  companies as (
    select id, persons, turnover, balance, is_foreign_owned, export from customers_company where ids is null and status <> 'ceased'
    union all
    select id, persons, turnover, balance, is_foreign_owned, export from customers_company where id = any(ids) and status <> 'ceased'),
  facts as (
    select c.id, c.turnover, c.balance, coalesce(c.is_foreign_owned, false) as foreign_owned, coalesce(nullif(c.export, ''), 'none') as export,
      coalesce(m.marks, '{{}}') as marks,
      coalesce(c.persons, case when least(c.turnover, c.balance) > 2000000 then 10 else 1 end) as persons,
      coalesce(c.persons, 0) < 250
        and ((c.turnover is null and c.balance is null) or coalesce(c.turnover <= 50000000, false) or coalesce(c.balance <= 43000000, false)) as within
    from companies c left join marks m on m.company_id = c.id)
  select f.id, d.id, d.segment from facts f
  cross join lateral (
    select r.id, r.segment from rules r
    where (r.founded is null or r.founded) and (r.within_sme is null or r.within_sme = f.within)
      and (r.foreign_owned is null or r.foreign_owned = f.foreign_owned)
      and (r.marks = '{{}}' or r.marks::text[] && f.marks) and (r.export = '{{}}' or f.export = any(r.export::text[]))
      and (r.persons_min is null or f.persons >= r.persons_min) and (r.persons_max is null or f.persons <= r.persons_max)
      and (r.turnover_min is null or f.turnover >= r.turnover_min) and (r.turnover_max is null or f.turnover <= r.turnover_max)
      and (r.balance_min is null or f.balance >= r.balance_min) and (r.balance_max is null or f.balance <= r.balance_max)
    order by r.position limit 1) d
$$
"""
# A change on the day on which the spell began corrects it; a later one ends it and begins another.
CHANGE = """
create type wall.segment_change as (id bigint, segment text, first_day date, end_day date, company_id bigint, rule_id bigint, said_id bigint)
"""
ANEW = f"""
create function wall.customers_segment_anew(ids bigint[], given date) returns bigint language plpgsql {DEFINER} as $$
declare
  day date := least(coalesce(given, {TODAY}), {TODAY});
  book bigint := (select b.id from customers_segmentbook b where b.used_from is not null and b.used_until is null);
  changed wall.segment_change[];
  moved bigint;
begin
  perform 1 from customers_company c where c.id = any(ids) order by c.id for no key update;
  with wanted as (
    select p.company_id, coalesce(s.segment, p.segment) as segment, case when s.id is null then p.rule_id end as rule_id, s.id as said_id
    from wall.customers_segments_by(book, ids) p left join customers_segmentsaid s on s.company_id = p.company_id and s.ended_at is null),
  present as (
    select * from customers_companysegment where company_id = any(ids) and end_day is null)
  select array_agg(row(c.id, w.segment, case when w.segment is distinct from c.segment then day else c.first_day end,
      case when c.first_day < day and w.segment is distinct from c.segment then day end,
      coalesce(w.company_id, c.company_id), w.rule_id, w.said_id)::wall.segment_change),
    count(*) filter (where w.segment is distinct from c.segment)
  into changed, moved
  from wanted w full join present c on c.company_id = w.company_id
  where w.segment is distinct from c.segment or w.said_id is distinct from c.said_id;
  delete from customers_companysegment c using unnest(changed) x where c.id = x.id and x.segment is null and x.end_day is null;
  update customers_companysegment c set end_day = x.end_day from unnest(changed) x where c.id = x.id and x.end_day is not null;
  update customers_companysegment c set segment = x.segment, rule_id = x.rule_id, said_id = x.said_id
    from unnest(changed) x where c.id = x.id and x.end_day is null;
  insert into customers_companysegment (company_id, segment, first_day, rule_id, said_id)
    select x.company_id, x.segment, x.first_day, x.rule_id, x.said_id from unnest(changed) x
    where x.segment is not null and (x.id is null or x.end_day is not null);
  return moved;
end $$
"""
# What would move if the draft were in use, as numbers only; companies of which somebody has said the segment stay.
TRIAL = f"""
create function wall.customers_segment_trial(draft bigint) returns table (before text, after text, companies bigint)
language sql stable {DEFINER} as $$
  select o.segment, n.segment, count(*)
  from wall.customers_segments_by((select b.id from customers_segmentbook b where b.used_from is not null and b.used_until is null), null) o
  join wall.customers_segments_by(draft, null) n on n.company_id = o.company_id
  where not exists (select 1 from customers_segmentsaid s where s.company_id = o.company_id and s.ended_at is null)
  group by 1, 2 order by 3 desc, 1, 2
$$
"""
ON_DAY = f"""
create function wall.customers_segment_on(company bigint, day date) returns text language sql stable {DEFINER} as $$
  select s.segment from customers_companysegment s
  where s.company_id = company and s.first_day <= day and (s.end_day is null or s.end_day > day)
$$
"""
SAID = """
create function wall.customers_saying_guard() returns trigger language plpgsql as $$
begin
  new.company_id := old.company_id; new.reason := old.reason; new.person_id := old.person_id; new.organisation_id := old.organisation_id;
  new.made_at := old.made_at;
  if old.ended_at is not null then
    new.ended_at := old.ended_at; new.ended_by_id := old.ended_by_id; new.end_reason := old.end_reason;
  end if;
  return new;
end $$
"""
GONE = f"""
create function wall.customers_company_gone() returns trigger language plpgsql {DEFINER} as $$
begin
  delete from customers_companysegment where company_id = old.id;
  return old;
end $$
"""
ABROAD = "'{seeking,significant}'"
DEFAULTS = f"""
with book as (insert into customers_segmentbook (number, made_at, used_from) values (1, now(), now()) returning id)
insert into customers_segmentrule (book_id, position, segment, founded, marks, within_sme, foreign_owned, export, persons_max)
select book.id, r.* from book cross join (values
  (1, 'founder', false, '{{}}'::varchar[], null::boolean, null::boolean, '{{}}'::varchar[], null::integer),
  (2, 'focus', null, '{{focus}}', null, null, '{{}}', null),
  (3, 'foreign-investor', null, '{{}}', false, true, '{{}}', null),
  (4, 'large-fast-growing', null, '{{large-fast-growing}}', false, null, '{{}}', null),
  (5, 'large', null, '{{}}', false, null, '{{}}', null),
  (6, 'growth-track', null, '{{growth-track}}', null, null, {ABROAD}, null),
  (7, 'fast-growth', null, '{{fast-growth}}', null, null, {ABROAD}, null),
  (8, 'growth-international', null, '{{}}', null, null, {ABROAD}, null),
  (9, 'local-small', null, '{{}}', null, null, '{{}}', 9),
  (10, 'domestic-sme', null, '{{}}', null, null, '{{}}', null)) r
"""
TABLES = ("customers_companymark", "customers_segmentsaid", "customers_companysegment")


def _inside(table: str) -> Operation:
    return migrations.RunSQL(
        [
            f"alter table {table} enable row level security, force row level security",
            f"create policy web on {table} to luukku_web using ((select wall.customers_inside())) with check ((select wall.customers_inside()))",
            f"create policy house on {table} to luukku_house using (true) with check (true)",
            f"create policy own on {table} to luukku_owner using (true) with check (true)",
        ],
        migrations.RunSQL.noop,
    )


def _function(statement: str) -> Operation:
    return migrations.RunSQL(statement, f"drop function {statement.split('create function ')[1].split('(')[0]} cascade")


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("customers", "0017_segments")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(CHANGE, "drop type wall.segment_change"),
        *[_function(each) for each in (INSIDE, BY_RULES, ANEW, TRIAL, ON_DAY, SAID, GONE)],
        migrations.RunSQL(
            "create trigger segments_gone before delete on customers_company for each row execute function wall.customers_company_gone()",
            "drop trigger segments_gone on customers_company",
        ),
        *[_inside(table) for table in TABLES],
        *[
            migrations.RunSQL(
                f"create trigger guard_saying before update on {table} for each row execute function wall.customers_saying_guard()",
                f"drop trigger guard_saying on {table}",
            )
            for table in TABLES[:2]
        ],
        migrations.RunSQL(
            [
                "revoke delete on customers_companymark, customers_segmentsaid from luukku_web",
                "revoke insert, update, delete on customers_companysegment from luukku_web, luukku_house",
                "revoke execute on function wall.customers_segments_by(bigint, bigint[]) from public",
            ],
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(DEFAULTS, "delete from customers_segmentbook"),
    ]
