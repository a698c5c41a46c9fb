"""A fault of an e-service can be told to an owner of whom nobody is in the network, by mail."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0113_asked_of_an_end")]
    operations: ClassVar[list[Operation]] = [
        migrations.AddField(
            model_name="eservicereport",
            name="owner_email",
            field=models.EmailField(blank=True, default="", help_text="where it was told, when nobody of the owner is in the network", max_length=254),
            preserve_default=False,
        ),
        migrations.RunSQL("", "delete from desk_eservicereport where owner_id is null"),
        migrations.AlterField(
            model_name="eservicereport",
            name="owner",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="e_service_reports", to="network.organisation"
            ),
        ),
        migrations.AddConstraint(
            model_name="eservicereport",
            constraint=models.CheckConstraint(condition=Q(owner__isnull=False) | ~Q(owner_email=""), name="e_report_has_a_receiver"),
        ),
    ]
