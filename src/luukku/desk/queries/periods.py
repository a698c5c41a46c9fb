"""Where today and this week end by the Finnish clock, and what the last year is: lists, filters and figures draw the same lines."""

from datetime import datetime, timedelta

from django.utils import timezone

from luukku.core.moments import midnight_after

YEAR = timedelta(days=365)  # up to now, of every figure that speaks of the last year


def end_of_today(now: datetime) -> datetime:
    """The midnight that ends the day of `now`."""
    return midnight_after(timezone.localdate(now))


def end_of_week(now: datetime) -> datetime:
    """The midnight that ends the Sunday of the week of `now`."""
    today = timezone.localdate(now)
    return midnight_after(today + timedelta(days=6 - today.weekday()))
