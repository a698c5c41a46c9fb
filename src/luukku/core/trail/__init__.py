"""The trail: one immutable event per action. Ids and short codes only, never names or free text, so that erasure leaves it whole."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone

from luukku.core.actor import Actor

Fact = int | float | bool | str | None
_CODE = re.compile(r"[A-Za-z0-9_.:+-]{0,40}\Z")


def subject_kind(thing: models.Model | type[models.Model]) -> str:
    """`desk.case` for a Case."""
    return thing._meta.label_lower


def record(
    action: str,
    subject: models.Model,
    *,
    by: Actor,
    region_id: int | None = None,
    organisation_id: int | None = None,
    at: datetime | None = None,
    **facts: Fact | date,
) -> None:
    """Leave one event in the trail.

    `action` is a dotted verb (`case.taken_up`). `facts` are what statistics need: numbers, booleans, dates and short codes; anything
    else raises ValueError, which keeps people's names and words out. `organisation_id` defaults to that of the actor's first seat.
    """
    from luukku.core.models import Event

    seat = by.seats[0] if by.seats else None
    Event.objects.bulk_create(
        [
            Event(
                at=at or timezone.now(),
                action=action,
                subject_kind=subject_kind(subject),
                subject_id=subject.pk,
                actor_kind=by.kind,
                person_id=by.person_id,
                seat_id=by.seat_id,
                organisation_id=organisation_id or (seat.organisation_id if seat else None),
                region_id=region_id,
                facts={name: _fact(name, value) for name, value in facts.items()},
            )
        ],
        ignore_conflicts=True,  # there are none; so the insert gives nothing back, which whoever adds may not be let to read
    )


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of many: on which id, when, where, with which facts."""

    subject_id: int
    at: datetime
    region_id: int | None = None
    organisation_id: int | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)


def record_many(action: str, subject: type[models.Model], *, by: Actor, happenings: Iterable[Happening]) -> None:
    """Leave the same event about many things, as `record` would for each; one statement for a thousand."""
    from luukku.core.models import Event

    kind = subject_kind(subject)
    Event.objects.bulk_create(
        (
            Event(
                at=each.at, action=action, subject_kind=kind, subject_id=each.subject_id, actor_kind=by.kind, person_id=by.person_id,
                seat_id=by.seat_id, organisation_id=each.organisation_id, region_id=each.region_id,
                facts={name: _fact(name, value) for name, value in each.facts.items()},
            )
            for each in happenings
        ),
        batch_size=1000,
    )  # fmt: skip


def _fact(name: str, value: Any) -> Fact:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, str) and _CODE.match(value):
        return str(value)
    raise ValueError(f"the trail takes numbers, dates and short codes; {name} is none of these")
