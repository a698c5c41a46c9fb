"""Needs that were mapped in a contact are read by the organisation whose person asked, and written by whoever of it reads the matter."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
TALK_BEFORE = f"""
create function wall.relations_talk_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    if wall.by_web() and (new.case_id, new.need_map_id, new.person_id, new.organisation_id)
        is distinct from (old.case_id, old.need_map_id, old.person_id, old.organisation_id) then
      raise exception 'whose answers they are, and on which matter, stands' using errcode = 'insufficient_privilege';
    end if;
  elsif wall.by_web() and not (
      exists (select 1 from network_organisation where id = new.organisation_id and principal = any(wall.principals()))
      and exists (select 1 from desk_case c join network_organisation o on o.id = new.organisation_id
        where c.id = new.case_id and o.principal = any(c.readers))) then
    raise exception 'one maps needs on matters of one''s own organisation' using errcode = 'insufficient_privilege';
  end if;
  select array[o.principal] into new.readers from network_organisation o where o.id = new.organisation_id;
  return new;
end $$
"""
ANSWER_BEFORE = f"""
create function wall.relations_talkanswer_before() returns trigger {DEFINER} as $$
begin
  if tg_op = 'UPDATE' then new.talk_id := old.talk_id; end if;
  select t.readers into new.readers from relations_needtalk t where t.id = new.talk_id;
  if wall.by_web() and not (new.readers && wall.principals()) then
    raise exception 'one writes of talks that one reads' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$
"""
TRIGGERS = (("relations_needtalk", "talk_before"), ("relations_talkanswer", "talkanswer_before"))


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("relations", "0010_talks")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(TALK_BEFORE, "drop function wall.relations_talk_before cascade"),
        migrations.RunSQL(ANSWER_BEFORE, "drop function wall.relations_talkanswer_before cascade"),
        *[each for table, _function in TRIGGERS for each in confidential(table)],
        migrations.RunSQL("revoke delete on relations_needtalk from luukku_web", migrations.RunSQL.noop),
        *[
            migrations.RunSQL(
                f"create trigger wall_before before insert or update on {table} for each row execute function wall.relations_{function}()",
                f"drop trigger wall_before on {table}",
            )
            for table, function in TRIGGERS
        ],
    ]
