"""The opinion of words: a classifier over pieces of words, and likeness to known phrases."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .examples import Example
from .linear import Floats, Ints, Packed, fit_sparse, log_softmax
from .texts import features
from .words import Postings, Vocabulary

LEAST = 3  # texts that must share a piece for it to count


@dataclass(frozen=True)
class ByWords:
    """Words and phrases of one catalogue; classes are its services and, last, "none"."""

    vocabulary: Vocabulary
    linear: Packed
    postings: Postings
    labels: Ints  # the class of each known phrase

    @property
    def classes(self) -> int:
        return len(self.linear.bias)

    def __call__(self, text: str) -> tuple[Floats, Floats]:
        """Two opinions (2 × classes) on a cleaned text, and its likeness to each known phrase."""
        columns, values = row = self.vocabulary.row(features(text))
        scores = self.linear.scores(columns, values)
        likeness = self.postings.likeness(row)
        nearest = np.zeros(self.classes, np.float32)
        np.maximum.at(nearest, self.labels, likeness)
        return np.stack([log_softmax(scores), nearest * 10]), likeness


def train_by_words(known: Sequence[Example], classes: int, rounds: int = 6) -> ByWords:
    """Learns from the examples; slips of the pen need no copies, most pieces of a misspelt word are whole."""
    counted = [features(example.text) for example in known]
    vocabulary = Vocabulary.of(counted, least=LEAST)
    rows = [vocabulary.row(counts) for counts in counted]
    labels = np.array([example.label for example in known])
    weights = np.array([example.weight for example in known], np.float32)
    linear = fit_sparse(rows, labels, weights, (len(vocabulary.hashes), classes), decay=1e-6, rounds=rounds, pace=8.0)
    return ByWords(vocabulary, Packed.of(linear), Postings.of(rows, len(vocabulary.hashes)), labels)
