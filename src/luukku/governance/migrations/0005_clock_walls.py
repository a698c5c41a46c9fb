"""A feed's address is read by its own person alone; whoever holds it is found by its digest."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential

BEFORE = """
create function wall.governance_feed_before() returns trigger language plpgsql security definer set search_path = public, wall, pg_temp as $$
begin
  if tg_op = 'UPDATE' then new.person_id := old.person_id; new.digest := old.digest; end if;
  new.readers := array(select principal from network_person where id = new.person_id);
  return new;
end $$
"""
FEED = """
create function wall.governance_feed(given bytea) returns table (person_id bigint)
language sql stable security definer set search_path = public, wall, pg_temp as $$
  select f.person_id from governance_clockfeed f join network_person p on p.id = f.person_id
  where f.digest = given and f.revoked_at is null and p.deactivated_at is null
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("governance", "0004_clock")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(BEFORE, "drop function wall.governance_feed_before()"),
        migrations.RunSQL(FEED, "drop function wall.governance_feed(bytea)"),
        *confidential("governance_clockfeed"),
        migrations.RunSQL(
            "create trigger wall_before before insert or update on governance_clockfeed for each row execute function wall.governance_feed_before()",
            "drop trigger wall_before on governance_clockfeed",
        ),
    ]
