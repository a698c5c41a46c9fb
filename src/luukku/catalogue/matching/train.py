"""Training: first on four fifths of the everyday texts, to weigh opinions and prove the model, then on all."""

from collections.abc import Sequence
from dataclasses import asdict
from hashlib import blake2b

import numpy as np

from .blend import Blend, Doubt
from .bymeaning import ByMeaning, train_by_meaning, vectors_of
from .bywords import ByWords, train_by_words
from .cards import CardText, Confirmed, Unfit
from .embedding import Embedder
from .examples import Example, examples
from .linear import Floats
from .model import Judges, Model, signs
from .reasons import Reasons

FORMAT = 1  # raise when the same texts would train another model
FALSE_UNFIT = 0.03  # share of held-out phrases that may be doubted


def version_of(cards: Sequence[CardText], unfit: Sequence[Unfit], confirmed: Sequence[Confirmed], meaning: bool) -> str:
    """A digest of all that training reads."""
    parts = [repr((FORMAT, meaning)), *(repr(asdict(one)) for one in (*cards, *unfit, *confirmed))]
    return blake2b("\n".join(parts).encode(), digest_size=12).hexdigest()


def train(cards: Sequence[CardText], unfit: Sequence[Unfit], confirmed: Sequence[Confirmed], embedder: Embedder | None) -> Model:
    """A model of the catalogue; by words alone where there is no embedder."""
    known = examples(cards, unfit, confirmed)
    classes = len(cards) + 1
    vectors = vectors_of(known, embedder) if embedder else None
    held = np.array([example.held_out for example in known])
    plain, full, proof = _judges(known, vectors, held, classes)
    words = train_by_words(known, classes)
    return Model(
        ids=tuple(card.id for card in cards),
        words=words,
        meaning=train_by_meaning(known, vectors, classes) if vectors is not None else None,
        plain=plain,
        full=full,
        reasons=Reasons(tuple(dict(card.names) for card in cards), tuple(e.said for e in known), tuple(e.lang for e in known), words.labels),
        version=version_of(cards, unfit, confirmed, embedder is not None),
        proof=proof,
    )


def _judges(known: Sequence[Example], vectors: Floats | None, held: np.ndarray, classes: int) -> tuple[Judges, Judges | None, dict[str, float]]:  # type: ignore[type-arg]
    """Judges without and with meaning, and the figures that prove the better of them."""
    rest = [example for example, out in zip(known, held, strict=True) if not out]
    tried = [example for example, out in zip(known, held, strict=True) if out]
    right = np.array([example.label for example in tried])
    words = train_by_words(rest, classes)
    opinions, likeness = opinions_by_words(words, tried)
    plain, proof = _judge(opinions, likeness, words, right)
    if vectors is None:
        return plain, None, proof
    meaning = train_by_meaning(rest, vectors[~held], classes)
    opinions = np.concatenate([opinions, opinions_by_meaning(meaning, vectors[held])])
    full, proof = _judge(opinions, likeness, words, right)
    return plain, full, proof


def opinions_by_words(words: ByWords, tried: Sequence[Example]) -> tuple[Floats, Floats]:
    """Opinions × texts × classes, and texts × known texts."""
    found = [words(example.text) for example in tried]
    return np.stack([opinions for opinions, _ in found], axis=1), np.stack([likeness for _, likeness in found])


def opinions_by_meaning(meaning: ByMeaning, vectors: Floats) -> Floats:
    return np.stack([meaning(vector) for vector in vectors], axis=1)


def _judge(opinions: Floats, likeness: Floats, words: ByWords, right: np.ndarray) -> tuple[Judges, dict[str, float]]:  # type: ignore[type-arg]
    blend = Blend.fit(opinions, right)
    scores = blend(opinions)
    none = scores.shape[1] - 1
    seen = signs(opinions, scores, likeness, words.labels)
    doubt = Doubt.fit(seen, (right == none).tolist(), FALSE_UNFIT)
    fit = right != none
    order = np.argsort(-scores[fit, :none], axis=1)
    hit = order == right[fit][:, None]
    proof = {
        "texts": float(len(right)),
        "recall_1": float(hit[:, 0].mean()),
        "recall_3": float(hit[:, :3].any(axis=1).mean()),
        "unfit_found": float((doubt(seen[~fit]) > 0).mean()) if (~fit).any() else 1.0,
        "false_unfit": float((doubt(seen[fit]) > 0).mean()),
    }
    return Judges(blend, doubt), proof
