"""Check points of a measure as one text, a line for each."""

import re
from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from luukku.core.errors import RuleBroken
from luukku.plans.models import CheckPoint

LONGEST = 160  # characters
_POINT = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})?\s+(\S.*)")


def points_of(text: str, year: int) -> list[tuple[date, str]]:
    """Days and words of check points, a line for each: `31.3. half of the visits are made`. Raises RuleBroken for a line that cannot be read."""
    found = []
    for line in filter(str.strip, text.splitlines()):
        parts = _POINT.fullmatch(line.strip())
        try:
            assert parts is not None
            found.append((date(int(parts[3] or year), int(parts[2]), int(parts[1])), parts[4].strip()))
        except (AssertionError, ValueError):
            words = _("This line cannot be read: %(line)s. Write a day and what should be so by then, such as 31.3. half of the visits are made.")
            raise RuleBroken(words % {"line": line.strip()[:60]}, field="points") from None
        if len(found[-1][1]) > LONGEST:
            words = _("Shorten what should be so to %(n)s characters: %(line)s…")
            raise RuleBroken(words % {"n": LONGEST, "line": line.strip()[:60]}, field="points")
    return found


def points_text(points: Iterable[CheckPoint], year: int) -> str:
    """What `points_of` reads; days of the plan's first year stand without it."""
    return "\n".join(f"{point.day.day}.{point.day.month}.{'' if point.day.year == year else point.day.year} {point.words}" for point in points)
