import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luukku.catalogue.matching.focus import focus
from luukku.catalogue.matching.texts import HEAD, TAIL, clean, features, fold, has_letters, words


def test_fold_drops_dots_and_doubled_letters() -> None:
    assert fold("hääyöaie") == fold("hayoaie")
    assert fold("Årsredovisning".lower()) == "arsredovisning"


def test_clean_of_a_hundred_kilobytes_keeps_both_ends() -> None:
    text = clean("alku " + "x" * 100_000 + " loppu")
    assert len(text) <= HEAD + TAIL + 1
    assert text.startswith("alku")
    assert text.endswith("loppu")


def test_clean_of_broken_unicode_and_control_characters_is_plain() -> None:
    assert clean("a\x00b\ud800\u200b  C\n") == "a b c"


@pytest.mark.parametrize(
    ("one", "other"), [("starttiraha", "startti raha"), ("ruokakärry torilla", "ruokakarry torila"), ("rakennuslupa", "rakennus lupa")]
)
def test_features_of_a_slip_are_mostly_those_of_the_right_spelling(one: str, other: str) -> None:
    right, slip = set(features(one)), set(features(other))
    assert len(right & slip) / len(right) > 0.5


def test_features_of_unlike_words_are_unlike() -> None:
    assert not set(features("starttiraha")) & set(features("bygglov"))


@pytest.mark.parametrize("text", ["", "12 345", "??", "😀😀", "a b"])
def test_has_letters_of_nothing_to_go_by_is_false(text: str) -> None:
    assert not has_letters(text)


def test_focus_of_a_long_text_is_its_end_within_the_budget() -> None:
    def pieces(text: str) -> int:
        return len(words(text))

    story = " ".join(f"sana{n}" for n in range(100))
    assert focus(story, pieces, 7) == " ".join(f"sana{n}" for n in range(93, 100))
    assert focus("lyhyt asia", pieces, 7) == "lyhyt asia"


def test_focus_of_one_endless_word_is_its_beginning() -> None:
    assert focus("x" * 500, len, 40) == "x" * 40


@settings(deadline=None)
@given(st.text())
def test_fold_letter_by_letter_is_the_fold_of_the_whole(text: str) -> None:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    assert fold(text) == re.sub(r"(.)\1+", r"\1", plain.replace("ø", "o").replace("æ", "a"))
