"""Whom to contact at the organisations that give a service: those near the customer's municipality first."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from luukku.core.stencils import Stencil
from luukku.network.enums import Right, roles_with
from luukku.network.models import Person, Seat

_SERVING = roles_with(Right.HANDLE_CASES)


@dataclass(frozen=True, slots=True)
class Near:
    """Who serves in a municipality: organisations and people, by key."""

    organisations: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()


NOWHERE = Near()


def contacts_at(organisations: Collection[int], region_id: int, language: str, near: Near = NOWHERE) -> Mapping[int, Person]:
    """For each organisation one published person who serves for it in the region and is at work: near home, then by language. One statement."""
    if not organisations:
        return {}
    rows = _seats.rows(organisations=tuple(sorted(organisations)), region=region_id, today=timezone.localdate())
    found: dict[int, Person] = {}
    for seat in sorted(rows, key=lambda seat: (seat.person_id not in near.people, language not in seat.person.languages)):
        if seat.organisation_id is not None:
            found.setdefault(seat.organisation_id, seat.person)
    return found


def _build_seats(organisations: tuple[int, ...], region: int, today: date) -> QuerySet[Seat]:
    here = Q(region=None) | Q(region=region)
    seen = Person.objects.published().at_work(today)
    seats = Seat.objects.on(today).filter(here, organisation__in=organisations, role__in=_SERVING, person__in=seen)
    return seats.select_related("person").order_by("pk")


_seats = Stencil(_build_seats, open_rows=True)
