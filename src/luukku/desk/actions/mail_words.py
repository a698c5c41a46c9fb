"""What a mail says, made fit for a case: our own marks for what must not stay, what is missing, and what was not kept."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from django.utils.translation import gettext as _

from luukku.core import files as file_store
from luukku.core.errors import RuleBroken
from luukku.core.languages import guess_language
from luukku.core.mail.letter import Letter, Piece
from luukku.core.mail.quotes import without_quotes
from luukku.desk.actions.intake import IDENTITY_CODE
from luukku.desk.actions.work import MOST_WORDS

MOST_FILES = 20
_ANSWER = re.compile(r"^(?:\s*(?:re|vs|sv|fw|fwd|vb|vl|aw|antw)\s*(?:\[\d+\])?\s*:)+\s*", re.IGNORECASE)
_THANKS_WORDS = """
    kiitos kiitokset kiitoksia paljon tosi hyvä hyvää asia selvä selvisi kunnossa ok okei loistavaa mahtavaa hienoa avusta
    vastauksesta teille sinulle terveisin t terv ystävällisin tack så mycket hjälpen för svaret bra hälsningar vänliga mvh thanks
    thank you very much a lot for your help the reply great perfect regards best kind hei hej hi moi ja och and
"""
_THANKS = frozenset(_THANKS_WORDS.split())


@dataclass(frozen=True)
class Words:
    """The subject and the new words as they stand on the case, the repeated rest, and their language."""

    subject: str
    body: str
    quoted: str
    language: str


def words_of(letter: Letter, *, language: str = "", answer: bool = False) -> Words:
    """The words of a mail; in `language` if it is known (a case's), else as guessed. An answer loses what it repeats."""
    new, rest = without_quotes(letter.text) if answer else (letter.text, "")
    language = language or guess_language(f"{letter.subject} {without_quotes(letter.text)[0]}")
    with translation.override(language):
        subject = IDENTITY_CODE.sub(_("[identity code taken out]"), _ANSWER.sub("", letter.subject))[:160].strip()
        body = IDENTITY_CODE.sub(_("[identity code taken out]"), new).strip()
        rest = IDENTITY_CODE.sub(_("[identity code taken out]"), rest)
        notes = [] if letter.is_whole else [_("This e-mail could not be read as a whole. Open the original and read it by hand.")]
        body = _shortened(body)
        if len(body) < 3 and letter.is_whole:
            body = subject if len(subject) >= 3 else _("The e-mail had no text.")
        body = "\n\n".join(filter(None, [*notes, body]))
    return Words(subject, body, rest[: 5 * MOST_WORDS], language)


def _shortened(body: str) -> str:
    room = MOST_WORDS - 400
    return body if len(body) <= room else body[:room].rstrip() + "\n\n" + _("[The e-mail goes on. The rest is in the original.]")


def only_thanks(words: str) -> bool:
    """Whether a short mail says thanks and nothing else: no reason to open a matter that has ended."""
    plain = re.findall(r"[^\W\d_]+", words.lower())
    return 0 < len(plain) <= 12 and "?" not in words and sum(word in _THANKS for word in plain) >= len(plain) - 2 and plain[0] in _THANKS


def sort_pieces(pieces: Sequence[Piece]) -> tuple[list[SimpleUploadedFile], list[dict[str, str]]]:
    """The files that may be kept, and name and reason (`type`, `size`, `empty`, `many`) of those that may not."""
    kept: list[SimpleUploadedFile] = []
    refused: list[dict[str, str]] = []
    for piece in pieces:
        upload = SimpleUploadedFile(piece.name, piece.content)
        why = "many" if len(kept) >= MOST_FILES else _refusal(upload)
        if why:
            refused.append({"name": piece.name[-150:], "why": why})
        else:
            kept.append(upload)
    return kept, refused


def _refusal(upload: SimpleUploadedFile) -> str:
    try:
        file_store.check(upload)
    except RuleBroken:
        if not upload.size:
            return "empty"
        return "size" if upload.size > file_store.most_bytes() else "type"
    return ""
