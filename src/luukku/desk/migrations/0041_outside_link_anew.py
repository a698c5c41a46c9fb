"""The link of an organisation outside can be made anew, when the first mail with it went to a wrong address."""

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0040_figures_of_whole_months")]
    operations: ClassVar[list[Operation]] = [
        migrations.AddField(
            "handover", "link_made_at", models.DateTimeField(blank=True, help_text="when it was made anew; None: as it was sent", null=True)
        )
    ]
