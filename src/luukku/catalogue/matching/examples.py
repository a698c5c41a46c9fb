"""Cards, answers and unfit needs as labelled examples."""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from .cards import CardText, Confirmed, Unfit
from .texts import clean, has_letters

_FULL_STOP = re.compile(r"(?<=[.!?])\s+")
HELD_SHARE = 5  # one in five everyday texts proves a model before it is trained on all


@dataclass(frozen=True)
class Example:
    """A text, its service (the number after the last one means: none) and how much it weighs."""

    said: str  # as written
    lang: str
    label: int
    weight: float
    everyday: bool
    private: bool = False  # a customer's own words: learnt from, never shown or kept as written

    @cached_property
    def text(self) -> str:
        """Cleaned for comparing."""
        return clean(self.said)

    @property
    def held_out(self) -> bool:
        """Whether this text proves models; the same in every training."""
        return self.everyday and zlib.crc32(self.text.encode()) % HELD_SHARE == 0


def _of_card(card: CardText, label: int) -> Iterator[Example]:
    for lang, name in card.names.items():
        yield Example(name, lang, label, 1.0, False)
    for weight, texts in ((0.5, card.summaries), (0.3, card.descriptions)):
        for lang, text in texts.items():
            for sentence in _FULL_STOP.split(text):
                yield Example(sentence, lang, label, weight, False)
    for everyday, lists in ((False, card.keywords), (True, card.phrases)):
        for lang, said in lists.items():
            for phrase in said:
                yield Example(phrase, lang, label, 1.0, everyday)


def examples(cards: Sequence[CardText], unfit: Sequence[Unfit], confirmed: Sequence[Confirmed]) -> list[Example]:
    """Everything that can be learnt from, without doubles and texts that say nothing; an answer that says what a card says is the card's."""
    labels = {card.id: n for n, card in enumerate(cards)}
    found = [example for label, card in enumerate(cards) for example in _of_card(card, label)]
    found += [Example(need.text, need.lang, len(cards), 1.0, True) for need in unfit]
    once = {(example.text, example.label): example for example in found if has_letters(example.text)}
    answers = [Example(answer.text, answer.lang, labels[answer.service_id], 1.5, True, True) for answer in confirmed if answer.service_id in labels]
    for answer in answers:
        if has_letters(answer.text):
            known = once.get((answer.text, answer.label), answer)
            once[answer.text, answer.label] = replace(known, weight=answer.weight, everyday=True)
    return list(once.values())
