"""The house takes out what was said of a complaint when its time is over, and nothing else; a request never does."""

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import amended

SAID = "if to_jsonb(new) - 'readers' <> to_jsonb(old) - 'readers' then"
SAID_BUT = """if to_jsonb(new) - 'readers' - 'body' <> to_jsonb(old) - 'readers' - 'body'
        or new.body <> old.body and (wall.by_web() or new.body <> '') then"""
MADE = "new.came, new.received_at, new.about_person_id)"
WAS = "old.came, old.received_at, old.about_person_id)"


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("complaints", "0007_todays_seats")]
    operations: ClassVar[list[Operation]] = [
        migrations.AddField(
            "complaint", "forgotten_at", models.DateTimeField(blank=True, help_text="what was said is gone: its time was over", null=True)
        ),
        amended("wall.complaints_turn_before()", SAID, SAID_BUT),
        amended("wall.complaints_complaint_before()", MADE, f"{MADE[:-1]}, new.forgotten_at)"),
        amended("wall.complaints_complaint_before()", WAS, f"{WAS[:-1]}, old.forgotten_at)"),
    ]
