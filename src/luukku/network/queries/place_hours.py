"""When premises are open, as customers read it: the week in words, open or not just now, what differs in the weeks to come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from luukku.core.remembered import Remembered
from luukku.core.ui.hours import unusual_words, week_words
from luukku.core.worktime import WorkCalendar, closing, is_open, next_opening, unusual_days, week_of
from luukku.network.models import Premises
from luukku.network.queries.calendars import premises_calendars


@dataclass(frozen=True, slots=True)
class PlaceHours:
    """`week` and `unusual` in the reader's language; `closes_at` while it is open, `opens_at` while it is not."""

    week: str
    unusual: Sequence[str]
    closes_at: datetime | None
    opens_at: datetime | None


_calendars: Remembered[Mapping[int, WorkCalendar]] = Remembered(60)


def hours_of_place(premises: Premises, now: datetime | None = None) -> PlaceHours | None:
    """None where no hours are set. One statement for all premises, and then none for a minute."""
    calendar = _calendars.get(None, premises_calendars).get(premises.pk)
    if calendar is None:
        return None
    moment = timezone.localtime(now)
    opens = is_open(calendar, moment)
    return PlaceHours(
        week=week_words(week_of(calendar)),
        unusual=unusual_words(unusual_days(calendar, moment.date())),
        closes_at=closing(calendar, moment) if opens else None,
        opens_at=None if opens else next_opening(calendar, moment),
    )


def forget_place_hours() -> None:
    """They have changed: this process shows the new ones at once, others within a minute."""
    _calendars.forget()
