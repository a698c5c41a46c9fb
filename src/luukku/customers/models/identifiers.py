"""Identifiers as people write them, and the keys they are found by."""

import re

MIN_DIGITS, MAX_DIGITS = 5, 15


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
