"""Cutting what a mail repeats, as Finnish, Swedish and English mail programs write it."""

import time

import pytest

from luukku.core.mail.quotes import without_quotes

NEW = "Kiitos! Maanantai sopii.\n\nT. Kaisa"
HEADINGS = {
    "gmail fi": "ti 17. marrask. 2026 klo 9.00 Koskimaan yrityspalvelut (asia@koskimaa.example) kirjoitti:",
    "gmail fi, new": "ti 17.11.2026 klo 9.00 Koskimaa <asia@koskimaa.example> kirjoitti:",
    "thunderbird fi": "Koskimaa kirjoitti 17.11.2026 klo 9.00:",
    "apple fi": "Koskimaa <asia@koskimaa.example> kirjoitti 17.11.2026 kello 9.00:",
    "outlook fi": "Lähettäjä: Koskimaa <asia@koskimaa.example>\nLähetetty: tiistai 17. marraskuuta 2026 9.00\nVastaanottaja: Kaisa\nAihe: Asiasi",
    "outlook fi, ruled": "________________________________\nLähettäjä: Koskimaa\nLähetetty: tiistai 17. marraskuuta 2026 9.00\nAihe: Asiasi",
    "old outlook fi": "-----Alkuperäinen viesti-----",
    "gmail sv": "Den tis 17 nov. 2026 kl 09:00 skrev Koskimaa <asia@koskimaa.example>:",
    "apple sv": "17 nov. 2026 kl. 09:00 skrev Koskimaa <asia@koskimaa.example>:",
    "outlook sv": "Från: Koskimaa\nSkickat: den 17 november 2026 09:00\nTill: Kaisa\nÄmne: Ditt ärende",
    "old outlook sv": "-----Ursprungligt meddelande-----",
    "gmail en": "On Tue, Nov 17, 2026 at 9:00 AM Koskimaa <asia@koskimaa.example> wrote:",
    "gmail en, folded": "On Tue, Nov 17, 2026 at 9:00 AM Koskimaan yrityspalvelut\n<asia@koskimaa.example> wrote:",
    "outlook en": "From: Koskimaa\nSent: Tuesday, November 17, 2026 9:00 AM\nTo: Kaisa\nSubject: Your matter",
}


@pytest.mark.parametrize("heading", HEADINGS.values(), ids=HEADINGS.keys())
def test_heading_of_a_quoted_mail_ends_what_is_new(heading: str) -> None:
    for mark in ("> ", ""):
        text = f"{NEW}\n\n{heading}\n\n{mark}Asiasi on saapunut meille.\n{mark}Otamme yhteyttä."
        new, rest = without_quotes(text)
        assert new == NEW
        assert "Asiasi on saapunut" in rest


def test_quoted_lines_without_a_heading_are_cut() -> None:
    assert without_quotes(f"{NEW}\n> Asiasi on saapunut\n> meille") == (NEW, "> Asiasi on saapunut\n> meille")


def test_answer_below_the_quoted_lines_is_what_is_new() -> None:
    new, rest = without_quotes(f"{HEADINGS['gmail fi']}\n> Mikä päivä sopii?\n\n{NEW}")
    assert new == NEW
    assert "Mikä päivä" in rest


def test_answers_between_the_quoted_lines_are_not_torn_apart() -> None:
    text = f"{HEADINGS['gmail fi']}\n> Mikä päivä sopii?\nMaanantai.\n> Entä kellonaika?\nKymmenen."
    assert without_quotes(text) == (text, "")


@pytest.mark.parametrize(
    "text",
    [
        NEW,
        "Pankki kirjoitti minulle, että laina ei onnistu. Mitä teen?",
        "Aihe: kahvila\n\nHaluan avata kahvilan.",
        "Banken skrev till mig om lånet.",
        "",
    ],
)
def test_what_only_looks_like_a_heading_stays(text: str) -> None:
    assert without_quotes(text) == (text, "")


def test_nothing_is_lost_when_all_of_it_is_quoted() -> None:
    text = "> Asiasi on saapunut\n> meille"
    assert without_quotes(text) == (text, "")


@pytest.mark.parametrize(
    "evil", ["On " + "a " * 100_000, "> " * 100_000, "Den " * 50_000, "\n".join(["From: x"] * 20_000), "_" * 200_000, "1 " * 99_000 + "kirjoitti"]
)
def test_text_made_to_be_slow_is_not(evil: str) -> None:
    begun = time.process_time()
    without_quotes(evil)
    assert time.process_time() - begun < 2
