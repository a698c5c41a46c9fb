"""A handover is warm by a meeting of the three that was held: one that was only booked, or to which somebody did not come, counts no more."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

from luukku.core.walls.sql import amended

KNOWN = """
update desk_handover h set met_at = h.meeting_at from desk_appointment a where a.id = h.meeting_id and a.state = 'kept'
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0099_mail_door_walls")]
    operations: ClassVar[list[Operation]] = [
        migrations.AlterField(
            model_name="handover",
            name="meeting",
            field=models.OneToOneField(
                blank=True,
                help_text="of the three",
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="warm_handover",
                to="desk.appointment",
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="met_at",
            field=models.DateTimeField(blank=True, help_text="when the three met: makes the handover a warm one", null=True),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(("met_at", None)) | models.Q(("meeting__isnull", False)), name="handover_met_as_booked"
            ),
        ),
        amended("wall.desk_count_handover(desk_handover, integer)", "h.meeting_at is not null", "h.met_at is not null"),
        amended("wall.desk_handover_figures(bigint, date, date)", "count(meeting_at)", "count(met_at)"),
        # The trigger counts each known meeting anew at the end of the statement: from none.
        migrations.RunSQL(
            ["update desk_handovercount set warm = 0", KNOWN, "set constraints all immediate", "set constraints all deferred"], migrations.RunSQL.noop
        ),
    ]
