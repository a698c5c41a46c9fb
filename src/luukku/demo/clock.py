"""The sample network's own present: midnight at the beginning of its day, whatever the hour at which it is built, so that a date always
gives the same network."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta

from django.utils import timezone

_day: ContextVar[date | None] = ContextVar("the sample network's day", default=None)


@contextmanager
def living_on(day: date) -> Iterator[None]:
    """While the network is built, its present is the beginning of this day."""
    before = _day.set(day)
    try:
        yield
    finally:
        _day.reset(before)


def today() -> date:
    """The day of the network that is being built; the real one outside of that."""
    return _day.get() or timezone.localdate()


def now() -> datetime:
    return timezone.make_aware(datetime.combine(today(), time.min), timezone.get_default_timezone())


def ago(days: float) -> datetime:
    """So many days before the present; for whole days in that day's forenoon, when people work."""
    moment = now() - timedelta(days=days)
    whole = int(days)
    return moment + timedelta(hours=8 + whole % 4, minutes=whole * 17 % 60) if whole == days else moment
