"""Turns of a handover follow its readers also when somebody changes them who reads none: whoever ends an organisation's part in a region."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

BEFORE = """
create or replace function wall.desk_handoverturn_before() returns trigger
language plpgsql security definer set search_path = public, wall, pg_temp as $$
begin
  if wall.by_web() and (tg_op = 'INSERT' or (to_jsonb(new) - 'readers') is distinct from (to_jsonb(old) - 'readers'))
      and not exists (select 1 from desk_handover where id = new.handover_id and readers && wall.principals()) then
    raise exception 'one speaks of handovers that one reads' using errcode = 'insufficient_privilege';
  end if;
  new.readers := wall.desk_turn_readers(new);
  return new;
end $$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0096_her_own_word")]
    operations: ClassVar[list[Operation]] = [migrations.RunSQL(BEFORE, migrations.RunSQL.noop)]
