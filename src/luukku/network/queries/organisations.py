"""Organisations for screens: the staff's list and page, and the public list of who stands behind a region's hatch."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.finnish import FinnishKey
from luukku.core.translated import best
from luukku.network import access
from luukku.network.models import (
    ClosingDay,
    Desk,
    HouseMember,
    OpeningHours,
    Organisation,
    OrganisationType,
    Participation,
    Person,
    Premises,
    Region,
    Representation,
    Seat,
)
from luukku.network.queries.representing import representations_of, representing_along


def by_name(stem: str = "name") -> FinnishKey:
    """Finnish order of the name that the reader sees."""
    return FinnishKey(best(stem))


@dataclass(frozen=True, slots=True)
class OrganisationFilter:
    """What the staff's list is narrowed to; codes, empty for all."""

    words: str = ""
    region: str = ""
    type: str = ""
    left: bool = False  # those that have left the network instead of those in it


def organisation_list(actor: Actor, wanted: OrganisationFilter) -> "QuerySet[Organisation]":
    """Organisations with type, regions of today, and how many people have a seat there. Two statements a page."""
    found = access.visible_organisations(actor).filter(deactivated_at__isnull=not wanted.left)
    if wanted.region:
        found = found.filter(participations__region__code=wanted.region, participations__valid_until=None)
    if wanted.type:
        found = found.filter(type__code=wanted.type)
    for word in wanted.words.split():
        found = found.filter(name_has(word))
    held = Q(seats__valid_until=None) | Q(seats__valid_until__gte=timezone.localdate())
    people = Count("seats__person", filter=held & Q(seats__person__deactivated_at=None), distinct=True)
    return found.select_related("type").annotate(people=people).order_by(by_name(), "pk").prefetch_related(_regions_today())


def behind_the_hatch(actor: Actor, region: Region | None = None) -> list[Organisation]:
    """Active organisations that take part in the region (in any region of today), by name: what the public may know. Seven statements.

    `own_doors` are their desks that take needs in by a page of their own.
    """
    today = Participation.objects.filter(valid_until=None)
    if region is not None:
        today = today.filter(region=region)
    found = access.visible_organisations(actor).active().filter(pk__in=today.values("organisation_id"))
    along = (_regions_today(), _own_doors(region), *places_to_come(), *representing_along())
    return list(found.select_related("type", "parent").order_by(by_name(), "pk").prefetch_related(*along))


def places_to_come() -> "tuple[Prefetch[Any], ...]":
    """What to fetch with organisations, so that `places` tells where customers can come: premises of their own, and houses that they share."""
    own = Premises.objects.filter(deactivated_at=None).select_related("municipality")
    shared = HouseMember.objects.on(timezone.localdate()).filter(premises__deactivated_at=None).select_related("premises__municipality")
    return Prefetch("premises", own, to_attr="own_places"), Prefetch("houses", shared.order_by("premises__name"), to_attr="shared_places")


def _own_doors(region: Region | None) -> "Prefetch[str, QuerySet[Desk], str]":
    doors = Desk.objects.filter(has_door=True, deactivated_at=None, region__is_live=True).select_related("region").order_by("region__code")
    return Prefetch("desks", doors if region is None else doors.filter(region=region), to_attr="own_doors")


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """All that the staff's page of one organisation shows."""

    organisation: Organisation
    participations: Sequence[Participation]
    desks: Sequence[Desk]
    premises: Sequence[Premises]
    closed_premises: Sequence[Premises]
    seats: Sequence[Seat]
    units: Sequence[Organisation]
    representations: Sequence[Representation]

    @property
    def people(self) -> list[tuple[Person, list[Seat]]]:
        """People with their seats here, by name."""
        found: dict[int, tuple[Person, list[Seat]]] = {}
        for seat in self.seats:
            found.setdefault(seat.person_id, (seat.person, []))[1].append(seat)
        return list(found.values())


def organisation_page(organisation: Organisation) -> OrganisationPage:
    """Seven statements, whatever the number of people and desks."""
    places = list(organisation.premises.select_related("municipality"))
    return OrganisationPage(
        organisation=organisation,
        participations=list(organisation.participations.filter(valid_until=None).select_related("region").order_by("region__code")),
        desks=list(desks_with_hours(Desk.objects.filter(organisation=organisation, deactivated_at=None))),
        premises=[place for place in places if place.deactivated_at is None],
        closed_premises=[place for place in places if place.deactivated_at is not None],
        seats=list(
            organisation.seats.lasting(timezone.localdate())
            .filter(person__deactivated_at=None)
            .select_related("person", "region")
            .order_by(FinnishKey("person__name"), "person_id", "pk")
        ),
        units=list(organisation.units.filter(deactivated_at=None).order_by(by_name())),
        representations=list(representations_of(organisation)),
    )


def desks_with_hours(desks: "QuerySet[Desk]") -> "QuerySet[Desk]":
    """Desks with organisation and region, and their hours and closing days fetched along."""
    return desks.select_related("organisation", "region").prefetch_related(
        Prefetch("opening_hours", OpeningHours.objects.order_by("weekday", "opens")),
        Prefetch("closing_days", ClosingDay.objects.order_by("day")),
    )


def organisation_types() -> "QuerySet[OrganisationType]":
    """Kinds of organisation in use, in their order, for filters and forms."""
    return OrganisationType.objects.filter(deactivated_at=None).order_by("order", "code")


def _regions_today() -> "Prefetch[str, QuerySet[Participation], str]":
    today = Participation.objects.filter(valid_until=None).select_related("region").order_by("region__code")
    return Prefetch("participations", today, to_attr="today")


def name_has(word: str) -> Q:
    """Organisations one of whose names holds the word."""
    return Q(name_fi__icontains=word) | Q(name_sv__icontains=word) | Q(name_en__icontains=word) | Q(short_name__icontains=word)
