"""Agendas of areas and of the nation bring how their regions do by themselves: the house keeps each region's figures, and the ready-made points use them."""

from typing import Any, ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation

SOURCES = [
    ("other", "Written only"), ("last", "Minutes of the last meeting"), ("tasks", "Tasks agreed earlier"), ("figures", "Figures of the last three months"),
    ("feedback", "Feedback of customers"), ("plans", "How the plans go"), ("regions", "Plans, figures and feedback of the regions"),
    ("next", "The next meeting and what is due until then"),
]  # fmt: skip
BEGAN = {"area-contact": "Seutujen suunnitelmat ja luvut", "national": "Mitä alueille kuuluu"}


def fill(apps: Any, schema_editor: Any) -> None:
    for code, title in BEGAN.items():
        points = apps.get_model("governance", "TemplatePoint").objects.filter(kind__code=code, kind__region=None, title_fi=title, source="other")
        points.update(source="regions")
        items = apps.get_model("governance", "AgendaItem").objects.filter(source="other", meeting__minutes_state="none")
        items.filter(meeting__group__kind__code=code, title_fi=title).update(source="regions")


def leave(apps: Any, schema_editor: Any) -> None:
    for name in ("TemplatePoint", "AgendaItem"):
        apps.get_model("governance", name).objects.filter(source="regions").update(source="other")


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("governance", "0020_days_seen_to")]
    operations: ClassVar[list[Operation]] = [
        migrations.AlterField("agendaitem", "source", models.CharField(choices=SOURCES, default="other", max_length=10)),
        migrations.AlterField("templatepoint", "source", models.CharField(choices=SOURCES, default="other", max_length=10)),
        migrations.AddField(
            "networkwatch",
            "figures",
            models.JSONField(default=dict, help_text="by measure, value and of how many, last three whole months"),
        ),
        migrations.RunPython(fill, leave),
    ]
