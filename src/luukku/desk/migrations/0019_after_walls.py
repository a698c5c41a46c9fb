"""What comes after the end: the follow-up of a low mark is inside, the question months later is read by all who read the case."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential

CASE_AFTER = """
create function wall.desk_case_after_end() returns trigger
language plpgsql security definer set search_path = public, wall, pg_temp as $$
begin
  update desk_followup set readers = wall.desk_staff_readers(new) where case_id = new.id;
  update desk_outcomecheck set readers = new.readers where case_id = new.id;
  return null;
end $$
"""


def _trigger(name: str, when: str, table: str, function: str) -> Operation:
    return migrations.RunSQL(
        f"create trigger {name} {when} on {table} for each row execute function wall.{function}", f"drop trigger {name} on {table}"
    )


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0018_after_the_end")]
    operations: ClassVar[list[Operation]] = [
        *confidential("desk_followup"),
        *confidential("desk_outcomecheck"),
        migrations.RunSQL(CASE_AFTER, "drop function wall.desk_case_after_end"),
        _trigger("wall_before", "before insert or update", "desk_followup", "desk_child_before('staff')"),
        _trigger("wall_before", "before insert or update", "desk_outcomecheck", "desk_child_before('all')"),
        migrations.RunSQL(
            "create trigger wall_after_end after update on desk_case for each row when (new.readers is distinct from old.readers)"
            " execute function wall.desk_case_after_end()",
            "drop trigger wall_after_end on desk_case",
        ),
    ]
