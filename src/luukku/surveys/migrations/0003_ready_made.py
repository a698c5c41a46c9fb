"""The questionnaires that come with the product: a steering group looks at itself, and a network at how it works together. Their owner edits them."""

from typing import Any, ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation
from django.utils import timezone

Texts = tuple[str, str, str]
WEAK: Texts = ("heikentää meitä", "försvagar oss", "weakens us")
STRONG: Texts = ("vahvistaa meitä", "stärker oss", "strengthens us")
STEERING: tuple[Texts, ...] = (
    ("Sitoudumme siihen, minkä olemme yhdessä asettaneet tavoitteeksi", "Vi står bakom de mål som vi har ställt upp tillsammans", "We stand behind the aims that we have set together"),
    ("Pystymme tarttumaan uusiin haasteisiin", "Vi klarar av att ta oss an nya utmaningar", "We are able to take up new challenges"),
    ("Tiedämme, mikä ryhmän tehtävä on", "Vi vet vad gruppens uppgift är", "We know what this group is for"),
    ("Meille on selvää, mistä kukin vastaa", "Det är klart för oss vem som ansvarar för vad", "It is clear to us who answers for what"),
    ("Puhumme kokouksissa siitä, millä on eniten merkitystä", "Vi talar på mötena om det som betyder mest", "At meetings we talk about what matters most"),
    ("Kuuntelemme toisiamme", "Vi lyssnar på varandra", "We listen to each other"),
    ("Meillä on aikaa ryhmän työlle", "Vi har tid för gruppens arbete", "We have time for the work of the group"),
    ("Tunnemme koordinaattorin tehtävän ja tavan työskennellä", "Vi känner till koordinatorns uppgift och sätt att arbeta", "We know the coordinator's task and way of working"),
    ("Saamme riittävästi tietoa työstä, hankkeista, kehittämisestä ja painopisteistä", "Vi får tillräckligt med information om arbetet, projekten, utvecklingen och prioriteringarna", "We hear enough of the work, the projects, what is developed and what comes first"),
    ("Kokousaineistosta näemme ajoissa, mihin meidän pitää puuttua", "Av möteshandlingarna ser vi i tid vad vi behöver ingripa i", "The papers show us in time what we have to act on"),
)
STEERING_OPEN: tuple[Texts, ...] = (
    ("Mitä odotat koordinaattorilta?", "Vad väntar du dig av koordinatorn?", "What do you expect of the coordinator?"),
    ("Miten tiedonkulkua pitäisi parantaa?", "Hur borde informationen förbättras?", "How should information be improved?"),
    ("Mitä ehdotat ryhmän työhön?", "Vad föreslår du för gruppens arbete?", "What do you suggest for the work of the group?"),
)
NEVER: Texts = ("eri mieltä", "av annan åsikt", "disagree")
FULLY: Texts = ("samaa mieltä", "av samma åsikt", "agree")
TOGETHER: tuple[Texts, ...] = (
    ("Teemme yhdessä enemmän kuin vuosi sitten", "Vi gör mer tillsammans än för ett år sedan", "We do more together than a year ago"),
    ("Yhteistyömme ulottuu arkiseen asiakastyöhön asti", "Vårt samarbete når ända till det dagliga kundarbetet", "Our cooperation reaches the daily work with customers"),
    ("Ideat liikkuvat organisaatioiden välillä vapaasti", "Idéer rör sig fritt mellan organisationerna", "Ideas move freely between the organisations"),
    ("Asiakas ohjataan sille, joka auttaa häntä parhaiten", "Kunden hänvisas till den som hjälper henne bäst", "Customers are guided to whoever helps them best"),
    ("Yhteistyösopimuksesta on hyötyä työssämme", "Samarbetsavtalet är till nytta i vårt arbete", "The cooperation agreement is of use in our work"),
    ("Tiedän, mitä muut verkostossa osaavat ja tarjoavat", "Jag vet vad andra i nätverket kan och erbjuder", "I know what others in the network can do and offer"),
)
NEXT: tuple[tuple[str, Texts], ...] = (
    ("meet", ("Yhteiset yrityskäynnit", "Gemensamma företagsbesök", "Visiting companies together")),
    ("learn", ("Yhteinen koulutus", "Gemensam utbildning", "Learning together")),
    ("tools", ("Yhteiset työkalut ja tiedot", "Gemensamma verktyg och uppgifter", "Shared tools and information")),
    ("tell", ("Yhteinen viestintä", "Gemensam kommunikation", "Telling of ourselves together")),
)
OFTEN: tuple[tuple[str, Texts], ...] = (
    ("weekly", ("Viikoittain", "Varje vecka", "Each week")),
    ("monthly", ("Kuukausittain", "Varje månad", "Each month")),
    ("seldom", ("Harvemmin", "Mer sällan", "More seldom")),
    ("never", ("En lainkaan", "Inte alls", "Not at all")),
)


