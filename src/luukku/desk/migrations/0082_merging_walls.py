"""Who reads that two records of a customer were merged; and a founder becomes a contact of the business that came of her matter."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
MERGING_BEFORE = f"""
create function wall.desk_merging_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    new.gone_id := old.gone_id; new.stays_id := old.stays_id; new.organisation_id := old.organisation_id; new.kept := old.kept;
  elsif wall.by_web() and 2 <> (
      select count(*) from customers_contact where customer_id in (new.gone_id, new.stays_id) and readers && wall.own_principals()) then
    raise exception 'one merges customers of one''s own' using errcode = 'insufficient_privilege';
  end if;
  select array[principal] into new.readers from network_organisation where id = new.organisation_id;
  return new;
end $$
"""
# From the moment in which the business ID was written down; a wrong one that is mended leaves nothing behind.
BUSINESS_AFTER = f"""
create function wall.desk_outcome_business() returns trigger {DEFINER} as $$
begin
  if tg_op <> 'INSERT' and old.business_id > '' and (tg_op = 'DELETE' or new.business_id <> old.business_id) then
    delete from customers_relation r using desk_case c
      where c.id = old.case_id and r.customer_id = c.customer_id and r.region_id = c.region_id and r.business_id = old.business_id
        and not exists (select 1 from desk_case o
          where o.customer_id = r.customer_id and o.region_id = r.region_id and o.business_id = r.business_id)
        and not exists (select 1 from desk_outcome o join desk_case x on x.id = o.case_id
          where o.id <> old.id and o.business_id = old.business_id and x.customer_id = r.customer_id and x.region_id = r.region_id);
  end if;
  if tg_op <> 'DELETE' and new.business_id > '' then
    insert into customers_relation (customer_id, region_id, business_id, company_name, since, readers)
      select c.customer_id, c.region_id, new.business_id, coalesce(k.name, ''), new.created_at, '{{}}'
      from desk_case c left join customers_company k on k.business_id = new.business_id
      where c.id = new.case_id and c.customer_id is not null
    on conflict (customer_id, region_id, business_id) do nothing;
  end if;
  return null;
end $$
"""
BACKFILL = """
insert into customers_relation (customer_id, region_id, business_id, company_name, since, readers)
  select distinct on (c.customer_id, c.region_id, o.business_id)
    c.customer_id, c.region_id, o.business_id, coalesce(k.name, ''), o.created_at, '{}'::bigint[]
  from desk_outcome o join desk_case c on c.id = o.case_id left join customers_company k on k.business_id = o.business_id
  where o.business_id > '' and c.customer_id is not null order by c.customer_id, c.region_id, o.business_id, o.created_at
on conflict (customer_id, region_id, business_id) do nothing
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0081_merged_customers"), ("customers", "0028_analyze")]
    operations: ClassVar[list[Operation]] = [
        *confidential("desk_customermerging", index=False),
        migrations.RunSQL(MERGING_BEFORE, "drop function wall.desk_merging_before() cascade"),
        migrations.RunSQL(
            "create trigger wall_before before insert or update on desk_customermerging for each row execute function wall.desk_merging_before()",
            "drop trigger wall_before on desk_customermerging",
        ),
        migrations.RunSQL("revoke delete on desk_customermerging from luukku_web", migrations.RunSQL.noop),
        migrations.RunSQL(BUSINESS_AFTER, "drop function wall.desk_outcome_business() cascade"),
        migrations.RunSQL(
            "create trigger wall_business after insert or update of business_id or delete on desk_outcome"
            " for each row execute function wall.desk_outcome_business()",
            "drop trigger wall_business on desk_outcome",
        ),
        migrations.RunSQL(BACKFILL, migrations.RunSQL.noop),
    ]
