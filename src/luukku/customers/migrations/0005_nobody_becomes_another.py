"""A request makes nobody another customer: neither by her principal, nor by her sign-in, nor by moving contact data."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import given_principal

CUSTOMER = """
create function wall.customers_customer_guard() returns trigger language plpgsql as $$
begin
  if current_user = 'luukku_web' and new.user_id is not null
     and (tg_op = 'INSERT' or (new.user_id is distinct from old.user_id and not coalesce(old.principal = any(wall.principals()), false))) then
    raise exception 'a sign-in is given to a customer by herself' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$
"""
# Runs as whoever writes, so every name is written out: no table of the caller's own may stand in for ours.
CONTACT = """
create or replace function wall.customers_contact_before() returns trigger language plpgsql set search_path = public, wall, pg_temp as $$
declare own bigint;
begin
  if tg_op = 'INSERT' then
    select principal into own from public.customers_customer where id = new.customer_id;
    new.readers := array(select distinct p from unnest(wall.principals() || own) as p where p is not null order by p);
  elsif current_user = 'luukku_web' then
    new.readers := old.readers;
    new.customer_id := old.customer_id;
  end if;
  return new;
end $$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("customers", "0004_companies_of_the_register"), ("core", "0005_principals_are_given")]
    operations: ClassVar[list[Operation]] = [
        given_principal("customers_customer"),
        migrations.RunSQL(CUSTOMER, "drop function wall.customers_customer_guard()"),
        migrations.RunSQL(
            "create trigger guard_sign_in before insert or update on customers_customer for each row execute function wall.customers_customer_guard()",
            "drop trigger guard_sign_in on customers_customer",
        ),
        migrations.RunSQL(CONTACT, migrations.RunSQL.noop),
        migrations.RunSQL("revoke delete on customers_customer from luukku_web", "grant delete on customers_customer to luukku_web"),
    ]
