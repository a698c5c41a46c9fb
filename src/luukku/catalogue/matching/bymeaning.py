"""The opinion of meaning: a classifier over sentence vectors, one for all languages."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .embedding import Embedder
from .examples import Example
from .linear import Floats, Linear, fit_dense, log_softmax

BATCH = 256


@dataclass(frozen=True)
class ByMeaning:
    """Classes of one catalogue in the space of a language model.

    Each language has its own centre there; about it, the same need lies in the same direction in all of them.
    """

    centres: dict[str, Floats]
    linear: Linear

    def __call__(self, vector: Floats, lang: str) -> Floats:
        """One opinion (1 × classes) on a text's vector."""
        return log_softmax(self.linear.scores(_directions(vector[None], [lang], self.centres)))


def _directions(vectors: Floats, langs: Sequence[str], centres: dict[str, Floats]) -> Floats:
    """Unit vectors from the languages' centres: what all texts of a language share says nothing."""
    common = centres[""]
    moved = vectors - np.stack([centres.get(lang, common) for lang in langs])
    units: Floats = moved / (np.linalg.norm(moved, axis=1, keepdims=True) + 1e-9)
    return units


def train_by_meaning(known: Sequence[Example], vectors: Floats, classes: int, decay: float = 1e-5) -> ByMeaning:
    """Learns from the examples, whose vectors are given in their order."""
    langs = [example.lang for example in known]
    centres = {"": vectors.mean(axis=0)}
    for lang in sorted(set(langs)):
        centres[lang] = vectors[np.array(langs) == lang].mean(axis=0)
    labels = np.array([example.label for example in known])
    weights = np.array([example.weight for example in known], np.float32)
    return ByMeaning(centres, fit_dense(_directions(vectors, langs, centres), labels, weights, classes, decay, steps=300))


def vectors_of(known: Sequence[Example], embedder: Embedder) -> Floats:
    """The vectors of the examples' texts, in batches (a remembering embedder keeps each)."""
    texts = [example.text for example in known]
    return np.concatenate([embedder.vectors(texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)])
