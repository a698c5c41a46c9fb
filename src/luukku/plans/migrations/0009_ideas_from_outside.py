"""A customer puts an idea into a region's box without reading anything of it."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

GIVE = """
create function wall.plans_give_idea(region bigint, words text, email text, language text) returns bigint
language plpgsql security definer set search_path = public, wall, pg_temp as $$
declare key bigint;
begin
  if not exists (select 1 from network_region r where r.id = region and r.is_live) then
    raise exception 'no such door' using errcode = 'insufficient_privilege';
  end if;
  insert into plans_idea (region_id, words, came, created_at, state, email, language, answer)
    values (region, left(words, 20000), 'customer', now(), 'new', left(email, 254), left(language, 2), '') returning id into key;
  return key;
end $$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("plans", "0008_todays_seats")]
    operations: ClassVar[list[Operation]] = [migrations.RunSQL(GIVE, "drop function wall.plans_give_idea(bigint, text, text, text)")]
