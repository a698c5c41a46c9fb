from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation

KINDS = [
    ("registered", "Newly founded"), ("growth", "Grows fast"), ("moved", "Moved here"), ("closed", "Ceased"), ("succession", "Changing owners"),
    ("layoff", "Lay-off notice"), ("tender", "Public tender"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("relations", "0018_facts_told")]
    operations: ClassVar[list[Operation]] = [
        migrations.AlterField(model_name=name, name="kind", field=models.CharField(choices=KINDS, max_length=10)) for name in ("factlead", "factrule")
    ]
