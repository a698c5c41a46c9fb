"""A principal is given by the sequence and never chosen: whoever chose another's would read by it."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

GUARD = """
create function wall.guard_principal() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    new.principal := old.principal;
  elsif current_user = 'luukku_web' then
    new.principal := nextval('wall.principal');
  end if;
  return new;
end $$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("core", "0004_bounced_mail")]
    operations: ClassVar[list[Operation]] = [migrations.RunSQL(GUARD, "drop function wall.guard_principal()")]
