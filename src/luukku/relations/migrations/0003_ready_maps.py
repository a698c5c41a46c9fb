"""The maps of needs that come with the product. The network changes them on its own page."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

# code, then names and questions in Finnish, Swedish, English
MAPS = (
    ("whole", ("Koko yritys lyhyesti", "Hela företaget i korthet", "The whole company in short"), (
        ("Miten yrityksellä menee nyt?", "Hur går det för företaget just nu?", "How is the company doing now?"),
        ("Mihin yritys on menossa kolmessa vuodessa?", "Vart är företaget på väg på tre år?", "Where is the company heading in three years?"),
        ("Mikä on kasvun tai jatkumisen suurin este?", "Vad hindrar mest att företaget växer eller fortsätter?", "What most hinders growth or going on?"),
        ("Tarvitaanko lisää osaavaa väkeä?", "Behövs det mer kunnig personal?", "Are more skilled people needed?"),
        ("Tarvitaanko rahoitusta?", "Behövs det finansiering?", "Is finance needed?"),
        ("Riittävätkö tilat, tontti ja yhteydet?", "Räcker lokalerna, tomten och förbindelserna till?", "Are premises, plot and connections enough?"),
    )),
    ("growth", ("Kasvu ja kansainvälistyminen", "Tillväxt och internationalisering", "Growth and going abroad"), (
        ("Mistä kasvu tulee: tuotteista, asiakkaista vai markkinoista?", "Varifrån kommer tillväxten: produkter, kunder eller marknader?",
         "Where does growth come from: products, customers or markets?"),
        ("Myydäänkö tai aiotaanko myydä ulkomaille?", "Säljer ni eller tänker ni sälja utomlands?", "Do you sell abroad, or mean to?"),
        ("Kehitetäänkö uutta tuotetta tai palvelua?", "Utvecklas en ny produkt eller tjänst?", "Is a new product or service being developed?"),
        ("Millä kasvu rahoitetaan?", "Med vad finansieras tillväxten?", "What pays for the growth?"),
    )),
    ("people", ("Väki ja osaaminen", "Personal och kompetens", "People and skills"), (
        ("Onko avoimia paikkoja tai tulossa?", "Finns det lediga platser nu eller snart?", "Are there open jobs, now or soon?"),
        ("Mitä osaamista puuttuu?", "Vilken kompetens saknas?", "Which skills are missing?"),
        ("Ottaisiko yritys harjoittelijan tai oppisopimuslaisen?", "Kunde företaget ta emot en praktikant eller lärling?", "Would the company take a trainee or an apprentice?"),
        ("Miten väki jaksaa?", "Hur orkar personalen?", "How are the people coping?"),
    )),
    ("change", ("Muutos ja omistajanvaihdos", "Förändring och ägarskifte", "Change and change of owners"), (
        ("Kuka jatkaa yritystä viiden vuoden päästä?", "Vem fortsätter företaget om fem år?", "Who carries the company on in five years?"),
        ("Onko maksuissa tai kannattavuudessa vaikeuksia?", "Finns det svårigheter med betalningar eller lönsamhet?", "Are there difficulties with payments or profit?"),
        ("Onko lomautuksia tai irtisanomisia tulossa?", "Är permitteringar eller uppsägningar på väg?", "Are lay-offs or dismissals coming?"),
        ("Mitä muuta muutosta on edessä?", "Vilka andra förändringar väntar?", "Which other changes lie ahead?"),
    )),
)  # fmt: skip
MAP = "insert into relations_needmap (code, position, name_fi, name_sv, name_en, is_hidden) values (%s, %s, %s, %s, %s, false)"
QUESTION = (
    "insert into relations_needquestion (need_map_id, position, text_fi, text_sv, text_en, is_hidden)"
    " select id, %s, %s, %s, %s, false from relations_needmap where code = %s"
)


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("relations", "0002_walls")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(
            [
                *[(MAP, [code, place, *names]) for place, (code, names, _questions) in enumerate(MAPS, start=1)],
                *[
                    (QUESTION, [place, *texts, code])
                    for code, _names, questions in MAPS
                    for place, texts in enumerate(questions, start=1)
                ],
            ],
            migrations.RunSQL.noop,
        )
    ]
