"""What modules tell of one company or one person, gathered where it is asked for: registered at start, as all in core.registries."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from luukku.core.actor import Actor
from luukku.core.registries import Registry


@dataclass(frozen=True)
class TimelineEntry:
    """Something that happened to a company, as the reader may know it; `key` names it among those of its source, `is_day` is without the hour."""

    at: datetime
    key: str
    title: str
    detail: str = ""
    url: str = ""
    is_day: bool = False


@dataclass(frozen=True)
class TimelineSource:
    """What a module adds to a company's timeline: `entries` is asked with the actor, the company, a moment and how many.

    It gives the newest not after the moment, newest first and always in one order, in a fixed number of statements; what the actor may not know
    of is not among them.
    """

    label: str | Promise
    order: int
    entries: Callable[[Actor, Any, datetime, int], Sequence[TimelineEntry]]


timeline_sources: Registry[TimelineSource] = Registry("sources of a company's timeline")


@dataclass(frozen=True)
class PersonRecords:
    """What a module holds of somebody whom the network's people have met, beside her own matters: found by her proven e-mail address.

    `held` gives rows of plain values for her to take along; the actor is she, signed in by that address. `forget` takes out who she is, by the
    address as it is compared, as the house, and returns from how many rows; that somebody was met, and when, stays.
    """

    label: str | Promise
    held: Callable[[Actor], list[dict[str, Any]]]
    forget: Callable[[str], int]


person_records: Registry[PersonRecords] = Registry("records of a person")
