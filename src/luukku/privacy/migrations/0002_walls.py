"""An erasure is read by the customer and by those who handle a matter of hers; the web asks for it, the house does it."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
BEFORE = f"""
create function wall.privacy_erasure_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    new.customer_id := old.customer_id; new.matter := old.matter;
  elsif wall.is_web() and not exists (
      select 1 from desk_case c where c.id = new.matter and c.customer_id = new.customer_id
        and wall.desk_customer_readers(c.id) && wall.principals()) then
    raise exception 'one asks to be forgotten oneself' using errcode = 'insufficient_privilege';
  end if;
  new.readers := wall.customers_own_readers(new.customer_id);
  return new;
end $$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("privacy", "0001_initial"), ("desk", "0074_forgetting"), ("customers", "0024_forgetting")]
    operations: ClassVar[list[Operation]] = [
        *confidential("privacy_erasure", index=False),
        migrations.RunSQL(BEFORE, "drop function wall.privacy_erasure_before() cascade"),
        migrations.RunSQL(
            "create trigger wall_before before insert or update on privacy_erasure for each row execute function wall.privacy_erasure_before()",
            "drop trigger wall_before on privacy_erasure",
        ),
        migrations.RunSQL(
            ["revoke update, delete on privacy_erasure from luukku_web", "revoke delete on privacy_retentiontime from luukku_web"],
            migrations.RunSQL.noop,
        ),
    ]
