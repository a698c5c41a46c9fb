"""One person for the staff's page, and who can stand in for her."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from luukku.core.finnish import FinnishKey
from luukku.network.models import Absence, Organisation, Person, Seat
from luukku.network.queries.absences import absences_to_come


@dataclass(frozen=True, slots=True)
class PersonPage:
    """All that the staff's page of one person shows besides herself."""

    person: Person
    seats: Sequence[Seat]
    past: Sequence[Seat]
    stands_in_for: Sequence[Person]  # as their usual deputy
    absences: Sequence[Absence]  # today's and those to come


def person_page(person: Person) -> PersonPage:
    """Three statements."""
    today = timezone.localdate()
    seats = list(person.seats.select_related("organisation", "region", "area").order_by("pk"))
    return PersonPage(
        person=person,
        seats=[seat for seat in seats if seat.valid_until is None or seat.valid_until >= today],
        past=[seat for seat in seats if seat.valid_until is not None and seat.valid_until < today],
        stands_in_for=list(person.deputy_for.active().order_by(FinnishKey("name"))),
        absences=absences_to_come(person),
    )


def colleagues_of(person: Person) -> "QuerySet[Person]":
    """Those who have a seat in one of her organisations or regions today, by name."""
    everybody = Seat.objects.on(timezone.localdate())
    seats = everybody.filter(person=person)
    shared = everybody.filter(organisation__in=seats.exclude(organisation=None).values("organisation")) | everybody.filter(
        organisation=None, region__in=seats.exclude(region=None).values("region")
    )
    return Person.objects.active().filter(pk__in=shared.values("person_id")).exclude(pk=person.pk).order_by(FinnishKey("name"))


def people_at(organisation: Organisation) -> "QuerySet[Person]":
    """Those who have a seat in the organisation today, by name."""
    seats = Seat.objects.on(timezone.localdate()).filter(organisation=organisation)
    return Person.objects.active().filter(pk__in=seats.values("person_id")).order_by(FinnishKey("name"), "pk")