def _texts(texts: Texts) -> dict[str, str]:
    return dict(zip(("fi", "sv", "en"), texts, strict=True))


def _question(number: int, kind: str, texts: Texts, **more: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {"help": {}, "is_required": False, "options": [], "rows": [], "low": 1, "high": 5, "low_label": {}, "high_label": {}, "rule": None}
    return plain | {"key": f"q{number}", "kind": kind, "text": _texts(texts)} | more


def _listed(options: tuple[tuple[str, Texts], ...]) -> list[dict[str, Any]]:
    return [{"code": code, "text": _texts(texts)} for code, texts in options]


def steering() -> list[dict[str, Any]]:
    ends = {"low": 1, "high": 7, "low_label": _texts(WEAK), "high_label": _texts(STRONG)}
    scaled = [_question(number, "scale", texts, **ends) for number, texts in enumerate(STEERING, start=1)]
    return scaled + [_question(number, "text", texts) for number, texts in enumerate(STEERING_OPEN, start=len(STEERING) + 1)]


def network() -> list[dict[str, Any]]:
    ends = {"low_label": _texts(NEVER), "high_label": _texts(FULLY)}
    found = [_question(number, "scale", texts, **ends) for number, texts in enumerate(TOGETHER, start=1)]
    often = ("Kuinka usein olet yhteydessä verkoston muihin organisaatioihin?", "Hur ofta har du kontakt med nätverkets andra organisationer?", "How often are you in touch with other organisations of the network?")
    found.append(_question(7, "choice", often, options=_listed(OFTEN)))
    why = ("Mikä yhteydenpidon estää?", "Vad hindrar kontakten?", "What keeps you from it?")
    found.append(_question(8, "text", why, rule={"question": "q7", "codes": ["seldom", "never"]}))
    order = ("Mitä pitäisi tehdä yhdessä seuraavaksi?", "Vad borde göras tillsammans härnäst?", "What should be done together next?")
    found.append(_question(9, "ranking", order, options=_listed(NEXT)))
    words = ("Mitä muuta haluat sanoa yhteistyöstä?", "Vad vill du annars säga om samarbetet?", "What else would you say of the cooperation?")
    found.append(_question(10, "text", words))
    return found


READY = (
    ("steering-group", steering, 4, False, ("Ohjausryhmän itsearviointi", "Styrgruppens självvärdering", "The steering group looks at itself"),
     ("Arvioi, miten ryhmä toimii. Tulokset avataan kokouksessa, ja niistä sovitaan, mitä tehdään toisin.",
      "Bedöm hur gruppen fungerar. Resultaten öppnas på ett möte, och av dem avtalas vad som görs annorlunda.",
      "Say how the group works. The results are opened at a meeting, and what is done otherwise is agreed from them.")),
    ("network", network, 5, True, ("Verkoston yhteistyökysely", "Enkät om nätverkets samarbete", "How the network works together"),
     ("Kysymme verkoston jäseniltä ja sidosryhmiltä, miten yhteistyö sujuu ja mitä seuraavaksi.",
      "Vi frågar nätverkets medlemmar och intressenter hur samarbetet löper och vad som kommer härnäst.",
      "We ask the members of the network and those around it how the cooperation goes, and what next.")),
)  # fmt: skip


def add(apps: Any, schema_editor: Any) -> None:
    questionnaires, versions = apps.get_model("surveys", "Questionnaire"), apps.get_model("surveys", "Version")
    for code, content, hide_below, asks, titles, intros in READY:
        texts = {f"{stem}_{name}": text for stem, named in (("title", titles), ("intro", intros)) for name, text in _texts(named).items()}
        made = questionnaires.objects.create(code=code, hide_below=hide_below, asks_organisation=asks, **texts)
        versions.objects.create(questionnaire=made, number=1, content=content(), taken_at=timezone.now())


def remove(apps: Any, schema_editor: Any) -> None:
    apps.get_model("surveys", "Questionnaire").objects.filter(code__in=[each[0] for each in READY]).delete()


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("surveys", "0002_walls")]
    operations: ClassVar[list[Operation]] = [migrations.RunPython(add, remove)]
