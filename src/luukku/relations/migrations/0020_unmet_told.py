from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("relations", "0019_owners_change")]
    operations: ClassVar[list[Operation]] = [
        migrations.AddField(
            "visittarget",
            "reminded_on",
            models.DateField(blank=True, help_text="when its people last heard how many companies nobody has met or means to", null=True),
        ),
    ]
