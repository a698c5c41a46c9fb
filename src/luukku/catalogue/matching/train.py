"""Training: first on four fifths of the everyday texts, to weigh opinions and prove the model, then on all."""

from collections.abc import Sequence
from dataclasses import asdict
from hashlib import blake2b

from .bymeaning import train_by_meaning, vectors_of
from .bywords import train_by_words
from .cards import CardText, Confirmed, Unfit, in_order
from .embedding import Embedder
from .examples import examples
from .learnt import Learnt, shipped
from .model import Model
from .proving import judges_without, prove
from .reasons import Reasons

FORMAT = 3  # raise when the same texts would train another model


def version_of(cards: Sequence[CardText], unfit: Sequence[Unfit], confirmed: Sequence[Confirmed], meaning: bool) -> str:
    """A digest of all that training reads, however the cards are ordered."""
    texts = [asdict(card) for card in in_order(cards)], [asdict(need) for need in unfit], [asdict(answer) for answer in confirmed]
    parts = [repr(FORMAT), *sorted(repr(one) for kind in texts for one in kind)]
    return blake2b("\n".join(parts).encode(), digest_size=12).hexdigest() + ("-meaning" if meaning else "-words")


def train(cards: Sequence[CardText], unfit: Sequence[Unfit], confirmed: Sequence[Confirmed], embedder: Embedder | None) -> Model:
    """A model of the catalogue; by words alone where there is no embedder.

    For the default catalogue the slow part comes with the product: some seconds instead of minutes.
    """
    cards = in_order(cards)
    version = version_of(cards, unfit, confirmed, embedder is not None)
    known = examples(cards, unfit, confirmed)
    classes = len(cards) + 1
    learnt = shipped(version) or learn(cards, unfit, confirmed, embedder)
    words = train_by_words(known, classes)
    sayable = tuple("" if one.private else one.said for one in known)
    return Model(
        ids=tuple(card.id for card in cards),
        words=words,
        meaning=learnt.meaning if embedder else None,
        plain=learnt.plain,
        full=learnt.full if embedder else None,
        reasons=Reasons(tuple(dict(card.names) for card in cards), sayable, tuple(one.lang for one in known), words.labels),
        version=version,
        proof=learnt.proof if embedder else learnt.plain_proof,
    )


def learn(cards: Sequence[CardText], unfit: Sequence[Unfit], confirmed: Sequence[Confirmed], embedder: Embedder | None) -> Learnt:
    """The slow part: vectors of every text, the judges and the figures that prove them."""
    cards = in_order(cards)
    known = examples(cards, unfit, confirmed)
    classes = len(cards) + 1
    version = version_of(cards, unfit, confirmed, embedder is not None)
    if embedder is None:
        plain, proof = judges_without(known, classes)
        return Learnt(version, plain, proof)
    vectors = vectors_of(known, embedder)
    proven = prove(known, vectors, classes)
    return Learnt(version, proven.plain, proven.plain_proof, train_by_meaning(known, vectors, classes), proven.full, proven.proof)
