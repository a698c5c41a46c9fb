"""The kinds of plans that come with the product; the network's keepers edit them."""

from typing import Any, ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

PROCESS = ("Yhteistyön käynnistäminen ja kehittäminen", "Att starta och utveckla samarbetet", "Starting and developing the cooperation")
SEGMENTS = ("Yhteiset toimenpiteet asiakasryhmittäin", "Gemensamma åtgärder per kundgrupp", "Shared measures for each group of customers")
OWN = ("Omat tehtävät", "Egna uppgifter", "Own tasks")
LEARNING = ("Osaaminen", "Kunnande", "Competence")
OUT = ("Asiakkaille ja yrityksille", "Till kunder och företag", "To customers and companies")
INSIDE = ("Verkoston sisällä ja päättäjille", "Inom nätverket och till beslutsfattare", "Within the network and to those who decide")
JOINT = ("Yhteiset tapaamiset", "Gemensamma möten", "Joint meetings")
EACH = ("Kunkin omat tapaamiset", "Vars och ens egna möten", "Each party's own meetings")
LEAD = ("Suunnittelu ja johtaminen", "Planering och ledning", "Planning and leading")
DOING = ("Toteutus", "Genomförande", "Carrying out")
EVAL = ("Arviointi ja kehittäminen", "Utvärdering och utveckling", "Evaluation and development")
FOCUS = ("Painopisteet", "Prioriteringar", "Focus areas")
DECIDED = ("Päätetyt toimenpiteet", "Beslutade åtgärder", "Measures decided")
ASKED = ("Esitykset muille päättäjille", "Förslag till andra beslutsfattare", "Proposals to others who decide")
STEPS = ("Vaiheet", "Skeden", "Steps")
KINDS = (
    ("action", "Toimintasuunnitelma", "Verksamhetsplan", "Action plan", {"has_matrix": True}, [], (PROCESS, SEGMENTS)),
    ("communications", "Viestintäsuunnitelma", "Kommunikationsplan", "Communications plan", {},
     ["target_group", "message", "channel", "event", "cost", "mark"], (OUT, INSIDE)),
    ("contacts", "Kontaktisuunnitelma", "Kontaktplan", "Contact plan", {}, ["target_group", "channel"], (JOINT, EACH)),
    ("work", "Työsuunnitelma", "Arbetsplan", "Work plan", {}, [], (LEAD, DOING, EVAL)),
    ("personal", "Oma vuosisuunnitelma", "Egen årsplan", "Own plan for the year", {"needs_decision": False, "is_personal": True}, [], (OWN, LEARNING)),
    ("strategy", "Strategian toimenpideohjelma", "Strategins åtgärdsprogram", "Strategy programme", {"needs_decision": False, "is_yearly": False}, [], (FOCUS,)),
    ("term", "Kauden ohjelma", "Program för perioden", "Programme of a term", {"is_yearly": False}, [], (PROCESS, SEGMENTS)),
    ("decisions", "Päätökset toimenpiteineen", "Beslut med åtgärder", "Decisions with measures", {}, [], (DECIDED, ASKED)),
    ("sub", "Osasuunnitelma", "Delplan", "Sub-plan", {"needs_decision": False, "is_yearly": False}, [], (STEPS,)),
)  # fmt: skip


def add(apps: Any, schema_editor: Any) -> None:
    kinds, parts = apps.get_model("plans", "PlanKind"), apps.get_model("plans", "PlanPart")
    for order, (code, fi, sv, en, more, columns, names) in enumerate(KINDS, start=1):
        kind = kinds.objects.create(code=code, name_fi=fi, name_sv=sv, name_en=en, columns=columns, order=order, **more)
        parts.objects.bulk_create(
            parts(kind=kind, position=position, name_fi=in_fi, name_sv=in_sv, name_en=in_en)
            for position, (in_fi, in_sv, in_en) in enumerate(names, start=1)
        )


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("plans", "0002_walls")]
    operations: ClassVar[list[Operation]] = [migrations.RunPython(add, migrations.RunPython.noop)]
