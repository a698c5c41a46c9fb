"""Slips of the pen for training: the same phrase as hurried people type it."""

import random
from collections.abc import Callable

_NEAR = {"a": "s", "e": "r", "i": "o", "k": "l", "l": "k", "n": "m", "m": "n", "o": "p", "r": "t", "s": "a", "t": "r", "u": "y", "v": "b"}


def _no_dots(text: str, _: random.Random) -> str:
    return text.translate(str.maketrans("äöå", "aoa"))


def _split_word(text: str, chance: random.Random) -> str:
    parts = text.split()
    longs = [n for n, part in enumerate(parts) if len(part) >= 9]
    if not longs:
        return _join_words(text, chance)
    at = chance.choice(longs)
    cut = chance.randint(4, len(parts[at]) - 4)
    parts[at] = f"{parts[at][:cut]} {parts[at][cut:]}"
    return " ".join(parts)


def _join_words(text: str, chance: random.Random) -> str:
    parts = text.split()
    if len(parts) < 3:
        return _typo(text, chance)
    at = chance.randrange(len(parts) - 1)
    return " ".join([*parts[:at], parts[at] + parts[at + 1], *parts[at + 2 :]])


def _typo(text: str, chance: random.Random) -> str:
    if len(text) < 5:
        return text
    at = chance.randrange(1, len(text) - 1)
    kind = chance.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if kind == 2:
        return text[:at] + text[at] + text[at:]
    return text[:at] + _NEAR.get(text[at], text[at]) + text[at + 1 :]


def _drop_word(text: str, chance: random.Random) -> str:
    parts = text.split()
    if len(parts) < 4:
        return text
    del parts[chance.randrange(len(parts))]
    return " ".join(parts)


_SLIPS: tuple[Callable[[str, random.Random], str], ...] = (_no_dots, _split_word, _join_words, _typo, _typo, _drop_word)


def slipped(text: str, chance: random.Random) -> str:
    """The text with one to three slips, the same for the same state of `chance`."""
    for _ in range(chance.randint(1, 3)):
        text = chance.choice(_SLIPS)(text, chance)
    return text
