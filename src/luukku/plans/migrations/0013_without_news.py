"""A measure of which nothing has been said for long is without news, no longer called late."""

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation

LIGHTS = [
    ("late", "Is late"), ("silent", "Without news"), ("behind", "Behind"), ("good", "On course"), ("waiting", "Not begun yet"), ("done", "Done"),
    ("missed", "Not done"), ("dropped", "Given up"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("plans", "0012_kinds_are_the_keepers")]
    operations: ClassVar[list[Operation]] = [
        migrations.AlterField("measure", "light_said", models.CharField(blank=True, choices=LIGHTS, max_length=10)),
        migrations.AlterField("plankind", "stale_days", models.PositiveSmallIntegerField(default=180, help_text="after this it is without news")),
    ]
