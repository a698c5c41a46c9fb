"""Whose share of time and mandate are to be asked."""

from datetime import date, timedelta

from django.db.models import Q

A_YEAR = timedelta(days=365)


def seats_to_ask(today: date) -> Q:
    """Memberships of which it was never asked, or not for a year."""
    return Q(asked_on=None) | Q(asked_on__lte=today - A_YEAR)
