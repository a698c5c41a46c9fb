"""Whose turn it is."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from luukku.desk.enums import RotaPeriod
from luukku.desk.models import Rota


def turn(rota: Rota, day: date, away: Collection[int] = ()) -> int | None:
    """The id of the person whose turn the day is; the next in order who is not away; None before the rota starts or when all are away."""
    people: Sequence[int] = rota.people
    if not people or day < rota.starts_on:
        return None
    place = _number(rota.period, rota.starts_on, day)
    return next((pk for pk in (people[(place + step) % len(people)] for step in range(len(people))) if pk not in away), None)


def _number(period: str, first: date, day: date) -> int:
    """How many turns have passed. A weekend belongs to its Friday: nobody's turn is lost on it."""
    if period == RotaPeriod.WEEK:
        return (_monday(day) - _monday(first)).days // 7
    return _workday(day) - _workday(first)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _workday(day: date) -> int:
    return 5 * ((_monday(day) - date(2024, 1, 1)).days // 7) + min(day.weekday(), 4)
