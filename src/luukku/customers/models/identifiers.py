"""Identifiers as people write them, and the keys they are found by."""

import re

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)
_BUSINESS_ID = re.compile(r"([0-9]{6,7})\s*-?\s*([0-9])\Z")
MIN_DIGITS, MAX_DIGITS = 5, 15


def clean_business_id(text: str) -> str | None:
    """A Finnish business ID in its one spelling, 1234567-8; None when it is not one (form or check digit).

    The check digit by the rule of the Patent and Registration Office: weights 7 9 10 5 8 4 2, modulo 11; remainder 1 is never given.
    """
    found = _BUSINESS_ID.match(text.strip())
    if not found:
        return None
    digits = found[1].zfill(7)
    rest = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11
    if rest == 1 or int(found[2]) != (0 if rest == 0 else 11 - rest):
        return None
    return f"{digits}-{found[2]}"


def phone_key(text: str) -> str:
    """A phone number's digits with the country code, whatever the notation: "040 555 0142" and "+358 40 5550142" are one.

    A number that begins with a single 0 is Finnish. Empty for what is no phone number.
    """
    plain = re.sub(r"\(0\)", "", text.strip())
    plain = re.sub(r"[\s().\-/\u00a0\u2013]", "", plain)
    if plain.startswith("+"):
        digits = plain[1:]
    elif plain.startswith("00"):
        digits = plain[2:]
    elif plain.startswith("0"):
        digits = "358" + plain[1:]
    else:
        digits = plain
    return digits if digits.isascii() and digits.isdigit() and MIN_DIGITS <= len(digits) <= MAX_DIGITS else ""


def email_key(text: str) -> str:
    return text.strip().lower()
