"""Two wordings side by side, word by word, as people read a correction."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|\S+")
BRIDGE = 4  # so few words and spaces between two changes belong to the change
AROUND = 12  # words and spaces that stay on either side of a change; the rest of what is the same is left out


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: `how` is same, gone or new."""

    how: str
    text: str


def compare(before: str, after: str) -> list[Piece]:
    """What was taken away and what came, with some words around; changes that stand side by side are told as one."""
    if not before or not after:
        return [Piece("gone" if before else "new", before or after)] if before or after else []
    if before == after:
        return [Piece("same", before)]
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    found: list[Piece] = []
    gone = came = ""
    runs = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for at, (how, old_from, old_to, new_from, new_to) in enumerate(runs):
        was, now = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        first, last = at == 0, at == len(runs) - 1
        if how != "equal" or (old_to - old_from < BRIDGE and not first and not last):
            gone, came = gone + was, came + now
            continue
        found += _changed(gone, came)
        gone = came = ""
        found.append(Piece("same", _shortened(old[old_from:old_to], first=first, last=last)))
    return [*found, *_changed(gone, came)]


def _changed(gone: str, came: str) -> Iterator[Piece]:
    if gone:
        yield Piece("gone", gone)
    if came:
        yield Piece("new", came)


def _shortened(words: list[str], *, first: bool, last: bool) -> str:
    head, tail = 0 if first else AROUND, 0 if last else AROUND
    if len(words) <= head + tail + 2:
        return "".join(words)
    return "".join(words[:head]) + " … " + "".join(words[len(words) - tail :])
