"""Hits, and why each was found: as facts, and as a sentence in the language of whoever reads it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .linear import Floats, Ints
from .texts import fold, words

LIKE_ENOUGH = 0.25  # below this the nearest phrase explains nothing
SHORT = 90  # letters of a phrase that can be shown as a reason
STEM = 5


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
    "words": {"fi": "Kirjoitit: {}", "sv": "Du skrev: {}", "en": "You wrote: {}"},
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
        shared = _shared(cleaned, [self.texts[at] for at in told[:10]])
        if shared:
            return Why("words", words=shared)
        short = [at for at in told if self.langs[at] == lang and len(self.texts[at]) <= SHORT]
        if short and likeness[short[0]] >= LIKE_ENOUGH:
            return Why("phrase", self.texts[short[0]])
        names = self.names[label]
        return Why("meaning", names.get(lang) or next(iter(names.values()), ""))


def _shared(cleaned: str, texts: Sequence[str]) -> tuple[str, ...]:
    known = {fold(word)[:STEM] for text in texts for word in words(text.lower()) if len(word) >= STEM}
    found = [word for word in words(cleaned) if len(word) >= STEM and fold(word)[:STEM] in known]
    return tuple(dict.fromkeys(found))[:4]
