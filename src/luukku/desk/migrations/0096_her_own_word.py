"""How it went is the customer's word: nobody of the network writes it for her without saying so, or over what she has said."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

SAID = """
create function wall.desk_feedback_said() returns trigger language plpgsql security definer set search_path = public, wall, pg_temp as $$
declare
  person bigint := nullif(current_setting('luukku.person', true), '')::bigint;
begin
  if not wall.by_web() or person is null then
    return coalesce(new, old);
  end if;
  if (tg_op <> 'INSERT' and old.recorded_by_id is null and (tg_op = 'DELETE'
        or (new.face, new.comment, new.may_contact, new.recorded_by_id) is distinct from (old.face, old.comment, old.may_contact, old.recorded_by_id)))
      or (tg_op = 'UPDATE' and old.recorded_by_id is not null and new.recorded_by_id is distinct from old.recorded_by_id
        and new.recorded_by_id is distinct from person)
      or (tg_op = 'INSERT' and new.recorded_by_id is distinct from person)
      or (tg_op <> 'DELETE' and new.answer_face is not null and (tg_op = 'INSERT' or new.answer_face is distinct from old.answer_face)) then
    raise exception 'how it went is the customer''s own word' using errcode = 'insufficient_privilege';
  end if;
  return coalesce(new, old);
end $$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0095_left_successors")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(SAID, "drop function wall.desk_feedback_said cascade"),
        migrations.RunSQL(
            "create trigger guard_said before insert or update or delete on desk_feedback for each row execute function wall.desk_feedback_said()",
            "drop trigger guard_said on desk_feedback",
        ),
    ]
