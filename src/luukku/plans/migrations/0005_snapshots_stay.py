"""A snapshot keeps its plan: a draft that goes away has none, and nobody may delete from among them."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("plans", "0004_words")]
    operations: ClassVar[list[Operation]] = [
        migrations.AlterField(
            model_name="snapshot",
            name="plan",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="snapshots", to="plans.plan"),
        ),
    ]
