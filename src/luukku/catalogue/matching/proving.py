"""Weighing opinions and measuring a model on texts it has not seen."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .blend import Blend, Doubt
from .bymeaning import ByMeaning, train_by_meaning
from .bywords import ByWords, train_by_words
from .examples import Example
from .linear import Floats, Ints
from .model import Judges, signs

FALSE_UNFIT = 0.035  # share of held-out phrases that may be doubted; the aim on real needs is 0.05

Proof = dict[str, float]


@dataclass(frozen=True)
class Proven:
    """Judges and their figures, by words alone and with meaning."""

    plain: Judges
    plain_proof: Proof
    full: Judges
    proof: Proof


def judges_without(known: Sequence[Example], classes: int) -> tuple[Judges, Proof]:
    """Judges of words alone and their figures."""
    rest, tried = _parted(known)
    words = train_by_words(rest, classes)
    return _judge(*opinions_by_words(words, tried), words, tried)


def prove(known: Sequence[Example], vectors: Floats, classes: int) -> Proven:
    """Judges of words alone and of words and meaning."""
    rest, tried = _parted(known)
    held = np.array([one.held_out for one in known])
    words = train_by_words(rest, classes)
    opinions, likeness = opinions_by_words(words, tried)
    plain, plain_proof = _judge(opinions, likeness, words, tried)
    meaning = train_by_meaning(rest, vectors[~held], classes)
    opinions = np.concatenate([opinions, opinions_by_meaning(meaning, vectors[held], tried)])
    full, proof = _judge(opinions, likeness, words, tried)
    return Proven(plain, plain_proof, full, proof)


def opinions_by_words(words: ByWords, tried: Sequence[Example]) -> tuple[Floats, Floats]:
    """Opinions × texts × classes, and texts × known texts."""
    found = [words(one.text) for one in tried]
    return np.stack([opinions for opinions, _ in found], axis=1), np.stack([likeness for _, likeness in found])


def opinions_by_meaning(meaning: ByMeaning, vectors: Floats, tried: Sequence[Example]) -> Floats:
    """Opinions × texts × classes."""
    return np.stack([meaning(vector, one.lang) for vector, one in zip(vectors, tried, strict=True)], axis=1)


def _parted(known: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    return [one for one in known if not one.held_out], [one for one in known if one.held_out]


def _judge(opinions: Floats, likeness: Floats, words: ByWords, tried: Sequence[Example]) -> tuple[Judges, Proof]:
    right: Ints = np.array([one.label for one in tried])
    blend = Blend.fit(opinions, right)
    scores = blend(opinions)
    none = scores.shape[1] - 1
    seen = signs(opinions, scores, likeness, words.labels, [len(one.text) for one in tried])
    unfit = right == none
    doubt = Doubt.fit(seen, unfit.tolist(), FALSE_UNFIT) if unfit.any() and not unfit.all() else Doubt.never(seen.shape[1])
    hit = np.argsort(-scores[~unfit, :none], axis=1) == right[~unfit][:, None]
    doubted = doubt(seen) > 0
    proof = {
        "texts": float(len(right)),
        "recall_1": float(hit[:, 0].mean()),
        "recall_3": float(hit[:, :3].any(axis=1).mean()),
        "unfit_found": float(doubted[unfit].mean()) if unfit.any() else 1.0,
        "false_unfit": float(doubted[~unfit].mean()),
    }
    return Judges(blend, doubt), proof
