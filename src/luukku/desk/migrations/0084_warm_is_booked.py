"""A handover is warm by a booked meeting of the three, and by nothing else: what was only said to be agreed on counts no more."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

KNOWN = """
update desk_handover h set meeting_id = found.appointment from (
  select distinct on (a.id) a.id as appointment, h.id as handover
  from desk_handover h join desk_appointment a on a.case_id = h.case_id and a.starts_at = h.meeting_at and a.state <> 'cancelled'
  where (select count(*) from desk_appointmentperson p where p.appointment_id = a.id) > 1
  order by a.id, h.id desc
) found where found.handover = h.id
"""
UNBOOKED = "update desk_handover set meeting_at = null where meeting_id is null and meeting_at is not null"


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0083_still_waiting")]
    operations: ClassVar[list[Operation]] = [
        migrations.AddField(
            model_name="handover",
            name="meeting",
            field=models.OneToOneField(
                blank=True,
                help_text="of the three: makes the handover a warm one",
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="warm_handover",
                to="desk.appointment",
            ),
        ),
        migrations.AlterField(
            model_name="handover",
            name="meeting_at",
            field=models.DateTimeField(blank=True, help_text="when the booked meeting is: read before the case is", null=True),
        ),
        migrations.RunSQL([KNOWN, UNBOOKED, "set constraints all immediate", "set constraints all deferred"], migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(("meeting", None), ("meeting_at", None))
                | models.Q(("meeting__isnull", False), ("meeting_at__isnull", False)),
                name="handover_warm_is_booked",
            ),
        ),
    ]
