"""Codes sent to addresses, and what a proven one opens. No request reads or writes the table: it goes through three windows."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import house_only

DEFINER = "security definer set search_path = public, wall, pg_temp"
# The code comes from the database's own strong chance and is read by the house alone: a request, whatever statement it runs, knows it only from
# whoever has read the mail. Old askings go along with each new one: what has run out proves nothing.
ASK = f"""
create function wall.customers_ask_code(given bytea, address text, address_key text, speaks text) returns bigint
language sql volatile {DEFINER} as $$
  delete from customers_addressproof where asked_at < now() - interval '1 day';
  insert into customers_addressproof (digest, code, email, email_key, language, asked_at, tries)
  values (given, lpad((('x' || left(gen_random_uuid()::text, 8))::bit(32)::bigint % 100000000)::text, 8, '0'), address, address_key, speaks, now(), 0)
  returning id
$$
"""
# The row is locked by the update, so that tries at the same moment are counted one by one. A right code changes the secret: whoever knew the
# one before it was proven knows nothing.
TRY = f"""
create function wall.customers_try_code(given bytea, told text, fresh bytea) returns table (id bigint, proven boolean)
language sql volatile {DEFINER} as $$
  update customers_addressproof p set
    tries = p.tries + 1,
    proven_at = case when p.code = told then now() end,
    digest = case when p.code = told then fresh else p.digest end
  where p.digest = given and p.proven_at is null and p.tries < 5 and p.asked_at > now() - interval '10 minutes'
  returning p.id, p.proven_at is not null
$$
"""
OF_PROOF = f"""
create function wall.customers_of_proof(given bytea) returns table (email text, customer_id bigint, principal bigint)
language sql stable {DEFINER} as $$
  select p.email, c.id, c.principal
  from customers_addressproof p
  left join customers_contact k on k.email_key = p.email_key
  left join customers_customer c on c.id = k.customer_id
  where p.digest = given and p.proven_at > now() - interval '12 hours'
  order by c.id desc
$$
"""
WINDOWS = (
    ("customers_ask_code(bytea, text, text, text)", ASK),
    ("customers_try_code(bytea, text, bytea)", TRY),
    ("customers_of_proof(bytea)", OF_PROOF),
)


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("customers", "0012_proven_addresses")]
    operations: ClassVar[list[Operation]] = [
        *house_only("customers_addressproof"),
        migrations.RunSQL("revoke all on customers_addressproof from luukku_web", migrations.RunSQL.noop),
        *[migrations.RunSQL(statement, f"drop function wall.{name}") for name, statement in WINDOWS],
    ]
