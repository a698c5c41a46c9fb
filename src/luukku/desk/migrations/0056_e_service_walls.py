"""Who reads that somebody was helped with an e-service: the organisations of the case, never its customer's link."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential

AFTER = """
create function wall.desk_case_e_services() returns trigger
language plpgsql security definer set search_path = public, wall, pg_temp as $$
begin
  update desk_eservicehelp set readers = wall.desk_staff_readers(new) where case_id = new.id;
  return null;
end $$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0055_e_services")]
    operations: ClassVar[list[Operation]] = [
        *confidential("desk_eservicehelp"),
        migrations.RunSQL(AFTER, "drop function wall.desk_case_e_services"),
        migrations.RunSQL(
            "create trigger wall_before before insert or update on desk_eservicehelp for each row execute function wall.desk_child_before('staff')",
            "drop trigger wall_before on desk_eservicehelp",
        ),
        migrations.RunSQL(
            "create trigger wall_after_e_services after update on desk_case for each row when (new.readers is distinct from old.readers)"
            " execute function wall.desk_case_e_services()",
            "drop trigger wall_after_e_services on desk_case",
        ),
    ]
