"""Keys as they stand in addresses and forms, where anybody may have written anything."""

_LONGEST = 18  # digits that a PostgreSQL bigint takes for certain


def key_of(text: str | None) -> int | None:
    """The whole number that the text is; None for everything else, and for one that is too long for a key."""
    if not text or len(text) > _LONGEST or not (text.isascii() and text.isdigit()):
        return None
    return int(text)
