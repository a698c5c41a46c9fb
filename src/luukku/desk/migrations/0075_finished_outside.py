"""An organisation outside says that its part is ready, and what came of it. Until then its link leads to the part, wherever that has been joined to."""

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation

DEFINER = "language sql stable security definer set search_path = public, wall, pg_temp"
DOOR = f"""
create or replace function wall.desk_handover_door(handover bigint) returns table (case_id bigint, principals bigint[]) {DEFINER} as $$
  select c.id, c.readers from desk_handover h join desk_leg l on l.id = h.leg_id join desk_case c on c.id = l.case_id
  where h.id = handover and h.readers && wall.principals()
    and (h.state in ('sent', 'asked', 'accepted') or (h.state = 'done' and h.to_desk_id is null and h.finished_at is null and l.is_open))
$$
"""
BEFORE = f"""
create or replace function wall.desk_handover_door(handover bigint) returns table (case_id bigint, principals bigint[]) {DEFINER} as $$
  select c.id, c.readers from desk_handover h join desk_case c on c.id = h.case_id
  where h.id = handover and h.readers && wall.principals() and h.state in ('sent', 'asked', 'accepted')
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0074_forgetting")]
    operations: ClassVar[list[Operation]] = [
        migrations.AddField(
            "handover",
            "finished_at",
            models.DateTimeField(blank=True, help_text="when the outside organisation said that its part is ready", null=True),
        ),
        migrations.AddField(
            "handover",
            "finished_words",
            models.TextField(blank=True, db_default="", help_text="what came of it, as they tell the customer"),
        ),
        migrations.AddConstraint(
            "handover",
            models.CheckConstraint(
                condition=models.Q(("finished_at", None), ("finished_words", ""))
                | models.Q(("finished_at__isnull", False), ("state", "done"), ("to_desk", None)),
                name="handover_finished_outside",
            ),
        ),
        migrations.RunSQL(DOOR, BEFORE),
    ]
