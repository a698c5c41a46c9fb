"""Every address of the network's screens, with something real in each parameter."""

from collections.abc import Callable
from datetime import date

from django.urls import URLPattern, reverse
from django.utils import timezone

from luukku.network.models import (
    Absence,
    HouseMember,
    HousePlace,
    Person,
    PersonPhoto,
    PlannedPlace,
    Premises,
    Representation,
    Seat,
    SeatRota,
    SeatTurn,
)
from luukku.network.web import urls
from tests.cast import Cast
from tests.factories.network import PersonFactory


def away_of(cast: Cast) -> Absence:
    away = {"first_day": date(2026, 7, 1), "last_day": date(2026, 7, 31)}
    return Absence.objects.get_or_create(person=cast.partner.someone, defaults=away)[0]


def acting_of(cast: Cast) -> Representation:
    """The front organisation acts for the partners."""
    return Representation.objects.get_or_create(representative=cast.here.organisation, represented=cast.partners)[0]


def photo_of(cast: Cast) -> str:
    """The version of a photo that everybody sees."""
    PersonPhoto.objects.get_or_create(person=cast.partner.someone, defaults={"picture": b"", "made_at": timezone.now()})
    Person.objects.filter(pk=cast.partner.someone.pk).update(photo="a1")
    return "a1"


def house_of(cast: Cast) -> Premises:
    """Premises that both organisations share."""
    premises = Premises.objects.get_or_create(organisation=cast.here.organisation, name="Talo")[0]
    HouseMember.objects.get_or_create(premises=premises, organisation=cast.partners, valid_until=None)
    return premises


def room_of(cast: Cast) -> HousePlace:
    person, organisation = cast.partner.someone, cast.partners
    return HousePlace.objects.get_or_create(premises=house_of(cast), person=person, organisation=organisation, valid_until=None)[0]


def turn_of(cast: Cast) -> SeatTurn:
    """The partners' turn at the chair of the steering group, far ahead."""
    rota = SeatRota.objects.get_or_create(region=cast.here.region, role="steering-chair", ended_at=None)[0]
    days = {"valid_from": date(2090, 1, 1), "valid_until": date(2090, 12, 31)}
    return SeatTurn.objects.get_or_create(rota=rota, organisation=cast.partners, defaults=days)[0]


def name_to_come(cast: Cast) -> PlannedPlace:
    """The region will be called otherwise, far ahead."""
    given = {"name_fi": "Tuleva", "since": date(2090, 1, 1), "planned_at": timezone.now()}
    return PlannedPlace.objects.get_or_create(region=cast.here.region, defaults=given)[0]


# What a route needs, by a piece of it; the first that fits.
FILLED: dict[str, Callable[[Cast], list[object]]] = {
    "tiskit/<int": lambda cast: [cast.partner_desk.pk],
    "sulkupaivat": lambda cast: [cast.partner_desk.pk],
    "verkosto/ihmiset/<int:pk>/palauta": lambda _: [PersonFactory.create(deactivated_at=timezone.now()).pk],
    "poissaolot/<int": lambda cast: [away_of(cast).pk],
    "<slug:version": lambda cast: [cast.partner.someone.pk, photo_of(cast)],
    "ihmiset/<int": lambda cast: [cast.partner.someone.pk],
    "verkosto/paikat/<int": lambda cast: [Seat.objects.get(person=cast.partner.someone).pk],
    "toimipaikat/<int:pk>/<slug": lambda cast: [house_of(cast).pk, cast.partners.code],
    "toimipaikat/<int": lambda cast: [house_of(cast).pk],
    "edustukset/<int": lambda cast: [acting_of(cast).pk],
    "talopaikat/<int": lambda cast: [room_of(cast).pk],
    "tulevat/<int": lambda cast: [name_to_come(cast).pk],
    "vuoro/<int": lambda cast: [turn_of(cast).pk],
    "paikkavuorot/<int": lambda cast: [turn_of(cast).rota.pk],
    "alueet/<slug": lambda cast: [cast.here.area.code],
    "kunnat/<int": lambda cast: [cast.here.municipality.pk],
    "lajit/<int": lambda cast: [cast.partners.type.pk],
    "seudut/<slug:code>": lambda cast: [cast.here.region.code],
    "<slug:region>": lambda cast: [cast.partners.code, cast.here.region.code],
    "<slug": lambda cast: [cast.partners.code],
}


def arguments(cast: Cast, route: str) -> list[object]:
    """Something real for the parameters of a route."""
    return next((fill(cast) for piece, fill in FILLED.items() if piece in route), [])


def all_addresses(cast: Cast) -> list[tuple[str, str]]:
    """Names with their addresses."""
    lists = {
        "_organisations": "organisaatiot/", "_desks": "tiskit/", "_people": "verkosto/ihmiset/", "_regions": "verkosto/seudut/",
        "_rotas": "paikkavuorot/", "_areas": "alueet/", "_municipalities": "kunnat/", "_organisation_types": "lajit/",
    }  # fmt: skip
    found = []
    for prefix_of, prefix in lists.items():
        found += [(pattern.name, prefix + str(pattern.pattern)) for pattern in getattr(urls, prefix_of)]
    found += [(pattern.name, str(pattern.pattern)) for pattern in urls.urlpatterns if isinstance(pattern, URLPattern) and pattern.name]
    return [(name, reverse(f"network:{name}", args=arguments(cast, route))) for name, route in found]
