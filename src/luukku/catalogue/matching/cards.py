"""What the matcher learns from: cards, needs that nothing fits, answers confirmed by advisers."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

LANGS = ("fi", "sv", "en")
# What a card tells at length is learnt from in Finnish only. In the other languages names, summaries and everyday phrases say enough, and longer
# texts there say for people what the Finnish ones have taught already.
DESCRIBED_IN = ("fi",)
DATA = Path(__file__).resolve().parents[1] / "data"


@dataclass(frozen=True)
class CardText:
    """The words of one service card, per language; `phrases` are everyday ways to say the need."""

    id: str
    names: Mapping[str, str]
    summaries: Mapping[str, str] = field(default_factory=dict)
    descriptions: Mapping[str, str] = field(default_factory=dict)
    keywords: Mapping[str, Sequence[str]] = field(default_factory=dict)
    phrases: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Confirmed:
    """A need in the customer's words and the service an adviser settled on."""

    text: str
    lang: str
    service_id: str


@dataclass(frozen=True)
class Unfit:
    """A need that no business service fits."""

    text: str
    lang: str


def in_order(cards: Iterable[CardText]) -> tuple[CardText, ...]:
    """The same cards however they were kept: by id, languages and lists sorted, empty texts left out."""
    return tuple(
        CardText(card.id, _texts(card.names), _texts(card.summaries), _texts(card.descriptions), _lists(card.keywords), _lists(card.phrases))
        for card in sorted(cards, key=lambda card: card.id)
    )


def _texts(texts: Mapping[str, str]) -> dict[str, str]:
    return {lang: texts[lang].strip() for lang in sorted(texts) if texts[lang].strip()}


def _lists(lists: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    found = {lang: tuple(sorted({text.strip() for text in lists[lang]} - {""})) for lang in sorted(lists)}
    return {lang: texts for lang, texts in found.items() if texts}


def _read(folder: str, lang: str) -> Any:
    path = DATA / folder / f"{lang}.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else None


@cache
def default_cards() -> tuple[CardText, ...]:
    """The default catalogue with its everyday phrases."""
    phrases = {lang: _read("phrases", lang) or {} for lang in LANGS}
    return tuple(
        CardText(
            id=card["id"],
            names=card["name"],
            summaries=card["summary"],
            descriptions=card["description"],
            keywords=card["keywords"],
            phrases={lang: tuple(phrases[lang].get(card["id"], ())) for lang in LANGS},
        )
        for card in json.loads((DATA / "services.json").read_text("utf-8"))
    )


@cache
def default_unfit() -> tuple[Unfit, ...]:
    """Needs of everyday life that no business service fits."""
    return tuple(Unfit(text, lang) for lang in LANGS for text in _read("unfit", lang) or ())
