"""Where long Finnish words may break: few browsers know, and a heading of a phone's width is soon full."""

import re

from django.utils.safestring import SafeData, mark_safe

SHY = "\N{SOFT HYPHEN}"
LONG = 17  # letters; the longest that a heading holds on a screen of 360 px
TILE = 12  # letters; the same of a tile that shares a phone's row with another
EDGE = 5  # letters that stay together at either end
_WORD = re.compile(rf"(?<![<\w])[^\W\d_]{{{TILE},}}")
_SYLLABLE = re.compile(r"(?=[bcdfghjklmnpqrstvwxz][aeiouyäöå])", re.IGNORECASE)


def soften(text: str, longest: int = LONG) -> str:
    """The text with soft hyphens before each consonant that begins a syllable of a word of `longest` letters or more; safe HTML stays so."""
    softened = _WORD.sub(lambda found: _broken(found.group()) if len(found.group()) >= longest else found.group(), text)
    return mark_safe(softened) if isinstance(text, SafeData) else softened  # noqa: S308


def _broken(word: str) -> str:
    places = [found.start() for found in _SYLLABLE.finditer(word) if EDGE <= found.start() <= len(word) - EDGE]
    return SHY.join(word[start:end] for start, end in zip([0, *places], [*places, len(word)], strict=True))
