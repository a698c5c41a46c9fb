"""The frame of every write in this module."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TypeVar

import pghistory
from django.db import transaction
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.network.models import HouseMember, HousePlace, Participation, RegionMunicipality, Seat
from luukku.network.models.places import DatedQuerySet

Spell = TypeVar("Spell", Seat, Participation, RegionMunicipality, HouseMember, HousePlace)

KEPT = "Changed by the network's keepers"  # the source of a place that people have changed: reference data leave it alone


@contextmanager
def writing(verb: str, *, by: Actor) -> Iterator[None]:
    """One transaction, whose changes the field history shows under the verb and the person (by id)."""
    with transaction.atomic(), pghistory.context(verb=verb, person=by.person_id):
        yield


def end_spells(spells: "DatedQuerySet[Spell]") -> int:
    """End those that are open, or would end later, at once; returns how many.

    Both ends of a period count, so yesterday becomes the last day: a right that was taken away must not last until midnight.
    A period that began today is moved to yesterday whole; when it truly was, the trail and the field history tell.
    """
    yesterday = timezone.localdate() - timedelta(days=1)
    open_ones = spells.lasting(timezone.localdate())
    late = open_ones.filter(valid_from__gt=yesterday).update(valid_from=yesterday, valid_until=yesterday)
    return late + open_ones.update(valid_until=yesterday)
