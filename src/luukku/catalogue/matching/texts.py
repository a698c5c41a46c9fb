"""From what people write to features: normalising, words, character n-grams.

Finnish inflects its words, splits and joins its compounds and is often typed without dots; so a text is
folded (no diacritics, no doubled letters) and seen as overlapping pieces of words, not as dictionary words.
"""

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

# Needs are short; of a pasted document the beginning and the end say what is wanted.
HEAD, TAIL = 2400, 600

_WORD = re.compile(r"[^\W_]+")
_DOUBLED = re.compile(r"(.)\1+")


def clean(text: str) -> str:
    """The text in lower case, without control characters and runs of space, cut to a sane length."""
    if len(text) > HEAD + TAIL:
        text = f"{text[:HEAD]} {text[-TAIL:]}"
    text = unicodedata.normalize("NFKC", text.encode("utf-8", "ignore").decode("utf-8")).lower()
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    """One letter without its marks: `ä` → `a`. Empty for a mark by itself."""
    return "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c)).replace("ø", "o").replace("æ", "a")


def fold(text: str) -> str:
    """Without diacritics and doubled letters: "Hääyöaie" → "hayoaie"."""
    return _DOUBLED.sub(r"\1", "".join(map(_plain, text)))


def words(text: str) -> list[str]:
    """The words of a cleaned text, letters and digits only."""
    return _WORD.findall(text)


def has_letters(text: str) -> bool:
    """Whether there is at least one piece of three letters to go by."""
    return re.search(r"[^\W\d_]{3}", text) is not None


def _pieces(folded: list[str]) -> Iterator[str]:
    for word in folded:
        if len(word) > 1:
            yield f"={word}"
        marked = f"_{word}_"
        for size in (3, 4, 5):
            for start in range(len(marked) - size + 1):
                yield marked[start : start + size]
        if len(word) > 8:
            yield f"<{word[:7]}"
    yield from _joints(folded)


def _joints(folded: list[str]) -> Iterator[str]:
    """Pairs of neighbours, and the letters over their joint as if they were one compound."""
    for left, right in pairwise(folded):
        yield f"{left[:5]}+{right[:5]}"
        joined = left[-4:] + right[:4]
        seam = min(4, len(left))
        for size in (4, 5):
            for start in range(max(0, seam - size + 1), min(seam, len(joined) - size + 1)):
                yield joined[start : start + size]


def features(text: str) -> Counter[int]:
    """Hashed features of a cleaned text with their counts."""
    folded = [fold(word) for word in words(text)]
    return Counter(zlib.crc32(piece.encode()) for piece in _pieces(folded))
