"""A place's companies in the order of the alphabet, and those of which growth is known: whom to meet is a page of them at a time."""

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from django.db.models import Q

GROWING = Q(growth__in=("growing", "fast")) | Q(stage="growing")
PLACE = models.ForeignKey("network.municipality", models.PROTECT, blank=True, null=True, related_name="companies", db_index=False)


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("customers", "0039_short_pending_lists")]
    operations: ClassVar[list[Operation]] = [
        migrations.AddIndex("company", models.Index(fields=("municipality", "name_key", "id"), name="company_place_name")),
        migrations.AddIndex("company", models.Index(fields=("municipality",), name="company_growing", condition=GROWING)),
        migrations.AlterField("company", "municipality", PLACE),
    ]
