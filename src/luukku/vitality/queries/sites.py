"""Plots and premises for screens."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.finnish import FinnishKey
from luukku.core.paging import Cursor, Page, paged
from luukku.network.access import visible_regions
from luukku.network.models import Municipality, Region
from luukku.vitality.access import SITE_RELATED, can_change_site, get_site, visible_offers, visible_sites
from luukku.vitality.enums import SiteKind
from luukku.vitality.models import Offer, Site

SIZE = 50


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to: a region's code, a kind, the fewest square metres; `free`: neither reserved nor handed over."""

    region: str = ""
    kind: str = ""
    area: int | None = None
    free: bool = False

    @property
    def are_set(self) -> bool:
        return bool(self.region or self.kind or self.area or self.free)


@dataclass(frozen=True)
class Listed:
    page: Page[Site]
    regions: list[Region]


def narrowed(actor: Actor, wanted: Wanted) -> "QuerySet[Site]":
    found = visible_sites(actor).filter(withdrawn_at=None)
    if wanted.region:
        found = found.filter(region__code=wanted.region)
    if wanted.kind in SiteKind.values:
        found = found.filter(kind=wanted.kind)
    if wanted.area:
        found = found.filter(area__gte=wanted.area)
    if wanted.free:
        found = found.filter(Q(reserved_until=None) | Q(reserved_until__lt=timezone.localdate()), handed_on=None)
    return found.select_related(*SITE_RELATED)


def listed(actor: Actor, wanted: Wanted, cursor: Cursor, *, size: int = SIZE) -> Listed:
    """Two statements, three past the first page: the smallest first."""
    regions = list(visible_regions(actor).filter(is_live=True).order_by("code"))
    return Listed(paged(narrowed(actor, wanted), "area", cursor, size), regions)


@dataclass(frozen=True)
class SitePage:
    """`offers`: those that the reader may know of, with their prospects where she reads them."""

    site: Site
    offers: list[Offer]
    can_change: bool


def site_page(actor: Actor, pk: int) -> SitePage:
    """Two statements. Raises NotFound."""
    site = get_site(actor, pk)
    offers = list(visible_offers(actor).filter(site=site).exclude(state="released").select_related("person").order_by("id"))
    return SitePage(site, offers, can_change_site(actor, site))


def municipalities_of(region_id: int) -> list[Municipality]:
    """Of the region today, by name. One statement."""
    found = Municipality.objects.filter(region_spells__region=region_id, region_spells__valid_until=None)
    return list(found.order_by(FinnishKey("name_fi"), "id"))
