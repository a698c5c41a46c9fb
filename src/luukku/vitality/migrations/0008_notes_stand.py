"""What was written of a prospect stands: nobody's words are changed by the web, and nobody writes in another's name."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

NOTE_BEFORE = """
create or replace function wall.vitality_note_before() returns trigger
language plpgsql security definer set search_path = public, wall, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    new.prospect_id := old.prospect_id;
    if wall.by_web() and (new.person_id, new.stage, new.words, new.at) is distinct from (old.person_id, old.stage, old.words, old.at) then
      raise exception 'what was written of a prospect stands' using errcode = 'insufficient_privilege';
    end if;
  elsif wall.by_web() and new.person_id is distinct from nullif(current_setting('luukku.person', true), '')::bigint then
    raise exception 'one writes in one''s own name' using errcode = 'insufficient_privilege';
  end if;
  select p.readers into new.readers from vitality_prospect p where p.id = new.prospect_id;
  if wall.by_web() and not (new.readers && wall.principals()) then
    raise exception 'one writes of prospects that one reads' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("vitality", "0007_prospects_by_stage")]
    operations: ClassVar[list[Operation]] = [migrations.RunSQL(NOTE_BEFORE, migrations.RunSQL.noop)]
