"""The kinds of groups that come with the product, with their agendas; the network edits them and regions add their own."""

from typing import Any, ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

OPENING = ("other", "Avaus ja läsnäolijat", "Öppnande och närvarande", "Opening, and who is present")
LAST = ("last", "Edellisen kokouksen muistio", "Förra mötets protokoll", "Minutes of the last meeting")
TASKS = ("tasks", "Sovitut tehtävät", "Avtalade uppgifter", "Tasks agreed earlier")
FIGURES = ("figures", "Palvelun luvut", "Tjänstens siffror", "The service in figures")
FEEDBACK = ("feedback", "Asiakaspalaute", "Kundrespons", "Feedback of customers")
OTHER = ("other", "Muut asiat", "Övriga ärenden", "Other matters")
NEXT = ("next", "Seuraava kokous", "Nästa möte", "The next meeting")
PLAN = ("other", "Toimintasuunnitelman eteneminen", "Hur verksamhetsplanen framskrider", "How the action plan is going")
RESOURCES = ("other", "Voimavarat ja kustannusten jako", "Resurser och kostnadsfördelning", "Resources and cost sharing")
SERVICE = ("other", "Yhteisen palvelun kehittäminen", "Utveckling av den gemensamma tjänsten", "Developing the shared service")
WHOLE_YEAR = [1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12]
KINDS = (
    ("steering", "Ohjausryhmä", "Styrgrupp", "Steering group", "organisations", "steering-chair", "steering-member", 10, [3, 6, 10, 12],
     (OPENING, LAST, TASKS, PLAN, FIGURES, FEEDBACK, RESOURCES, OTHER, NEXT)),
    ("working", "Työryhmä", "Arbetsgrupp", "Working group", "organisations", "working-chair", "working-member", None, WHOLE_YEAR,
     (OPENING, TASKS, SERVICE, FIGURES, FEEDBACK, OTHER, NEXT)),
    ("board", "Hallitus", "Styrelse", "Board", "members", "", "", None, [2, 4, 6, 9, 11], (OPENING, LAST, TASKS, OTHER, NEXT)),
    ("management", "Johtoryhmä", "Ledningsgrupp", "Management group", "members", "", "", None, WHOLE_YEAR, (OPENING, TASKS, FIGURES, OTHER, NEXT)),
    ("activation", "Aktivointikokous", "Aktiveringsmöte", "Activation meeting", "organisations", "", "", None, [2, 5, 9, 11],
     (OPENING, TASKS, FIGURES, OTHER, NEXT)),
    ("partners", "Kumppanuustiimi", "Partnerskapsteam", "Partnership team", "organisations", "", "", None, [1, 3, 5, 8, 10, 12],
     (OPENING, TASKS, SERVICE, OTHER, NEXT)),
    ("quality", "Laaturyhmä", "Kvalitetsgrupp", "Quality group", "organisations", "", "", None, [2, 5, 9, 11],
     (OPENING, TASKS, FIGURES, FEEDBACK, SERVICE, OTHER, NEXT)),
    ("theme", "Teemaryhmä", "Temagrupp", "Theme group", "network", "", "", None, [2, 5, 9, 11], (OPENING, TASKS, OTHER, NEXT)),
    ("developers", "Kehittäjäverkosto", "Utvecklarnätverk", "Developer network", "network", "", "", None, [3, 9],
     (OPENING, TASKS, SERVICE, OTHER, NEXT)),
)  # fmt: skip


def add(apps: Any, schema_editor: Any) -> None:
    kinds, points = apps.get_model("governance", "GroupKind"), apps.get_model("governance", "TemplatePoint")
    for order, (code, fi, sv, en, confidentiality, chair, member, most, months, agenda) in enumerate(KINDS, start=1):
        kind = kinds.objects.create(
            code=code, name_fi=fi, name_sv=sv, name_en=en, confidentiality=confidentiality, chair_seat=chair, member_seat=member,
            most_members=most, months=months, order=order,
        )  # fmt: skip
        points.objects.bulk_create(
            points(kind=kind, position=position, source=source, title_fi=in_fi, title_sv=in_sv, title_en=in_en)
            for position, (source, in_fi, in_sv, in_en) in enumerate(agenda, start=1)
        )


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("governance", "0002_walls")]
    operations: ClassVar[list[Operation]] = [migrations.RunPython(add, migrations.RunPython.noop)]
