"""A trained matcher: from what someone writes to services, with reasons, or to "nothing fits"."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from .blend import Blend, Doubt
from .bymeaning import ByMeaning
from .bywords import ByWords
from .embedding import Embedder, installed_embedder
from .focus import READ, focus
from .linear import Floats, Ints, log_softmax
from .reasons import Hit, Match, Reasons
from .texts import clean, has_letters

# Below this no service stands out at all: gibberish, or a language that the catalogue does not speak.
LEAST_CHANCE = 0.06


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

    def match(self, text: str, lang: str, top: int = 5, only: Collection[str] | None = None) -> Match:
        """The best services for a need, best first; never an error, whatever the text.

        With `only` the answer is as though the catalogue held no services but these.
        """
        cleaned = clean(text)
        if not has_letters(cleaned):
            return Match((), False)
        opinions, likeness = self.words(cleaned)
        judges = self.plain
        meant = self._meant(cleaned, lang)
        if self.full is not None and meant is not None:
            opinions, judges = np.concatenate([opinions, meant]), self.full
        kept = self._kept(only)
        if len(kept) == 1:
            return Match((), False)
        scores = judges.blend(opinions[:, kept])
        asked = signs(opinions[:, None, kept], scores[None], *self._known(kept, likeness), [len(cleaned)])
        doubt = float(judges.doubt(asked)[0])
        chances = np.exp(log_softmax(scores[:-1]))
        best = np.argsort(-chances, kind="stable")[:top]
        hits = tuple(Hit(self.ids[kept[at]], float(chances[at]), self.reasons.why(cleaned, lang, int(kept[at]), likeness)) for at in best)
        return Match(hits, doubt <= 0 and float(chances.max(initial=0)) >= LEAST_CHANCE)

    def _kept(self, only: Collection[str] | None) -> Ints:
        """The classes that count: services, and last "none"."""
        every = np.arange(len(self.ids) + 1)
        return every if only is None else every[np.array([*(each in only for each in self.ids), True])]

    def _known(self, kept: Ints, likeness: Floats) -> tuple[Floats, Ints]:
        """The likeness (1 × phrases) to the known phrases of these classes, and the place of each one's class among them."""
        place = np.full(len(self.ids) + 1, -1)
        place[kept] = np.arange(len(kept))
        labels = place[self.words.labels]
        return likeness[None, labels >= 0], labels[labels >= 0]

    def _meant(self, cleaned: str, lang: str) -> Floats | None:
        """The opinion of meaning, or None without a language model; of half a text it counts half."""
        embedder = self.embedder() if self.meaning is not None else None
        if self.meaning is None or embedder is None:
            return None
        telling = focus(cleaned, embedder.pieces, READ)
        opinion = self.meaning(embedder.vectors([telling])[0], lang)
        return (opinion * (len(telling) / len(cleaned))).astype(np.float32)


def signs(opinions: Floats, scores: Floats, likeness: Floats, labels: Ints, lengths: Sequence[int]) -> Floats:
    """What the doubt looks at, per text: opinions are opinions × texts × classes."""
    none = scores.shape[1] - 1
    ranked = np.sort(scores[:, :none], axis=1)
    chance = np.exp(scores)
    columns = [ranked[:, -1], ranked[:, -1] - ranked[:, -2:][:, 0], scores[:, none], -(chance * scores).sum(axis=1)]
    columns += [likeness[:, labels < none].max(axis=1, initial=0), likeness[:, labels == none].max(axis=1, initial=0)]
    columns += [np.log(np.array(lengths, np.float32) + 1)]
    for opinion in opinions:
        columns += [opinion[:, none], opinion[:, :none].max(axis=1)]
    return np.stack(columns, axis=1).astype(np.float32)
