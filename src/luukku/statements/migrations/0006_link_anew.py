"""The link of an organisation outside can be made anew."""

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("statements", "0005_shepherds_doors")]
    operations: ClassVar[list[Operation]] = [
        migrations.AddField(
            "statement", "link_made_at", models.DateTimeField(blank=True, help_text="when it was made anew; None: as it was asked", null=True)
        )
    ]
