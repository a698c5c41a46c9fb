"""Where a service holds: the whole country, or areas, regions or municipalities of which its customer's is one."""

from dataclasses import dataclass
from typing import Self

from django.db.models import Q

from luukku.catalogue.enums import Validity
from luukku.network.models import Area, Municipality, MunicipalityArea, Region, RegionArea, RegionMunicipality


@dataclass(frozen=True, slots=True)
class Place:
    """Where a customer is, by keys, as far as is known. Of nothing known, only what holds in the whole country is hers."""

    region: int | None = None
    municipality: int | None = None
    area: int | None = None  # asked only where neither of the others is known

    @classmethod
    def of(cls, region: Region | None, municipality: Municipality | None = None, area: Area | None = None) -> Self:
        return cls(region.pk if region else None, municipality.pk if municipality else None, area.pk if area else None)


def holding_in(place: Place) -> Q:
    """Services that hold there; where only the region is known, also those of some part of it.

    A card of a municipality that has been merged holds in the one that came after it.
    """
    held = Q(validity=Validity.NATIONAL)
    if place.municipality is not None:
        spells = MunicipalityArea.objects.filter(municipality=place.municipality, valid_until=None)
        municipalities = Municipality.objects.filter(Q(pk=place.municipality) | Q(successor=place.municipality)).order_by().values("pk")
        held |= Q(validity=Validity.AREA, places__overlap=spells.order_by().values("area"))
        held |= Q(validity=Validity.MUNICIPALITY, places__overlap=municipalities)
    elif place.region is not None:
        spans = RegionArea.objects.filter(region=place.region, valid_until=None).order_by().values("area")
        parts = RegionMunicipality.objects.filter(region=place.region, valid_until=None).order_by().values("municipality")
        held |= Q(validity=Validity.AREA, places__overlap=spans) | Q(validity=Validity.MUNICIPALITY, places__overlap=parts)
    elif place.area is not None:
        held |= Q(validity=Validity.AREA, places__overlap=Area.objects.filter(pk=place.area).order_by().values("pk"))
    if place.region is not None:
        held |= Q(validity=Validity.REGION, places__overlap=Region.objects.filter(pk=place.region).order_by().values("pk"))
    return held
