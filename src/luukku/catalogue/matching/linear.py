"""Multinomial logistic regression in plain numpy: dense by accelerated gradient, sparse by stochastic gradient."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


def log_softmax(scores: Floats) -> Floats:
    """Row-wise logarithms of probabilities."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    found: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return found


@dataclass(frozen=True)
class Linear:
    """Scores of classes as a linear function of features."""

    weights: Floats  # features × classes
    bias: Floats

    def scores(self, rows: Floats) -> Floats:
        return rows @ self.weights + self.bias


@dataclass(frozen=True)
class Packed:
    """The same in a byte a weight, for very many features."""

    weights: NDArray[np.int8]
    sizes: Floats  # per feature: what a weight of 127 stands for
    bias: Floats

    @classmethod
    def of(cls, linear: Linear) -> "Packed":
        """Rounds each feature's weights to 127 steps either way."""
        sizes = np.abs(linear.weights).max(axis=1, initial=1e-9)
        return cls(np.rint(linear.weights / sizes[:, None] * 127).astype(np.int8), sizes.astype(np.float32), linear.bias)

    def scores(self, columns: Ints, values: Floats) -> Floats:
        """Scores of one text, given as its features and their values."""
        found = (values * self.sizes[columns] / 127) @ self.weights[columns].astype(np.float32) + self.bias
        return found.astype(np.float32)


def fit_dense(rows: Floats, labels: Ints, sample: Floats, classes: int, decay: float, steps: int = 150) -> Linear:
    """Softmax regression of `rows` on `labels`; `sample` weighs rows, `decay` is the L2 penalty."""
    share = (sample / sample.sum()).astype(np.float32)[:, None]
    target = np.zeros((len(rows), classes), np.float32)
    target[np.arange(len(rows)), labels] = 1
    weights = np.zeros((rows.shape[1] + 1, classes), np.float32)
    full = np.hstack([rows, np.ones((len(rows), 1), np.float32)])
    top = float(np.linalg.eigvalsh(((full * share).T @ full).astype(np.float64))[-1])
    pace = 1 / (0.5 * top + decay)
    ahead, last = weights, weights
    for step in range(steps):
        wrong = (np.exp(log_softmax(full @ ahead)) - target) * share
        weights = ahead - pace * (full.T @ wrong + decay * ahead)
        ahead = weights + step / (step + 3) * (weights - last)
        last = weights
    return Linear(weights[:-1].copy(), weights[-1].copy())


def fit_sparse(
    rows: list[tuple[Ints, Floats]],
    labels: Ints,
    sample: Floats,
    shape: tuple[int, int],
    *,
    decay: float,
    rounds: int,
    pace: float = 0.5,
    seed: int = 5,
) -> Linear:
    """The same for rows given as (columns, values), by stochastic gradient with a falling pace."""
    width, classes = shape
    weights = np.zeros((width, classes), np.float32)
    bias = np.zeros(classes, np.float32)
    order = np.random.default_rng(seed)
    steps, done = rounds * len(rows), 0
    scale = 1.0
    for _ in range(rounds):
        for at in order.permutation(len(rows)):
            columns, values = rows[at]
            rate = pace * (1 - done / steps) * float(sample[at])
            found = scale * (values @ weights[columns]) + bias
            found = np.exp(found - found.max())
            found /= found.sum()
            found[labels[at]] -= 1
            scale *= 1 - rate * decay
            weights[columns] -= (rate / scale) * np.outer(values, found)
            bias -= (0.05 * rate) * found
            done += 1
    return Linear(weights * scale, bias)
