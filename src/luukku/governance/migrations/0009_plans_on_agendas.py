"""The point of the agenda that follows the plan is filled in by itself."""

from typing import Any, ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation

SOURCES = [
    ("other", "Written only"), ("last", "Minutes of the last meeting"), ("tasks", "Tasks agreed earlier"),
    ("figures", "Figures of the last three months"), ("feedback", "Feedback of customers"), ("plans", "How the plans go"),
    ("next", "The next meeting and what is due until then"),
]  # fmt: skip
PLAN = "Toimintasuunnitelman eteneminen"


def fill(apps: Any, schema_editor: Any) -> None:
    apps.get_model("governance", "TemplatePoint").objects.filter(title_fi=PLAN, source="other").update(source="plans")
    apps.get_model("governance", "AgendaItem").objects.filter(title_fi=PLAN, source="other", meeting__minutes_state="none").update(source="plans")


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("governance", "0008_time_and_mandate")]
    operations: ClassVar[list[Operation]] = [
        *[
            migrations.AlterField(model, "source", models.CharField(choices=SOURCES, default="other", max_length=10))
            for model in ("agendaitem", "templatepoint")
        ],
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
