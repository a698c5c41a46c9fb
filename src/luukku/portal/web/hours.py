"""What the contact part of a page shows of a door's hours."""

from typing import Any

from luukku.core.ui.hours import unusual_words, week_words
from luukku.desk.queries.opening import Door


def hours_of(door: Door | None) -> dict[str, Any]:
    """The week and the days that differ from it, in words."""
    return {"week": week_words(door.week), "unusual": unusual_words(door.unusual)} if door else {"week": "", "unusual": []}
