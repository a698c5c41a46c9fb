"""A company as people write it in one field: its name, its business ID, or both."""

import re

_BUSINESS_ID = re.compile(r"\b\d{6,7}\s*-?\s*\d\b")


def company_and_id(text: str) -> tuple[str, str]:
    """`Kahvila Oy 2617416-4` → name and ID; either may be empty. Eight digits in a row are taken for an ID, right or wrong."""
    found = _BUSINESS_ID.search(text)
    if found is None:
        return text.strip(), ""
    return " ".join((text[: found.start()] + " " + text[found.end() :]).split()).strip(" ,()-"), found[0]
