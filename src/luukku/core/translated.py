"""Texts kept in three languages: three plain columns and one attribute that shows the best of them.

`name_fi`, `name_sv`, `name_en` are ordinary fields, so constraints, history triggers, forms and types see them; `name = Translated("name")` reads
them. Where the reader's language is missing, the best available one is shown and carries its language, for `lang="…"` on screen.
"""

from collections.abc import Callable, Mapping
from typing import Any, Self, overload

from django.db import models
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language, override

LANGUAGES = ("fi", "sv", "en")
_FALLBACK = {"fi": ("fi", "sv", "en"), "sv": ("sv", "fi", "en"), "en": ("en", "fi", "sv")}


class LocalText(str):
    """A text that knows its language, and whether it stands in for a missing translation."""

    lang: str
    is_fallback: bool

    def __new__(cls, text: str, lang: str, *, is_fallback: bool) -> Self:
        made = super().__new__(cls, text)
        made.lang, made.is_fallback = lang, is_fallback
        return made


def reading_order(language: str | None = None) -> tuple[str, ...]:
    """Languages to try, the reader's own first."""
    return _FALLBACK.get((language or get_language() or "fi")[:2], LANGUAGES)


class Translated:
    """The best text of `<stem>_fi`, `<stem>_sv`, `<stem>_en` for the present language."""

    def __init__(self, stem: str) -> None:
        self.stem = stem

    @overload
    def __get__(self, instance: None, owner: type) -> "Translated": ...
    @overload
    def __get__(self, instance: models.Model, owner: type) -> LocalText: ...
    def __get__(self, instance: models.Model | None, owner: type) -> "Translated | LocalText":
        if instance is None:
            return self
        return self.of(instance)

    def of(self, instance: Any, language: str | None = None) -> LocalText:
        order = reading_order(language)
        for lang in order:
            text = getattr(instance, f"{self.stem}_{lang}")
            if text:
                return LocalText(text, lang, is_fallback=lang != order[0])
        return LocalText("", order[0], is_fallback=False)


def in_language(instance: models.Model, stem: str, language: str) -> LocalText:
    """The text of a translated field in another language than the reader's (for mail)."""
    return Translated(stem).of(instance, language)


def best(stem: str, language: str | None = None) -> Coalesce:
    """An SQL expression for the best text of a translated field, to sort and filter by."""
    columns = [NullIf(f"{stem}_{lang}", models.Value("")) for lang in reading_order(language)]
    return Coalesce(*columns, models.Value(""))


def by_language(say: Callable[[], str]) -> dict[str, str]:
    """What the program itself says, in each language: kept beside a text, so that every reader reads it in hers."""
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = say()
    return said


def said_in(texts: Mapping[str, str], otherwise: str) -> str:
    """The text in the reader's language of those that the program said; `otherwise` is what a person wrote."""
    return texts.get((get_language() or "fi")[:2]) or otherwise
