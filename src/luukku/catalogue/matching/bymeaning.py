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
    """Classes of one catalogue in the space of a language model."""

    centre: Floats
    linear: Linear

    def __call__(self, vector: Floats) -> Floats:
        """One opinion (1 × classes) on a text's vector."""
        return log_softmax(self.linear.scores(centred(vector[None], self.centre)))


def centred(vectors: Floats, centre: Floats) -> Floats:
    """Vectors about their common centre, of unit length: what all texts share says nothing."""
    moved = vectors - centre
    return moved / (np.linalg.norm(moved, axis=1, keepdims=True) + 1e-9)  # type: ignore[no-any-return]


def train_by_meaning(known: Sequence[Example], vectors: Floats, classes: int, decay: float = 1e-4) -> ByMeaning:
    """Learns from the examples, whose vectors are given in their order."""
    centre = vectors.mean(axis=0)
    labels = np.array([example.label for example in known])
    weights = np.array([example.weight for example in known], np.float32)
    return ByMeaning(centre, fit_dense(centred(vectors, centre), labels, weights, classes, decay))


def vectors_of(known: Sequence[Example], embedder: Embedder) -> Floats:
    """The vectors of the examples' texts, in batches (a remembering embedder keeps each)."""
    texts = [example.text for example in known]
    return np.concatenate([embedder.vectors(texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)])
