"""A survey may take needs to the region's door; and the questionnaire by which companies are asked what they need."""

from typing import Any, ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from django.db.models import Q
from django.utils import timezone

HELP = "whoever answers may ask to be contacted; then she has a matter at the region's door"
INVITED = """
create function wall.surveys_invited(given bytea) returns table (name text, email text)
language sql stable security definer set search_path = public, wall, pg_temp as $$
  select coalesce(p.name, i.name)::text, coalesce(p.email, i.email)::text
  from surveys_invitation i join surveys_survey s on s.id = i.survey_id and s.takes_needs left join network_person p on p.id = i.person_id
  where i.digest = given
$$
"""
Texts = tuple[str, str, str]
STAGES: tuple[tuple[str, Texts], ...] = (
    ("idea", ("Suunnittelen yritystä", "Jag planerar ett företag", "I am planning a company")),
    ("new", ("Yritys on alle kolmevuotias", "Företaget är yngre än tre år", "The company is under three years old")),
    ("steady", ("Yritys toimii vakaasti", "Företaget går stadigt", "The company runs steadily")),
    ("growth", ("Haluamme kasvaa", "Vi vill växa", "We want to grow")),
    ("handover", ("Mietin luopumista tai omistajanvaihdosta", "Jag funderar på att sluta eller på ägarbyte", "I think of stopping or of handing it over")),
)
NEEDS: tuple[tuple[str, Texts], ...] = (
    ("money", ("Rahoitus", "Finansiering", "Finance")),
    ("people", ("Työntekijöiden löytäminen", "Att hitta anställda", "Finding people to work")),
    ("skills", ("Osaaminen ja koulutus", "Kunnande och utbildning", "Skills and training")),
    ("place", ("Tilat ja tontit", "Lokaler och tomter", "Premises and plots")),
    ("sales", ("Myynti ja markkinointi", "Försäljning och marknadsföring", "Sales and marketing")),
    ("abroad", ("Vienti", "Export", "Export")),
    ("digital", ("Digitalisaatio", "Digitalisering", "Digital tools")),
    ("green", ("Energia ja ympäristö", "Energi och miljö", "Energy and environment")),
    ("permits", ("Luvat ja ilmoitukset", "Tillstånd och anmälningar", "Permits and notices")),
)
HARD: Texts = ("vaikeaa", "svårt", "hard")
EASY: Texts = ("helppoa", "lätt", "easy")
TITLES: Texts = ("Yritysten tarvekysely", "Enkät om företagens behov", "What companies need")
INTROS: Texts = (
    "Kerro, mitä yrityksesi tarvitsee seuraavan vuoden aikana. Vastausten avulla suunnittelemme seudun yrityspalveluja.",
    "Berätta vad ditt företag behöver under det kommande året. Med hjälp av svaren planerar vi regionens företagstjänster.",
    "Tell what your company needs in the coming year. The answers help to plan the region's business services.",
)


def _texts(texts: Texts) -> dict[str, str]:
    return dict(zip(("fi", "sv", "en"), texts, strict=True))


def _question(number: int, kind: str, texts: Texts, **more: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {"help": {}, "is_required": False, "options": [], "rows": [], "low": 1, "high": 5, "low_label": {}, "high_label": {}, "rule": None}
    return plain | {"key": f"q{number}", "kind": kind, "text": _texts(texts)} | more


def _listed(options: tuple[tuple[str, Texts], ...]) -> list[dict[str, Any]]:
    return [{"code": code, "text": _texts(texts)} for code, texts in options]


def _questions() -> list[dict[str, Any]]:
    ends = {"low_label": _texts(HARD), "high_label": _texts(EASY)}
    return [
        _question(1, "choice", ("Missä vaiheessa yrityksesi on?", "I vilket skede är ditt företag?", "At what stage is your company?"), options=_listed(STAGES)),
        _question(2, "many", ("Missä tarvitset apua seuraavan vuoden aikana?", "I vad behöver du hjälp under det kommande året?", "With what will you need help in the coming year?"), options=_listed(NEEDS)),
        _question(3, "scale", ("Miten helppoa apua on ollut löytää?", "Hur lätt har det varit att hitta hjälp?", "How easy has it been to find help?"), **ends),
        _question(4, "text", ("Mitä yrityksesi kaipaa, mitä seudulla ei ole?", "Vad saknar ditt företag i regionen?", "What does your company miss in the region?")),
    ]


def add(apps: Any, schema_editor: Any) -> None:
    texts = {f"{stem}_{name}": text for stem, named in (("title", TITLES), ("intro", INTROS)) for name, text in _texts(named).items()}
    settings = {"is_anonymous": False, "for_customers": True, "takes_needs": True, "hide_below": 5}
    made = apps.get_model("surveys", "Questionnaire").objects.create(code="needs", **settings, **texts)
    apps.get_model("surveys", "Version").objects.create(questionnaire=made, number=1, content=_questions(), taken_at=timezone.now())


def remove(apps: Any, schema_editor: Any) -> None:
    apps.get_model("surveys", "Questionnaire").objects.filter(code="needs").delete()


def _named(name: str, more: Q) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(takes_needs=False) | (Q(is_anonymous=False) & more))


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("surveys", "0004_todays_seats"), ("network", "0001_initial")]
    operations: ClassVar[list[Operation]] = [
        migrations.AddField("questionnaire", "takes_needs", models.BooleanField(default=False, help_text=HELP)),
        migrations.AddField("survey", "takes_needs", models.BooleanField(default=False, help_text=HELP)),
        migrations.AddConstraint("questionnaire", _named("questionnaire_needs_are_named", Q())),
        migrations.AddConstraint("survey", _named("survey_needs_are_named", Q(region__isnull=False))),
        migrations.RunSQL(INVITED, "drop function wall.surveys_invited(bytea)"),
        migrations.RunPython(add, remove),
    ]
