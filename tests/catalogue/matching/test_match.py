"""The matcher of the default catalogue, asked what people ask."""

from dataclasses import replace
from pathlib import Path

import pytest

from luukku.catalogue.matching.cards import LANGS, default_cards
from luukku.catalogue.matching.evaluate import Report, evaluate, read_needs
from luukku.catalogue.matching.model import Model
from luukku.catalogue.matching.reasons import said

BENCH = Path(__file__).parents[3] / "bench"
NEEDS, EVERYDAY = BENCH / "needs-dev.json", BENCH / "needs-everyday.json"
ODD = [
    "",
    " ",
    "\0",
    "1234567",
    "!!??",
    "😀🎉",
    "\ud800",
    "x" * 100_000,
    "yritys " * 15_000,
    "ааа ббб ввв",
    "商店",
    "a\u0301" * 5_000,
    "<script>alert(1)</script>",
    "' OR 1=1 --",
]


@pytest.fixture(scope="module")
def report_with_meaning(with_meaning: Model) -> Report:
    return evaluate(with_meaning, read_needs(NEEDS))


@pytest.fixture(scope="module")
def report_by_words(by_words: Model) -> Report:
    return evaluate(by_words, read_needs(NEEDS))


@pytest.mark.parametrize("lang", LANGS)
def test_match_with_meaning_reaches_the_aims(report_with_meaning: Report, lang: str) -> None:
    assert report_with_meaning.slices[lang].recall_3 >= 0.90
    assert report_with_meaning.slices[lang].recall_1 >= 0.70


@pytest.mark.parametrize("lang", LANGS)
def test_match_by_words_alone_still_works(report_by_words: Report, lang: str) -> None:
    assert report_by_words.slices[lang].recall_3 >= 0.85
    assert report_by_words.slices[lang].recall_1 >= 0.65


@pytest.mark.parametrize("lang", LANGS)
def test_short_everyday_need_finds_its_service(with_meaning: Model, by_words: Model, lang: str) -> None:
    for model in (with_meaning, by_words):
        found = evaluate(model, read_needs(EVERYDAY)).slices[lang]
        assert found.recall_3 >= 0.95
        assert found.false_unfit <= 0.05


@pytest.mark.parametrize(
    ("need", "also"),
    [
        ("Haluan avata kahvilan vanhaan kioskiin Teuvalla. Mistä aloitan ja mitä lupia tarvitsen?", "food-premises-registration"),
        ("mitä lupia kahvila tarvitsee", "food-premises-registration"),
        ("Terassi kesäksi kioskin eteen", "street-use-and-terrace"),
    ],
)
def test_permits_are_found_by_the_trade_they_are_for(with_meaning: Model, need: str, also: str) -> None:
    found = with_meaning.match(need, "fi", top=3)
    assert found.fits
    assert also in [hit.id for hit in found.hits]


def test_match_says_when_nothing_fits(report_with_meaning: Report) -> None:
    assert report_with_meaning.unfit_found >= 0.80
    assert report_with_meaning.slices["all"].false_unfit <= 0.05


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("lang", ["fi", "sv", "en", "ru", ""])
def test_match_of_odd_text_is_never_an_error(with_meaning: Model, by_words: Model, text: str, lang: str) -> None:
    for model in (with_meaning, by_words):
        for hit in model.match(text, lang).hits:
            assert 0 <= hit.score <= 1
            assert isinstance(said(hit.why, lang), str)


@pytest.mark.parametrize("text", ["", "1234567", "😀🎉", "!!", "x" * 100_000])
def test_match_of_nothing_said_fits_nothing(with_meaning: Model, by_words: Model, text: str) -> None:
    assert not with_meaning.match(text, "fi").fits
    assert not by_words.match(text, "fi").fits


def test_match_scores_descend_and_are_shares_of_one(with_meaning: Model) -> None:
    scores = [hit.score for hit in with_meaning.match("mistä rahaa uuteen koneeseen", "fi", top=80).hits]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("lang", LANGS)
def test_match_of_a_service_name_finds_it(by_words: Model, lang: str) -> None:
    found = [by_words.match(card.names[lang], lang).hits[0].id == card.id for card in default_cards()]
    assert sum(found) >= 78


def test_match_tells_why_in_the_language_of_the_need(by_words: Model) -> None:
    hit = by_words.match("starttirahan hakeminen", "fi").hits[0]
    assert hit.id == "start-up-grant-application"
    assert hit.why.kind == "words"
    assert said(hit.why, "fi") == "Osuu sanoihin: starttirahan"
    assert said(hit.why, "sv").startswith("Passar ihop med orden")


def test_word_that_every_service_knows_is_no_reason(by_words: Model) -> None:
    for hit in by_words.match("haluaisin tietoa siitä, voiko rahoitusta saada", "fi", top=5).hits:
        assert not {"haluaisin", "siitä", "voiko"} & set(hit.why.words)


def test_match_without_the_language_model_at_hand_falls_back_to_words(with_meaning: Model, by_words: Model) -> None:
    alone = replace(with_meaning, embedder=lambda: None)
    assert alone.match("haluan viedä saunoja Saksaan", "fi") == by_words.match("haluan viedä saunoja Saksaan", "fi")
