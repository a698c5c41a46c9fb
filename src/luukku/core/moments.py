"""A day and an hour as one moment, by the Finnish clock."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def moment_at(day: date, hour: time = time.min) -> datetime:
    """The day at this hour; without one, the midnight with which it begins."""
    return timezone.make_aware(datetime.combine(day, hour))


def midnight_after(day: date) -> datetime:
    """The first moment after the day."""
    return moment_at(day + timedelta(days=1))
