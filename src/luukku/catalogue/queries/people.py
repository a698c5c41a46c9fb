"""People by what they help with: the catalogue's finders for the network's staff directory."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luukku.catalogue.access import services_in, visible_services
from luukku.catalogue.models import Service, ServiceProvider
from luukku.catalogue.models.places import Place
from luukku.catalogue.queries.matching import match_need
from luukku.core.actor import PUBLIC
from luukku.core.registries import PeopleFinder
from luukku.network.enums import Right, roles_with
from luukku.network.models import Organisation, Seat

_SERVING = roles_with(Right.HANDLE_CASES)
_HITS = 3  # services of a need whose people are shown


def people_of_services(services: Sequence[Service], region_id: int | None) -> list[int]:
    """Ids of people who give the services (in the region), best first: those named on a card, then those who serve at its providers.

    A card without named providers is given by the parties of its provider types, as on the card's own page. Three statements.
    """
    here = Q() if region_id is None else Q(region_id=region_id)
    named: dict[int, list[ServiceProvider]] = {}
    rows = ServiceProvider.objects.giving().filter(here, service__in=services).order_by("-is_primary", "pk")
    for row in rows:
        named.setdefault(row.service_id, []).append(row)
    parties = _parties(region_id) if any(service.pk not in named for service in services) else {}
    people: list[int] = []
    organisations: list[int] = []
    for service in services:
        given = named.get(service.pk, [])
        people += [row.person_id for row in given if row.person_id is not None and row.person_works_here]
        organisations += [row.organisation_id for row in given]
        if not given:
            organisations += [pk for code in service.provider_types for pk in parties.get(code, [])]
    return list(dict.fromkeys(people + _serving_at(list(dict.fromkeys(organisations)), region_id)))


def by_service(code: str, region_id: int | None) -> list[int]:
    """People who give the service with this code."""
    return people_of_services(list(_services(region_id).filter(code=code)), region_id)


def by_need(words: str, region_id: int | None) -> list[int]:
    """People who give the services that fit a need in the customer's own words; nobody when nothing fits well."""
    match = match_need(words, place=Place(region_id) if region_id is not None else None, top=_HITS)
    if not match.fits:
        return []
    place = {hit.service_id: at for at, hit in enumerate(match.hits)}
    services = sorted(_services(region_id).filter(pk__in=[pk for pk in place if pk is not None]), key=lambda service: place[service.pk])
    return people_of_services(services, region_id)


def _services(region_id: int | None) -> QuerySet[Service]:
    return visible_services(PUBLIC) if region_id is None else services_in(PUBLIC, Place(region_id))


def service_choices() -> list[tuple[str, str]]:
    """Cards by code and name, in the order of their groups."""
    return [(service.code, str(service.name)) for service in visible_services(PUBLIC).order_by("group__order", "name_fi")]


def _parties(region_id: int | None) -> dict[str, list[int]]:
    """Organisations that take part (in the region) by the code of their type."""
    today = Q(participations__valid_until=None) & (Q() if region_id is None else Q(participations__region_id=region_id))
    found: dict[str, list[int]] = {}
    for code, pk in Organisation.objects.active().filter(today).order_by("name_fi").values_list("type__code", "pk").distinct():
        found.setdefault(code, []).append(pk)
    return found


def _serving_at(organisations: Sequence[int], region_id: int | None) -> list[int]:
    """People with a serving seat there today, in the order of the organisations."""
    here = Q() if region_id is None else Q(region=None) | Q(region_id=region_id)
    seats = Seat.objects.on(timezone.localdate()).filter(here, organisation__in=organisations, role__in=_SERVING).order_by("pk")
    place = {pk: at for at, pk in enumerate(organisations)}
    return [seat.person_id for seat in sorted(seats, key=lambda seat: place.get(seat.organisation_id or 0, len(place)))]


FINDERS = {
    "need": PeopleFinder(_("What do you need?"), 1, None, by_need, _("In your own words."), is_ranked=True),
    "service": PeopleFinder(_("Service"), 2, service_choices, by_service),
}
