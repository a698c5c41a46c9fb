"""Hours in which somebody is not to be booked get a name of their own: whole days away, with a deputy, are the network's absences."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0029_handover_counts"), ("network", "0005_absences")]
    operations: ClassVar[list[Operation]] = [
        migrations.RemoveConstraint("absence", "absence_in_order"),
        migrations.RenameModel("Absence", "BusyTime"),
        migrations.RenameIndex("busytime", "busy_person", old_name="absence_person"),
        migrations.AlterField(
            "busytime", "person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="busy_times", to="network.person")
        ),
        migrations.AddConstraint("busytime", models.CheckConstraint(name="busy_in_order", condition=Q(ends_at__gt=F("starts_at")))),
    ]
