"""The opinion of words: a classifier over pieces of words, and likeness to known phrases."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .examples import Example
from .linear import Floats, Ints, Linear, fit_sparse, log_softmax
from .noise import slipped
from .texts import features
from .words import Postings, Vocabulary

SLIPS = 2  # misspelt copies of every everyday phrase


@dataclass(frozen=True)
class ByWords:
    """Words and phrases of one catalogue; classes are its services and, last, "none"."""

    vocabulary: Vocabulary
    linear: Linear
    postings: Postings
    labels: Ints  # the class of each known phrase

    @property
    def classes(self) -> int:
        return len(self.linear.bias)

    def __call__(self, text: str) -> tuple[Floats, Floats]:
        """Two opinions (2 × classes) on a cleaned text, and its likeness to each known phrase."""
        columns, values = row = self.vocabulary.row(features(text))
        scores = values @ self.linear.weights[columns].astype(np.float32) + self.linear.bias
        likeness = self.postings.likeness(row)
        nearest = np.zeros(self.classes, np.float32)
        np.maximum.at(nearest, self.labels, likeness)
        return np.stack([log_softmax(scores), nearest * 10]), likeness


def train_by_words(known: Sequence[Example], classes: int, rounds: int = 8) -> ByWords:
    """Learns from the examples and from misspelt copies of the everyday ones."""
    chance = random.Random(7)
    counted = [features(example.text) for example in known]
    vocabulary = Vocabulary.of(counted, least=2)
    rows = [vocabulary.row(counts) for counts in counted]
    copies = [(n, slipped(example.text, chance)) for n, example in enumerate(known) if example.everyday for _ in range(SLIPS)]
    all_rows = rows + [vocabulary.row(features(text)) for _, text in copies]
    owners = np.array([*range(len(known)), *(n for n, _ in copies)])
    labels = np.array([example.label for example in known])
    weights = np.array([example.weight for example in known], np.float32)
    weights = np.concatenate([weights, np.full(len(copies), 0.5, np.float32)])
    linear = fit_sparse(all_rows, labels[owners], weights, (len(vocabulary.hashes), classes), decay=1e-6, rounds=rounds, pace=8.0)
    small = Linear(linear.weights.astype(np.float16), linear.bias)  # type: ignore[arg-type]
    return ByWords(vocabulary, small, Postings.of(rows, len(vocabulary.hashes)), labels)
