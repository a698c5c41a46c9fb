"""Where today and this week end by the Finnish clock, and what the last year is: lists, filters and figures draw the same lines."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

YEAR = timedelta(days=365)  # up to now, of every figure that speaks of the last year


def end_of_today(now: datetime) -> datetime:
    """The midnight that ends the day of `now`."""
    return _midnight(timezone.localdate(now) + timedelta(days=1))


def end_of_week(now: datetime) -> datetime:
    """The midnight that ends the Sunday of the week of `now`."""
    today = timezone.localdate(now)
    return _midnight(today + timedelta(days=7 - today.weekday()))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
