"""What is left of people's words where nobody may learn who they are."""

import time

import pytest

from luukku.catalogue.actions.scrubbing import impersonal

KEPT = (
    "Haluan perustaa toiminimen Helsinkiin", "Tarvitsen Facebook-mainontaa", "Anna minulle rahaa", "anna rahaa marjanviljelyyn",
    "ainoa ongelma on aika, päiviä kuluu", "Pidän lemmikkikäärmeitä ja etsin hoitopaikkaa", "PRH ja ELY-keskus eivät vastaa",
    "Haluan viedä Ruotsiin ja Norjaan puuta", "suomalainen tavallinen yksityinen hoitokoti", "autokatsastus vuonna 2024", "Kaunis Talo",
    "I want to sell food at the market", "Jag behöver hjälp med moms", "on ky vai ab parempi",
)  # fmt: skip


@pytest.mark.parametrize("text", KEPT)
def test_everyday_words_stay(text: str) -> None:
    assert impersonal(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Kaisa Korhonen haluaa avata kahvilan", "… haluaa avata kahvilan"),
        ("olen matti virtanen ja haluan lammastilan", "olen … ja haluan lammastilan"),
        ("Puhuin Matin ja Hanneksen kanssa", "Puhuin … ja … kanssa"),
        ("Voiko Korhosen tila saada tukea", "Voiko … tila saada tukea"),
        ("Meitä on kaksi, minä ja Zbigniew Kowalczyk", "Meitä on kaksi, minä ja …"),
        ("kysykää Ainolta", "kysykää …"),
        ("Jag heter Anders Björklund och vill starta", "Jag heter … och vill starta"),
        ("Tmi Leena Laitinen", "…"),
        ("Yritykseni Kahvila Kielo Oy tarvitsee rahaa", "… tarvitsee rahaa"),
        ("tilini on FI21 1234 5600 0007 85 siis", "tilini on … siis"),
        ("asun Kauppakatu 5 A 3, ovi oikealla", "asun …, ovi oikealla"),
        ("katso www.kielo.example tai kahvila.fi/menu", "katso … tai …"),
        ("tunnus 2617416-4, hetu 131052-308t, soita +358 40 555 0142", "tunnus …, hetu …, soita …"),
        ("kirjoita kaisa@customer.example heti", "kirjoita … heti"),
    ],
)
def test_what_tells_who_somebody_is_goes(text: str, left: str) -> None:
    assert impersonal(text) == left


@pytest.mark.parametrize("text", ["Aa Bb " * 5000, "1 " * 10000, "a.b-" * 5000, "Kaisa\n" * 5000, "katu" * 5000, "A " * 10000 + "oy"])
def test_long_texts_take_no_time(text: str) -> None:
    start = time.perf_counter()
    impersonal(text)
    assert time.perf_counter() - start < 2
