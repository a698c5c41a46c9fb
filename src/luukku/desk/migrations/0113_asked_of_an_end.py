"""A matter that was opened again and has ended anew is asked about anew: the question names the end that it is about."""

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from django.utils import timezone

ENDS = """
update desk_outcomecheck q set ended_at = coalesce((select c.settled_at from desk_case c where c.id = q.case_id and c.settled_at < q.asked_at), q.asked_at)
"""
LATEST_ONLY = """
delete from desk_outcomecheck older using desk_outcomecheck newer
where older.case_id = newer.case_id and older.months = newer.months and older.asked_at < newer.asked_at
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("desk", "0112_spoken_outcomes")]
    operations: ClassVar[list[Operation]] = [
        migrations.AlterModelOptions(name="outcomecheck", options={"ordering": ("case", "asked_at")}),
        migrations.RemoveConstraint(model_name="outcomecheck", name="outcome_check_once"),
        migrations.RunSQL("", LATEST_ONLY),
        migrations.AddField(
            model_name="outcomecheck",
            name="ended_at",
            field=models.DateTimeField(
                default=timezone.now, help_text="which end of the matter it is about: one that was opened again ends anew"
            ),
        ),
        migrations.RunSQL(ENDS, ""),
        migrations.AddConstraint(
            model_name="outcomecheck", constraint=models.UniqueConstraint(fields=("case", "months", "ended_at"), name="outcome_check_once")
        ),
    ]
