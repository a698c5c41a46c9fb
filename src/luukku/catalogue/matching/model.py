"""A trained matcher: from what someone writes to services, with reasons, or to "nothing fits"."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from .blend import Blend, Doubt
from .bymeaning import ByMeaning
from .bywords import ByWords
from .embedding import Embedder, installed_embedder
from .focus import focus
from .linear import Floats, log_softmax
from .reasons import Hit, Match, Reasons
from .texts import clean, has_letters

# What the language model reads of a need: about 1.4 ms a piece on one core of a small server.
BUDGET = 36


@dataclass(frozen=True)
class Judges:
    """The blend of opinions and the doubt that goes with it."""

    blend: Blend
    doubt: Doubt


@dataclass(frozen=True)
class Model:
    """A matcher of one catalogue. `version` names the training; `proof` holds its figures on held-out texts."""

    ids: tuple[str, ...]
    words: ByWords
    meaning: ByMeaning | None
    plain: Judges
    full: Judges | None
    reasons: Reasons
    version: str
    proof: dict[str, float] = field(default_factory=dict)
    embedder: Callable[[], Embedder | None] = installed_embedder

    def without_meaning(self) -> "Model":
        """The same matcher by words alone."""
        return replace(self, meaning=None, full=None)

    def match(self, text: str, lang: str, top: int = 5) -> Match:
        """The best services for a need, best first; never an error, whatever the text."""
        cleaned = clean(text)
        if not has_letters(cleaned):
            return Match((), False)
        opinions, likeness = self.words(cleaned)
        judges = self.plain
        vector = self.read(cleaned)
        if self.meaning is not None and self.full is not None and vector is not None:
            opinions = np.concatenate([opinions, self.meaning(vector)])
            judges = self.full
        scores = judges.blend(opinions)
        fits = bool(judges.doubt(signs(opinions[:, None], scores[None], likeness[None], self.words.labels)[0]) <= 0)
        chances = np.exp(log_softmax(scores[:-1]))
        best = np.argsort(-chances, kind="stable")[:top]
        hits = tuple(Hit(self.ids[at], float(chances[at]), self.reasons.why(cleaned, lang, int(at), likeness)) for at in best)
        return Match(hits, fits)

    def read(self, cleaned: str) -> Floats | None:
        """The vector of the telling part of a text, or None without a language model."""
        embedder = self.embedder() if self.meaning is not None else None
        if embedder is None:
            return None
        telling = focus(cleaned, self.worth, embedder.pieces, BUDGET)
        return embedder.vectors([telling])[0]

    def worth(self, clause: str) -> float:
        """How much a part of a need tells: the certainty of words about its service."""
        return float(self.words(clause)[0][0].max())


def signs(opinions: Floats, scores: Floats, likeness: Floats, labels: np.ndarray) -> Floats:  # type: ignore[type-arg]
    """What the doubt looks at, per text: opinions are opinions × texts × classes."""
    none = scores.shape[1] - 1
    ranked = np.sort(scores[:, :none], axis=1)
    chance = np.exp(scores)
    columns = [ranked[:, -1], ranked[:, -1] - ranked[:, -2], scores[:, none], -(chance * scores).sum(axis=1)]
    columns += [likeness[:, labels < none].max(axis=1), likeness[:, labels == none].max(axis=1, initial=0)]
    for opinion in opinions:
        columns += [opinion[:, none], opinion[:, :none].max(axis=1)]
    return np.stack(columns, axis=1).astype(np.float32)
