"""Times that an adviser has published, and a customer who books one of them."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from luukku.core.actor import PUBLIC, act_as
from luukku.desk.actions.appointments.booking import book_with_need
from luukku.desk.actions.appointments.publishing import TimesForm, publish_times
from luukku.desk.actions.intake import NeedForm
from luukku.desk.models import Appointment, BookableTimes
from luukku.desk.queries.free import FreeTimes, Slot, bookable
from tests.cast import Cast


def next_monday() -> date:
    """A Monday at least a week ahead that is no holiday, nor are the days around it."""
    from luukku.core.worktime.finland import days_off

    day = timezone.localdate() + timedelta(days=7)
    while day.weekday() != 0 or any(day + timedelta(days=n) in days_off((day + timedelta(days=n)).year) for n in range(7)):
        day += timedelta(days=1)
    return day


@pytest.fixture
def monday() -> date:
    return next_monday()


@pytest.fixture
def publish(cast: Cast) -> Callable[..., BookableTimes]:
    """`publish()`: the adviser opens a Monday from 9 to 12 in times of 45 minutes and 15 between."""

    def publishing(by: Any = None, **fields: Any) -> BookableTimes:
        given: dict[str, Any] = {
            "desk": cast.here.desk, "people": (cast.adviser.someone,), "first_day": next_monday(), "opens": time(9), "closes": time(12),
            "address": "Koskikatu 1",
        }  # fmt: skip
        with act_as(by or cast.adviser.actor) as actor:
            return publish_times(by=actor, form=TimesForm(**given | fields))

    return publishing


@pytest.fixture
def times(publish: Callable[..., BookableTimes]) -> BookableTimes:
    return publish()


def free_of(times: BookableTimes, **more: Any) -> list[Slot]:
    """Its free times, read anew."""
    found = bookable().filter(pk=times.pk)
    return list(FreeTimes(found, now=more.pop("now", None) or timezone.now(), **more).all())


def local(day: date, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


@pytest.fixture
def book(need: Callable[..., NeedForm]) -> Callable[..., Appointment]:
    """`book(times)`: somebody from the street books its first free time, or the one that begins at `starts_at`."""

    def booking(
        times: BookableTimes, starts_at: datetime | None = None, *, key: str | None = None, at: datetime | None = None, **fields: Any
    ) -> Appointment:
        with act_as(PUBLIC):
            chosen = BookableTimes.objects.select_related("desk__organisation", "desk__region", "room").get(pk=times.pk)
            moment = starts_at or free_of(times, now=at)[0].starts_at
            return book_with_need(by=PUBLIC, times=chosen, starts_at=moment, need=need(**fields), submit_key=key, at=at)

    return booking


@pytest.fixture
def booked(times: BookableTimes, book: Callable[..., Appointment]) -> Appointment:
    return book(times)
