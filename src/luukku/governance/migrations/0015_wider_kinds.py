"""The kinds of groups of an area and of the nation that come with the product."""

from typing import Any, ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

OPENING = ("other", "Avaus ja läsnäolijat", "Öppnande och närvarande", "Opening, and who is present")
LAST = ("last", "Edellisen kokouksen muistio", "Förra mötets protokoll", "Minutes of the last meeting")
TASKS = ("tasks", "Sovitut tehtävät", "Avtalade uppgifter", "Tasks agreed earlier")
ROUND = ("other", "Mitä seuduille kuuluu", "Hur det går i regionerna", "How the regions are doing")
PLANS = ("other", "Seutujen suunnitelmat ja luvut", "Regionernas planer och siffror", "Plans and figures of the regions")
NATION = ("other", "Terveiset valtakunnalle ja valtakunnasta", "Hälsningar till och från det nationella", "News to and from the national level")
AREAS = ("other", "Mitä alueille kuuluu", "Hur det går i områdena", "How the areas are doing")
TOOLS = ("other", "Yhteiset mallit ja työvälineet", "Gemensamma mallar och verktyg", "Common templates and tools")
THEME = ("other", "Päivän teema", "Dagens tema", "The day's theme")
OTHER = ("other", "Muut asiat", "Övriga ärenden", "Other matters")
NEXT = ("next", "Seuraava kokous", "Nästa möte", "The next meeting")
KINDS = (
    ("area", "area-contact", "Aluevastaavan ja koordinaattorien tapaaminen", "Områdeskontaktens och koordinatorernas möte",
     "Area contact with coordinators", "members", "area-contact", "coordinator", [1, 2, 4, 5, 8, 9, 10, 12],
     (OPENING, TASKS, ROUND, PLANS, NATION, OTHER, NEXT)),
    ("area", "area-theme", "Alueen teemapäivä", "Områdets temadag", "Theme day of an area", "network", "area-contact", "", [3, 9],
     (OPENING, THEME, OTHER)),
    ("national", "national", "Valtakunnallinen kokous", "Nationellt möte", "National meeting", "network", "national-owner", "area-contact", [5, 11],
     (OPENING, LAST, TASKS, AREAS, TOOLS, OTHER, NEXT)),
)  # fmt: skip


def add(apps: Any, schema_editor: Any) -> None:
    kinds, points = apps.get_model("governance", "GroupKind"), apps.get_model("governance", "TemplatePoint")
    for order, (level, code, fi, sv, en, confidentiality, chair, member, months, agenda) in enumerate(KINDS, start=20):
        kind = kinds.objects.create(
            level=level, code=code, name_fi=fi, name_sv=sv, name_en=en, confidentiality=confidentiality, chair_seat=chair, member_seat=member,
            months=months, order=order,
        )  # fmt: skip
        points.objects.bulk_create(
            points(kind=kind, position=position, source=source, title_fi=in_fi, title_sv=in_sv, title_en=in_en)
            for position, (source, in_fi, in_sv, in_en) in enumerate(agenda, start=1)
        )


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("governance", "0014_wider_walls")]
    operations: ClassVar[list[Operation]] = [migrations.RunPython(add, migrations.RunPython.noop)]
