"""The frame of every write in this module."""

from collections.abc import Iterator
from contextlib import contextmanager

import pghistory
from django.db import transaction

from luukku.core.actor import Actor


@contextmanager
def writing(verb: str, *, by: Actor) -> Iterator[None]:
    """One transaction, whose changes the field history shows under the verb and the person (by id)."""
    with transaction.atomic(), pghistory.context(verb=verb, person=by.person_id):
        yield
