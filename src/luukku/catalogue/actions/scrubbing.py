"""Takes out of free text what tells who somebody is. Rather one word too many: what is left is for learning what is missing."""

import json
import re
from functools import cache
from pathlib import Path

GONE = "…"
_NAMES = Path(__file__).resolve().parent.parent / "data" / "given_names.json"
# Addresses of people and the net, account numbers, identity codes, business IDs, phone numbers, places to live.
_MARKED = re.compile(
    r"\S{1,64}@\S+|\b(?:https?://|www\.)\S+|\b[\w-]{1,63}\.(?:fi|com|net|org|eu|ax|se|io)\b\S*"
    r"|\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,3})?\b"
    r"|\b\d{6}[-+A-FU-Y]\d{3}\w\b|\b\d{6,7}-\d\b|\+?\d[\d\s().-]{3,}\d"
    r"|\b[^\W\d]{1,40}(?:katu|kadun|kadulla|tie|tien|tiellä|polku|polun|kuja|kujan|gatan|gränd|vägen|stigen)\s+\d+(?:\s?[a-zåäö]\b)?(?:\s?\d+\b)?",
    re.IGNORECASE,
)
_COMPANY = re.compile(r"(?:\b[A-ZÅÄÖ][\w&'-]*\s+){1,4}(?i:oyj?|abp?|ky|kb|tmi|osk|ry|rf)\b\.?|\b(?i:tmi|firma)\s+[A-ZÅÄÖ][\w-]*(?:\s[A-ZÅÄÖ][\w-]*)?")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_START = re.compile(r"(?:[.!?:;]\s*|[-–*•]\s+)[\"'”»(]*\Z")  # of a sentence: what stands between two words
_ENDINGS = re.compile(
    r"(?:n|a|ä|ta|tä|in|en|han|hän|lla|llä|lle|lta|ltä|ssa|ssä|sta|stä|na|nä|ksi|tta|ttä|i|illa|ille|ilta|ista|iin|s|['’]s)?(?:kin|ko|kö|kaan|kään)?\Z"
)
_SURNAME = re.compile(
    r"(?:nen|se(?:n|lla|llä|lle|lta|ltä|ssa|ssä|sta|stä|en)|mäki|mäen|mäelle|niemi|niemen|lahti|lahden|koski|kosken|ström|qvist|kvist|berg|lund|"
    r"holm|gren|roos|sson|man|nder|stedt)(?:in|ille|illa|ilta|s)?\Z"
)


@cache
def _names() -> tuple[frozenset[str], frozenset[str]]:
    """Stems of given names; and of those that are everyday words too."""
    given = json.loads(_NAMES.read_text(encoding="utf-8"))
    return frozenset(_stems(given["names"])), frozenset(_stems(given["also_words"]))


def _stems(lines: list[str]) -> set[str]:
    """`matti` has `matti` and, before its endings, `mati`; `hannes` also `hannekse`."""
    stems: set[str] = set()
    for name in " ".join(lines).split():
        stems.add(name)
        if re.search(r"(kk|pp|tt)[aäeiouyö]\Z", name):
            stems.add(name[:-2] + name[-1])
        if name.endswith("s"):
            stems.add(name[:-1] + "kse")
    return stems


def impersonal(text: str) -> str:
    """The text on one line, with `…` for e-mail and street addresses, links, numbers of people and firms, and names of people and firms."""
    text = _COMPANY.sub(GONE, _MARKED.sub(GONE, " ".join(text.split())))
    out: list[str] = []
    end, after_name = 0, False
    words = list(_WORD.finditer(text))
    for number, word in enumerate(words):
        between = text[end : word.start()]
        following = words[number + 1] if number + 1 < len(words) else None
        at_start = number == 0 or bool(_START.search(between))
        after_name = _is_name(word[0], at_start) or (
            after_name and not between.strip() and (_capital(word[0]) or bool(_SURNAME.search(word[0].lower())))
        )
        after_name = after_name or (not at_start and _capital(word[0]) and _goes_on(text, word, following, out, between))
        out += [between, GONE if after_name else word[0]]
        end = word.end()
    return re.sub(r"…(?:\s+…)+", GONE, "".join(out) + text[end:])


def _is_name(word: str, at_start: bool) -> bool:
    names, also_words = _names()
    parts = word.lower().split("-")
    return any(_begins(part, names) or (_capital(word) and not at_start and _begins(part, also_words)) for part in parts)


def _begins(word: str, stems: frozenset[str]) -> bool:
    return any(word[:length] in stems and _ENDINGS.match(word[length:]) for length in range(2, len(word) + 1))


def _goes_on(text: str, word: "re.Match[str]", following: "re.Match[str] | None", out: list[str], between: str) -> bool:
    """Whether a capitalised word inside a sentence is one of two side by side, or looks like a surname."""
    if _SURNAME.search(word[0].lower()):
        return True
    before = len(out) > 1 and out[-1] == GONE and between == " "
    beside = following is not None and text[word.end() : following.start()] == " " and _capital(following[0])
    return before or beside


def _capital(word: str) -> bool:
    return word[0].isupper() and not (word.isupper() and len(word) <= 4)
