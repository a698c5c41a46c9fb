"""A complaint's door is nobody else's: numbers below zero are shared by many."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("complaints", "0003_words_of_turns"), ("core", "0006_shared_principals")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(
            "alter table complaints_complaint add constraint complaint_door_is_its_own check (door_principal > 0)",
            "alter table complaints_complaint drop constraint complaint_door_is_its_own",
        )
    ]
