"""Those whom nobody contacted are found among a million events without reading them all: they are few."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0106_neutral_words")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(
            "create index event_not_contacted on core_event (region_id, at) where action = 'case.not_contacted'", "drop index event_not_contacted"
        ),
    ]
