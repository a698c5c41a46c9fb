"""Finnish business IDs (Y-tunnus)."""

import re

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)
_BUSINESS_ID = re.compile(r"([0-9]{6,7})\s*-?\s*([0-9])\Z")


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


def is_business_id(text: str) -> bool:
    """Whether it is a business ID in its one spelling."""
    return clean_business_id(text) == text
