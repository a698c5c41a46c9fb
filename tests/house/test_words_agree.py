"""One message has one translation: modules share one catalogue at run time, and whichever comes first would win."""

import re
from collections import defaultdict
from pathlib import Path

import polib
import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "luukku"


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_message_has_one_translation_in_all_modules(language: str) -> None:
    said: dict[tuple[str | None, str], dict[str, str]] = defaultdict(dict)
    for path in SOURCE.rglob(f"locale/{language}/LC_MESSAGES/django.po"):
        module = str(path.relative_to(SOURCE)).split("/locale")[0]
        for entry in polib.pofile(str(path)):
            if entry.msgstr:
                said[entry.msgctxt, entry.msgid][module] = entry.msgstr
    clashes = {message: each for message, each in said.items() if len(set(each.values())) > 1}
    assert not clashes


def test_english_calls_nobody_he_or_she() -> None:
    gendered = re.compile(r"\b(she|her|hers|herself|he|him|his|himself)\b", re.IGNORECASE)
    told = {
        entry.msgid for path in SOURCE.rglob("locale/fi/LC_MESSAGES/django.po") for entry in polib.pofile(str(path)) if gendered.search(entry.msgid)
    }
    assert not told
