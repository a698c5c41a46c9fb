"""Two wordings side by side, word by word, as people read a correction."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|\S+")
AROUND = 12  # words and spaces that stay on either side of a change; the rest of what is the same is left out


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: `how` is same, gone or new."""

    how: str
    text: str


def compare(before: str, after: str) -> list[Piece]:
    """What was taken away and what came, with some words around."""
    if not before or not after:
        return [Piece("gone" if before else "new", before or after)] if before or after else []
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    runs = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    found: list[Piece] = []
    for at, (how, old_from, old_to, new_from, new_to) in enumerate(runs):
        if how == "equal":
            found.append(Piece("same", _shortened(old[old_from:old_to], first=at == 0, last=at == len(runs) - 1)))
        else:
            found += _changed("".join(old[old_from:old_to]), "".join(new[new_from:new_to]))
    return found


def _changed(gone: str, new: str) -> Iterator[Piece]:
    if gone:
        yield Piece("gone", gone)
    if new:
        yield Piece("new", new)


def _shortened(words: list[str], *, first: bool, last: bool) -> str:
    head, tail = 0 if first else AROUND, 0 if last else AROUND
    if len(words) <= head + tail + 2:
        return "".join(words)
    return "".join(words[:head]) + " … " + "".join(words[len(words) - tail :])
