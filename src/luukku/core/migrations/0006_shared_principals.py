"""Some principals are shared by many who have nothing else in common: they read by them, and what they make is not opened by them.

Shared principals are below zero. A row that takes its first readers from whoever makes it takes the others only.
"""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

OWN = """
create function wall.own_principals() returns bigint[] language sql stable parallel safe
as $$ select array(select p from unnest(wall.principals()) as p where p > 0) $$
"""
# Whether a statement comes from a request or a job of one actor, also inside a trigger that runs as the owner.
IS_WEB = """
create function wall.is_web() returns boolean language sql stable as $$
  select session_user = 'luukku_web' or coalesce(current_setting('role', true), '') = 'luukku_web'
$$
"""
GUARD = """
create or replace function wall.guard_readers() returns trigger language plpgsql as $$
begin
  if current_user = 'luukku_web' then
    if tg_op = 'INSERT' then new.readers := wall.own_principals(); else new.readers := old.readers; end if;
  end if;
  return new;
end $$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("core", "0005_principals_are_given")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(OWN, "drop function wall.own_principals()"),
        migrations.RunSQL(IS_WEB, "drop function wall.is_web()"),
        migrations.RunSQL(GUARD, GUARD.replace("own_principals", "principals")),
    ]
