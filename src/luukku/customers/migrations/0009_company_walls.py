"""What the register says is written by its import; organisations edit facts beside it, and a trigger brings their value into the company."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

# What a column holds without any value: the text columns are never null.
EMPTY = """
'{"visiting_address": "", "postal_address": "", "industry": "", "industry_system": "", "website": "", "export": "", "growth": "", "stage": ""}'::jsonb
"""

APPLY_FACT = f"""
create function wall.customers_apply_fact() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  registered jsonb;
  given jsonb;
  target text := new.field;
begin
  if tg_op = 'UPDATE' and (new.ended_at is null) = (old.ended_at is null) then return null; end if;
  if new.ended_at is not null and exists (
    select 1 from customers_companyfact f where f.company_id = new.company_id and f.field = new.field and f.ended_at is null) then return null; end if;
  select coalesce(c.register -> 'values', '{{}}') into registered from customers_company c where c.id = new.company_id;
  given := registered -> new.field;
  if new.ended_at is null then given := new.value; end if;
  if new.field = 'municipality' then
    target := 'municipality_id';
    select to_jsonb(m.id) into given from network_municipality m where m.code = given #>> '{{}}' and m.valid_until is null;
  elsif new.field = 'parent' then
    target := 'parent_id';
    select to_jsonb(c.id) into given from customers_company c where c.business_id = given #>> '{{}}';
  end if;
  if given = 'null'::jsonb then given := null; end if;
  execute format('update customers_company set %1$I = (jsonb_populate_record(null::customers_company, $1)).%1$I where id = $2', target)
    using {EMPTY} || case when given is null then '{{}}'::jsonb else jsonb_build_object(target, given) end, new.company_id;
  return null;
end $$
"""

READ_ONLY = "customers_companyname, customers_nameword, customers_registercode"


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("customers", "0008_company_facts")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(APPLY_FACT, "drop function wall.customers_apply_fact() cascade"),
        migrations.RunSQL(
            "create trigger apply_fact after insert or update on customers_companyfact for each row execute function wall.customers_apply_fact()",
            "drop trigger apply_fact on customers_companyfact",
        ),
        migrations.RunSQL(
            [
                f"revoke insert, update, delete on {READ_ONLY} from luukku_web",
                "revoke delete on customers_companyfact, customers_establishment from luukku_web",
                # companies that were there before names had rows of their own
                "insert into customers_companyname (company_id, name, kind) select id, name, 'official' from customers_company",
                "insert into customers_nameword select distinct unnest(words) from customers_companyname",
            ],
            migrations.RunSQL.noop,
        ),
    ]
