"""What a customer says on the phone of what has come of a matter is written down by staff, and marked as that."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0111_face_words")]
    operations: ClassVar[list[Operation]] = [
        migrations.AddField(
            model_name="outcomecheck",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                help_text="who wrote down what she said on the phone; None: she herself",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="network.person",
            ),
        ),
    ]
