"""How the scorers' opinions are put together, and when the answer is "nothing fits"."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .linear import Floats, Ints, log_softmax


@dataclass(frozen=True)
class Blend:
    """Weights of the opinions; the blended scores are logarithms of calibrated probabilities."""

    weights: Floats

    def __call__(self, opinions: Floats) -> Floats:
        """From opinions × (texts ×) services to the logarithm of each service's probability."""
        return log_softmax(np.tensordot(self.weights, opinions, axes=1).astype(np.float32))

    @classmethod
    def fit(cls, opinions: Floats, right: Ints, floor: float = 0.02, steps: int = 400) -> "Blend":
        """The weights that make the right services of known texts likeliest."""
        weights = np.full(len(opinions), 0.5, np.float32)
        moved, spread = np.zeros_like(weights), np.zeros_like(weights)
        every = np.arange(len(right))
        reached = opinions[:, every, right].mean(axis=1)
        for step in range(1, steps + 1):
            chance = np.exp(log_softmax(np.tensordot(weights, opinions, axes=1).astype(np.float32)))
            slope = (opinions * chance).sum(axis=2).mean(axis=1) - reached
            moved = 0.9 * moved + 0.1 * slope
            spread = 0.99 * spread + 0.01 * slope**2
            pace = 0.03 * moved / (1 - 0.9**step) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-6)
            weights = np.maximum(weights - pace, floor).astype(np.float32)
        return cls(weights)


@dataclass(frozen=True)
class Doubt:
    """Tells needs that no service fits: a logistic judge over signs, with its threshold."""

    centre: Floats
    spread: Floats
    weights: Floats
    threshold: float

    def __call__(self, signs: Floats) -> Floats:
        """The logit of "nothing fits", less the threshold: above zero nothing fits."""
        scaled = (signs - self.centre) / self.spread
        return (scaled @ self.weights[:-1] + self.weights[-1] - self.threshold).astype(np.float32)  # type: ignore[no-any-return]

    @classmethod
    def never(cls, width: int) -> "Doubt":
        """For catalogues that know no unfit needs: every need fits."""
        return cls(np.zeros(width, np.float32), np.ones(width, np.float32), np.zeros(width + 1, np.float32), 1.0)

    @classmethod
    def fit(cls, signs: Floats, unfit: Sequence[bool], false_share: float, decay: float = 1e-3, steps: int = 2000) -> "Doubt":
        """Judge and threshold such that at most `false_share` of needs with a service are doubted."""
        truth = np.array(unfit, np.float32)
        centre, spread = signs.mean(axis=0), signs.std(axis=0) + 1e-6
        full = np.hstack([(signs - centre) / spread, np.ones((len(signs), 1), np.float32)])
        share = np.where(truth > 0, 0.5 / truth.sum(), 0.5 / (1 - truth).sum()).astype(np.float32)
        weights = np.zeros(full.shape[1], np.float32)
        pace = 1 / (0.25 * float(np.linalg.eigvalsh((full * share[:, None]).T @ full)[-1]) + decay)
        for _ in range(steps):
            chance = 1 / (1 + np.exp(-(full @ weights)))
            weights = (weights - pace * (full.T @ ((chance - truth) * share) + decay * weights)).astype(np.float32)
        found = full @ weights
        return cls(centre, spread, weights, float(np.quantile(found[truth == 0], 1 - false_share)))
