"""Matching by words and pieces of words: works alone, without any language model."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .linear import Floats, Ints

Row = tuple[Ints, Floats]


@dataclass(frozen=True)
class Vocabulary:
    """Which hashed pieces count, sorted, and how rare each is."""

    hashes: Ints
    rarity: Floats

    @classmethod
    def of(cls, counted: Sequence[Counter[int]], least: int) -> "Vocabulary":
        """The pieces that occur in at least `least` texts."""
        spread = Counter(piece for counts in counted for piece in counts)
        kept = sorted(piece for piece, n in spread.items() if n >= least)
        rarity = [np.log(len(counted) / spread[piece]) + 1 for piece in kept]
        return cls(np.array(kept, np.int64), np.array(rarity, np.float32))

    def row(self, counts: Counter[int]) -> Row:
        """Columns and unit-length weights of the known pieces of a text."""
        if not counts or not len(self.hashes):
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        pieces = np.fromiter(counts.keys(), np.int64, len(counts))
        times = np.fromiter(counts.values(), np.float32, len(counts))
        columns = np.minimum(np.searchsorted(self.hashes, pieces), len(self.hashes) - 1)
        known = self.hashes[columns] == pieces
        columns = columns[known]
        values = (1 + np.log(times[known])) * self.rarity[columns]
        length = float(np.sqrt(values @ values)) or 1.0
        return columns, (values / length).astype(np.float32)


@dataclass(frozen=True)
class Postings:
    """Texts by piece, for likeness of a need to each known text."""

    starts: Ints
    rows: Ints
    values: Floats
    texts: int

    @classmethod
    def of(cls, rows: Sequence[Row], width: int) -> "Postings":
        columns = np.concatenate([columns for columns, _ in rows])
        values = np.concatenate([values for _, values in rows])
        owner = np.repeat(np.arange(len(rows)), [len(columns) for columns, _ in rows])
        order = np.argsort(columns, kind="stable")
        starts = np.searchsorted(columns[order], np.arange(width + 1))
        return cls(starts, owner[order].astype(np.int32), values[order].astype(np.float16), len(rows))

    def likeness(self, row: Row) -> Floats:
        """Cosine of the row to every known text."""
        columns, values = row
        begins, ends = self.starts[columns], self.starts[columns + 1]
        sizes = ends - begins
        if not sizes.sum():
            return np.zeros(self.texts, np.float32)
        shift = np.repeat(begins - np.concatenate([[0], np.cumsum(sizes)[:-1]]), sizes)
        where = np.arange(sizes.sum()) + shift
        weight = np.repeat(values, sizes) * self.values[where]
        return np.bincount(self.rows[where], weight, self.texts).astype(np.float32)
