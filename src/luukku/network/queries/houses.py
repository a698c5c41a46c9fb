"""Houses for screens: who shares the premises, and who sits where."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.finnish import FinnishKey
from luukku.network.access.houses import visible_presences
from luukku.network.models import Absence, HouseMember, HousePlace, Organisation, Participation, Person, Premises, Presence, Region, Seat
from luukku.network.queries.organisations import by_name


def organisations_of_house(premises: Premises) -> "QuerySet[Organisation]":
    """The one that keeps the premises and those that share them, by name."""
    members = HouseMember.objects.filter(premises=premises, valid_until=None).values("organisation_id")
    return Organisation.objects.active().filter(Q(pk=premises.organisation_id) | Q(pk__in=members)).order_by(by_name(), "pk")


def regions_of_house(premises: Premises) -> "QuerySet[Region]":
    """The regions in which the keeper of the premises takes part today."""
    parts = Participation.objects.filter(organisation=premises.organisation_id, valid_until=None)
    return Region.objects.filter(pk__in=parts.values("region_id")).order_by("code")


def shared_premises() -> "QuerySet[Premises]":
    """Premises in use that several organisations share, by name."""
    members = HouseMember.objects.filter(premises=OuterRef("pk"), valid_until=None, organisation__deactivated_at=None)
    return Premises.objects.filter(Exists(members), deactivated_at=None).select_related("organisation", "municipality").order_by("name", "pk")


def houses_of(actor: Actor) -> list[Premises]:
    """The shared premises in which the actor sits, those where she is a host first. One statement, none for who sits in none."""
    if not actor.houses:
        return []
    found = shared_premises().in_bulk(actor.houses)
    return [found[pk] for pk in actor.houses if pk in found]


def places_of_house(actor: Actor, premises: Premises) -> list[HousePlace]:
    """Who sits in the house, by name, with what she has said of today (`person.said`, or None) and her absence. Three statements."""
    said = Prefetch("person__presence", visible_presences(actor), to_attr="said")
    found = HousePlace.objects.filter(premises=premises, valid_until=None, person__deactivated_at=None, organisation__deactivated_at=None)
    absences = Prefetch("person__days_away", Absence.objects.on(timezone.localdate()).select_related("deputy"), to_attr="away_today")
    return list(found.select_related("person", "organisation").order_by(FinnishKey("person__name"), "pk").prefetch_related(said, absences))


def is_host(actor: Actor, premises: Premises) -> bool:
    """Whether the actor meets those who walk in there. One statement."""
    return HousePlace.objects.filter(premises=premises, person_id=actor.person_id or 0, is_host=True, valid_until=None).exists()


@dataclass(frozen=True, slots=True)
class HousePage:
    """All that the page of a house's upkeep shows."""

    premises: Premises
    organisations: Sequence[Organisation]
    places: Sequence[HousePlace]

    @property
    def is_shared(self) -> bool:
        return len(self.organisations) > 1


def house_page(actor: Actor, premises: Premises) -> HousePage:
    """Four statements."""
    return HousePage(premises, list(organisations_of_house(premises)), places_of_house(actor, premises))


def presence_of(actor: Actor) -> Presence | None:
    """What the actor has said of today. One statement."""
    return visible_presences(actor).filter(person_id=actor.person_id or 0).first()


def who_may_join(premises: Premises) -> "QuerySet[Organisation]":
    """Organisations of the house's regions that are not in the house, by name."""
    there = Participation.objects.filter(region__in=regions_of_house(premises), valid_until=None).values("organisation_id")
    inside = organisations_of_house(premises).order_by().values("pk")
    return Organisation.objects.active().filter(pk__in=there).exclude(pk__in=inside).order_by(by_name(), "pk")


def people_to_seat(organisation: Organisation) -> "QuerySet[Person]":
    """Who has a seat at the organisation today."""
    seats = Seat.objects.on(timezone.localdate()).filter(organisation=organisation)
    return Person.objects.active().filter(pk__in=seats.values("person_id"))
