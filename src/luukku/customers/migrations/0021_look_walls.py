"""Who has looked is written by a window and read by the customer alone: whoever looks can neither leave it out nor see who else has."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
SQL = "language sql stable security definer set search_path = public, wall, pg_temp"

READERS = f"""
create function wall.customers_look_readers(wanted bigint) returns bigint[] {SQL} as $$
  select array(select p from unnest(wall.customers_own_readers(wanted)) as p
    where not exists (select 1 from network_organisation where principal = p) and not exists (select 1 from customers_shepherd where principal = p)
      and not exists (select 1 from network_person where principal = p) order by p)
$$
"""
BEFORE = f"""
create function wall.customers_look_before() returns trigger {DEFINER} as $$
begin
  new.readers := wall.customers_look_readers(new.customer_id);
  return new;
end $$
"""
# By whom is not the caller's to say: it is the person for whom the transaction runs.
LOOK = """
create function wall.customers_look(of_customer bigint, of_matter bigint, at_what text, of_organisation bigint, today date) returns void
language sql volatile security definer set search_path = public, wall, pg_temp as $$
  insert into customers_look (customer_id, matter, what, person_id, organisation_id, day, first_at, readers)
  select of_customer, of_matter, at_what, p.id, of_organisation, today, now(), '{}' from network_person p
  where p.id = nullif(current_setting('luukku.person', true), '')::bigint
  on conflict do nothing
$$
"""
FOLLOW = f"""
create or replace function wall.customers_consents_follow() returns trigger {DEFINER} as $$
begin
  update customers_consent set readers = '{{}}'
    where customer_id = new.customer_id and readers is distinct from wall.customers_own_readers(new.customer_id);
  update customers_relation set readers = '{{}}' where customer_id = new.customer_id;
  update customers_look set readers = '{{}}'
    where customer_id = new.customer_id and readers is distinct from wall.customers_look_readers(new.customer_id);
  return null;
end $$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("customers", "0020_looks")]
    operations: ClassVar[list[Operation]] = [
        *confidential("customers_look", index=False),
        migrations.RunSQL(READERS, "drop function wall.customers_look_readers(bigint)"),
        migrations.RunSQL(BEFORE, "drop function wall.customers_look_before() cascade"),
        migrations.RunSQL(
            "create trigger wall_before before insert or update on customers_look for each row execute function wall.customers_look_before()",
            "drop trigger wall_before on customers_look",
        ),
        migrations.RunSQL(LOOK, "drop function wall.customers_look"),
        migrations.RunSQL(FOLLOW, migrations.RunSQL.noop),
        migrations.RunSQL(
            [
                "revoke insert, update, delete on customers_look from luukku_web",
                "revoke execute on function wall.customers_look_readers(bigint) from public",
                "grant execute on function wall.customers_look_readers(bigint) to luukku_house",
            ],
            migrations.RunSQL.noop,
        ),
    ]
