"""Where a door is: regions and areas for the public, and what is there for a municipality that no region serves."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.core.finnish import FinnishKey
from luukku.network.access import visible_people, visible_regions
from luukku.network.enums import Role
from luukku.network.models import Area, Municipality, Person, Region, RegionMunicipality, Seat
from luukku.network.queries.organisations import by_name
from luukku.network.queries.places import area_of, municipality_today
from luukku.network.queries.regions import AreaRegions, regions_by_area


@dataclass(frozen=True)
class RegionPlaces:
    """A region and the municipalities it serves today."""

    region: Region
    municipalities: Sequence[Municipality]


@dataclass(frozen=True)
class AreaPage:
    """An area: its regions with their municipalities, those that no region serves, and whom to contact."""

    area: Area
    regions: Sequence[RegionPlaces]
    unserved: Sequence[Municipality]
    contacts: Sequence[Person]

    @property
    def doors(self) -> list[RegionPlaces]:
        """Regions whose door is open."""
        return [place for place in self.regions if place.region.is_live]


@dataclass(frozen=True)
class Whereabouts:
    """Where somebody is who has chosen a municipality: its region (None: only its area answers)."""

    municipality: Municipality
    region: Region | None
    area: Area | None = field(default=None)


def find_areas(actor: Actor, words: str = "") -> list[AreaRegions]:
    """Today's areas with their regions; with words, only regions whose own name, area or municipality begins with them. At most three statements."""
    areas = regions_by_area(actor)
    start = words.strip().casefold()
    if not start:
        return areas
    served = RegionMunicipality.objects.filter(valid_until=None, municipality__name_fi__istartswith=start) | RegionMunicipality.objects.filter(
        valid_until=None, municipality__name_sv__istartswith=start
    )
    ids = set(served.values_list("region_id", flat=True))
    found = []
    for area in areas:
        whole = _begins(area.area, start)
        regions = [region for region in area.regions if whole or region.pk in ids or _begins(region, start)]
        if regions:
            found.append(AreaRegions(area.area, regions))
    return found


def _begins(place: Area | Region, start: str) -> bool:
    return any(name.casefold().startswith(start) for name in (place.name_fi, place.name_sv, place.name_en))


def whereabouts(code: str) -> Whereabouts:
    """The municipality of today with this code (or the one it merged into), its region and area. Three statements. Raises NotFound."""
    found = municipality_today(code)
    if found is None:
        raise NotFound
    spell = RegionMunicipality.objects.filter(municipality=found, valid_until=None).select_related("region").first()
    return Whereabouts(found, spell.region if spell else None, area_of(found))


def area_page(actor: Actor, code: str) -> AreaPage:
    """One area of today. Five statements. Raises NotFound."""
    today = timezone.localdate()
    area = Area.objects.on(today).filter(code=code).first()
    if area is None:
        raise NotFound
    regions = list(visible_regions(actor).filter(area_spells__in=area.region_spells.on(today)).order_by(by_name()).distinct())
    spells = RegionMunicipality.objects.filter(valid_until=None, region__in=regions).select_related("municipality")
    served: dict[int, list[Municipality]] = {}
    for spell in spells.order_by(by_name("municipality__name")):
        served.setdefault(spell.region_id, []).append(spell.municipality)
    seats = Seat.objects.on(today).filter(role=Role.AREA_CONTACT, area=area)
    return AreaPage(
        area=area,
        regions=[RegionPlaces(region, served.get(region.pk, [])) for region in regions],
        unserved=list(_unserved(area)),
        contacts=list(visible_people(actor).published().filter(pk__in=seats.values("person_id")).order_by(FinnishKey("name"))),
    )


def area_of_region(region: Region) -> Area | None:
    """The area of today to which the region belongs. One statement."""
    spell = region.area_spells.on(timezone.localdate()).select_related("area").order_by("-valid_from").first()
    return spell.area if spell else None


def _unserved(area: Area) -> "Sequence[Municipality]":
    today = timezone.localdate()
    served = RegionMunicipality.objects.filter(valid_until=None).values("municipality_id")
    return list(Municipality.objects.on(today).in_areas(Area.objects.filter(pk=area.pk), today).exclude(pk__in=served).order_by(by_name()))
