"""Other matters and the closing stand last on an agenda: they are known by what they are, not by their title."""

from typing import Any, ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from django.db.models import Q

SOURCES = [
    ("other", "Written only"), ("last", "Minutes of the last meeting"), ("tasks", "Tasks agreed earlier"), ("figures", "Figures of the last three months"),
    ("feedback", "Feedback of customers"), ("plans", "How the plans go"), ("regions", "Plans, figures and feedback of the regions"),
    ("more", "Other matters: stands last, before the next meeting"), ("next", "The next meeting and what is due until then"),
    ("end", "The closing: stands last of all"),
]  # fmt: skip
NAMED = {
    "more": ("Muut asiat", "Muut mahdolliset asiat", "Muut esille tulevat asiat", "Övriga ärenden", "Other matters"),
    "end": (
        "Kokouksen päättäminen", "Kokouksen päättyminen", "Päättäminen", "Lopetus", "Mötets avslutande", "Avslutning", "Closing", "Closing of the meeting",
    ),
}  # fmt: skip
LAST = ("more", "next", "end")


def tell(apps: Any, schema_editor: Any) -> None:
    points, items = apps.get_model("governance", "TemplatePoint"), apps.get_model("governance", "AgendaItem")
    open_to_change = items.objects.filter(meeting__minutes_state="none", meeting__state__in=("planned", "invited"))
    for source, titles in NAMED.items():
        named = Q(title_fi__in=titles) | Q(title_sv__in=titles) | Q(title_en__in=titles)
        points.objects.filter(named, source="other").update(source=source)
        open_to_change.filter(named, source="other").update(source=source)
    _order(points.objects.order_by("kind", "position", "id"), "kind_id")
    _order(open_to_change.order_by("meeting", "position", "id"), "meeting_id")


def _order(found: Any, of: str) -> None:
    """Numbers anew the agendas of which something that stands last stood before something else."""
    agendas: dict[int, list[Any]] = {}
    for each in found:
        agendas.setdefault(getattr(each, of), []).append(each)
    for agenda in agendas.values():
        ordered = sorted(agenda, key=lambda each: LAST.index(each.source) if each.source in LAST else -1)
        if ordered != agenda:
            for position, each in enumerate(ordered, start=1):
                each.position = position
                each.save(update_fields=["position"])


def leave(apps: Any, schema_editor: Any) -> None:
    for name in ("TemplatePoint", "AgendaItem"):
        apps.get_model("governance", name).objects.filter(source__in=("more", "end")).update(source="other")


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("governance", "0021_points_of_regions")]
    operations: ClassVar[list[Operation]] = [
        migrations.AlterField("agendaitem", "source", models.CharField(choices=SOURCES, default="other", max_length=10)),
        migrations.AlterField("templatepoint", "source", models.CharField(choices=SOURCES, default="other", max_length=10)),
        migrations.AlterField(
            "attendance",
            "answer",
            models.CharField(
                blank=True,
                choices=[("coming", "Will attend"), ("remote", "Will attend by video"), ("deputy", "Deputy attends"), ("no", "Cannot attend")],
                max_length=10,
            ),
        ),
        migrations.RunPython(tell, leave),
    ]
