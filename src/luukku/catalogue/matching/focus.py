"""The telling part of a long need: a language model takes time in proportion to what it reads."""

from collections.abc import Callable

from .texts import clauses


def focus(text: str, worth: Callable[[str], float], pieces: Callable[[str], int], budget: int) -> str:
    """The clauses worth most, in their own order, in at most about `budget` pieces.

    A text within the budget is returned whole; of a single endless clause, its beginning.
    """
    if pieces(text) <= budget:
        return text
    parts = clauses(text) or [text]
    ranked = sorted(range(len(parts)), key=lambda at: -worth(parts[at]))
    kept: set[int] = set()
    left = budget
    for at in ranked:
        size = pieces(parts[at])
        if size <= left:
            kept.add(at)
            left -= size - 4
    if not kept:
        return _beginning(parts[ranked[0]], pieces, budget)
    return " ".join(parts[at] for at in sorted(kept))


def _beginning(text: str, pieces: Callable[[str], int], budget: int) -> str:
    share = len(text)
    while share > 20 and pieces(text[:share]) > budget:
        share = share * 3 // 4
    return text[:share]
