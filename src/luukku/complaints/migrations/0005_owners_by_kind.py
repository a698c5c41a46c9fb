"""Complaints of one kind may go to whose process it is."""

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("complaints", "0004_no_shared_door")]
    operations: ClassVar[list[Operation]] = [
        migrations.AddField(
            "complaintrule",
            "cause",
            models.CharField(blank=True, db_default="", help_text="of this kind only: whose process it is; empty: of every kind", max_length=30),
        ),
        migrations.RemoveConstraint("complaintrule", "complaint_rule_once"),
        migrations.AddConstraint(
            "complaintrule",
            models.UniqueConstraint(fields=("region", "organisation", "cause"), name="complaint_rule_once", nulls_distinct=False),
        ),
    ]
