"""A wait is read by those who read its leg; warnings and breaches by the house only, which counts them."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import confidential

DEFINER = "language plpgsql security definer set search_path = public, wall, pg_temp"
FOLLOW = f"""
create function wall.desk_leg_told() returns trigger {DEFINER} as $$
begin
  update desk_wait set readers = new.readers where leg_id = new.id and readers is distinct from new.readers;
  return null;
end $$
"""
# Legs that wait as this is installed: since the trail says so.
WAITING_NOW = """
insert into desk_wait (leg_id, cause, started_at, readers)
select l.id, l.waiting_for, coalesce(
    (select max(e.at) from core_event e where e.subject_kind = 'desk.case' and e.subject_id = l.case_id and e.action = 'case.waiting'),
    l.taken_up_at, l.received_at), '{}'
from desk_leg l where l.state = 'waiting'
"""


def _for_the_house(table: str) -> Operation:
    return migrations.RunSQL(
        [
            f"alter table {table} enable row level security, force row level security",
            f"create policy house on {table} to luukku_house using (true) with check (true)",
            f"create policy own on {table} to luukku_owner using (true) with check (true)",
        ],
        [f"drop policy house on {table}", f"drop policy own on {table}", f"alter table {table} disable row level security"],
    )


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0012_watching")]
    operations: ClassVar[list[Operation]] = [
        *confidential("desk_wait", index=False),
        migrations.RunSQL(
            "create trigger wall_before before insert or update on desk_wait for each row execute function wall.desk_clock_before()",
            "drop trigger wall_before on desk_wait",
        ),
        migrations.RunSQL(FOLLOW, "drop function wall.desk_leg_told"),
        migrations.RunSQL(
            "create trigger wall_told after update on desk_leg for each row when (old.readers is distinct from new.readers)"
            " execute function wall.desk_leg_told()",
            "drop trigger wall_told on desk_leg",
        ),
        _for_the_house("desk_clockwarning"),
        _for_the_house("desk_breach"),
        migrations.RunSQL(WAITING_NOW, migrations.RunSQL.noop),
    ]
