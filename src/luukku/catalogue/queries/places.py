"""The parts of the country where a card holds: their names, and those that an editor may choose."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from luukku.catalogue.enums import Validity
from luukku.catalogue.models import Service, ServiceProvider
from luukku.core.finnish import FinnishKey
from luukku.core.remembered import Remembered
from luukku.core.translated import best
from luukku.network.models import Area, Municipality, Participation, Region

KINDS: Mapping[str, type[Any]] = {Validity.AREA: Area, Validity.REGION: Region, Validity.MUNICIPALITY: Municipality}
_names: Remembered[dict[int, str]] = Remembered(60)


def names_of_places(card: Any) -> list[str]:
    """Of a card or of a version of one, in the order of the alphabet; none for the whole country. One statement, then none for a minute."""
    if card.validity not in KINDS:
        return []
    names = _names.get((get_language(), card.validity), lambda: _all_names(card.validity))
    return [name for key, name in names.items() if key in card.places]


def _all_names(kind: str) -> dict[int, str]:
    return {row.pk: str(row.name) for row in KINDS[kind]._default_manager.order_by(FinnishKey(best("name")), "pk")}


def reach(organisations: Collection[int]) -> dict[str, QuerySet[Any]]:
    """The areas, regions and municipalities of today where the organisations take part, and the regions that they serve from elsewhere."""
    parts = Participation.objects.filter(organisation__in=organisations, valid_until=None).order_by().values("region")
    reached = ServiceProvider.objects.filter(organisation__in=organisations, from_elsewhere=True).order_by().values("region")
    regions = Region.objects.filter(Q(pk__in=parts) | Q(pk__in=reached))
    here = {"region_spells__region__in": regions.order_by().values("pk"), "region_spells__valid_until": None}
    return {
        Validity.AREA: _by_name(Area.objects.filter(**here)),
        Validity.REGION: _by_name(regions),
        Validity.MUNICIPALITY: _by_name(Municipality.objects.filter(**here, valid_until=None)),
    }


def reach_of(service: Service) -> dict[str, QuerySet[Any]]:
    """Where the card may be said to hold: where its owner takes part. A common card is of areas or regions, whichever."""
    if service.owner_id is not None:
        return reach([service.owner_id])
    today = timezone.localdate()
    return {Validity.AREA: _by_name(Area.objects.on(today)), Validity.REGION: _by_name(Region.objects.on(today))}


def _by_name(found: QuerySet[Any]) -> QuerySet[Any]:
    every: QuerySet[Any] = found.model._default_manager.filter(pk__in=found.order_by().values("pk"))
    return every.order_by(FinnishKey(best("name")), "pk")
