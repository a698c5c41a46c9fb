"""Guessing the language of what people write."""

import json
from pathlib import Path

import pytest

from luukku.core.languages import guess_language

NEEDS = json.loads((Path(__file__).resolve().parents[2] / "bench/needs-dev.json").read_text(encoding="utf-8"))


def test_needs_of_the_benchmark_are_nearly_all_guessed_and_none_is_taken_for_another() -> None:
    rows = NEEDS if isinstance(NEEDS, list) else next(each for each in NEEDS.values() if isinstance(each, list))
    guesses = [(guess_language(row["q"], default=""), row["lang"]) for row in rows]
    assert [pair for pair in guesses if pair[0] not in ("", pair[1])] == []
    assert sum(not guess for guess, _language in guesses) <= 0.08 * len(rows)


@pytest.mark.parametrize(
    ("text", "language"), [("", "sv"), ("12345", "sv"), ("Hei, tarvitsen neuvoa", "fi"), ("Hej, jag behöver råd", "sv"), ("I need advice", "en")]
)
def test_nothing_to_go_by_is_the_default(text: str, language: str) -> None:
    assert guess_language(text, default="sv") == language
