"""Hits, and why each was found: as facts, and as a sentence in the language of whoever reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .linear import Floats, Ints
from .texts import fold, words

LIKE_ENOUGH = 0.25  # below this the nearest phrase explains nothing
SHORT = 90  # letters of a phrase that can be shown as a reason
STEM = 5
EVERYWHERE = 0.4  # share of the services that know a word: from here on it tells nothing of any ("siitä", "haluaisin", "would")
FEW = 5  # services; a word that fewer know is not everywhere, however few there are


@dataclass(frozen=True)
class Why:
    """`kind` is "phrase" (said nearly like `text`), "words" (shares `words` with the card), "meaning" (of the service called `text`) or
    "beside" (often needed together with the service called `text`)."""

    kind: str
    text: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hit:
    """A service, the chance (0–1) that it is the one meant, and the reason."""

    id: str
    score: float
    why: Why


@dataclass(frozen=True)
class Match:
    """Services best first; `fits` is False where nothing fits well, whatever the hits."""

    hits: tuple[Hit, ...]
    fits: bool


_SAID = {
    "beside": {"fi": "Tarvitaan usein samalla: ”{}”", "sv": "Behövs ofta tillsammans med ”{}”", "en": "Often needed together with “{}”"},
    "phrase": {"fi": "Samaa tarkoittaa: ”{}”", "sv": "Samma sak sägs så här: ”{}”", "en": "Others say it like this: “{}”"},
    "words": {"fi": "Osuu sanoihin: {}", "sv": "Passar ihop med orden: {}", "en": "Fits the words: {}"},
    "meaning": {"fi": "Vastaa sisällöltään palvelua ”{}”", "sv": "Motsvarar till innehållet tjänsten ”{}”", "en": "Means much the same as “{}”"},
}


def said(why: Why, lang: str) -> str:
    """The reason as one sentence in a language."""
    return _SAID[why.kind].get(lang, _SAID[why.kind]["en"]).format(", ".join(why.words) or why.text)


@dataclass(frozen=True)
class Reasons:
    """What each known text says and where it belongs, to explain a hit with."""

    names: tuple[dict[str, str], ...]  # per service, by language
    texts: tuple[str, ...]  # per known text, as written; empty for a customer's own words, which explain nothing to others
    langs: tuple[str, ...]
    labels: Ints

    def why(self, cleaned: str, lang: str, label: int, likeness: Floats) -> Why:
        """The plainest reason: words of her own that the service knows, else a like phrase, else the service's own name."""
        mine = np.flatnonzero(self.labels == label)
        told = [int(at) for at in mine[np.argsort(-likeness[mine], kind="stable")] if self.texts[at]]
        shared = _shared(cleaned, [self.texts[at] for at in told[:10]], self._everywhere.get(lang, frozenset()))
        if shared:
            return Why("words", words=shared)
        short = [at for at in told if self.langs[at] == lang and len(self.texts[at]) <= SHORT]
        if short and likeness[short[0]] >= LIKE_ENOUGH:
            return Why("phrase", self.texts[short[0]])
        names = self.names[label]
        return Why("meaning", names.get(lang) or next(iter(names.values()), ""))

    @cached_property
    def _everywhere(self) -> dict[str, frozenset[str]]:
        """By language: beginnings of words that so many services know that they explain none. Half a second for a whole catalogue, once."""
        by: dict[tuple[str, str], set[int]] = {}
        for text, lang, label in zip(self.texts, self.langs, self.labels.tolist(), strict=True):
            for stem in _stems(text):
                by.setdefault((lang, stem), set()).add(label)
        most = max(FEW, EVERYWHERE * len(self.names))
        return {one: frozenset(stem for (lang, stem), knowing in by.items() if lang == one and len(knowing) >= most) for one in set(self.langs)}


def _stems(text: str) -> set[str]:
    return {fold(word)[:STEM] for word in words(text.lower()) if len(word) >= STEM}


def _shared(cleaned: str, texts: Sequence[str], everywhere: frozenset[str]) -> tuple[str, ...]:
    known = set().union(*(_stems(text) for text in texts)) - everywhere
    found = [word for word in words(cleaned) if len(word) >= STEM and fold(word)[:STEM] in known]
    return tuple(dict.fromkeys(found))[:4]
