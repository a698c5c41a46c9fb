"""Who gives a service, region by region, for those who keep it right."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q, QuerySet
from django.utils import timezone

from luukku.catalogue.access import can_choose_primary, can_provide, visible_providers
from luukku.catalogue.models import Service, ServiceProvider
from luukku.core.actor import Actor
from luukku.core.finnish import FinnishKey
from luukku.core.translated import best
from luukku.network.models import Organisation, Participation, Region


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """An organisation that gives the service, and what the reader may do about it."""

    provider: ServiceProvider
    can_edit: bool
    can_choose: bool  # make it primarily responsible


@dataclass(frozen=True, slots=True)
class RegionProviders:
    """The providers of one region, the primarily responsible one first."""

    region: Region
    rows: Sequence[ProviderRow]


def own_regions(actor: Actor) -> "QuerySet[Region]":
    """Regions where the actor has a seat, or where her organisations take part."""
    organisations = [seat.organisation_id for seat in actor.seats if seat.organisation_id]
    parts = Participation.objects.filter(organisation__in=organisations, valid_until=None).values("region_id")
    return Region.objects.filter(Q(pk__in=parts) | Q(pk__in=[seat.region_id for seat in actor.seats if seat.region_id]))


def providers_by_region(actor: Actor, service: Service, *, everywhere: bool) -> list[RegionProviders]:
    """In the actor's own regions or everywhere, also those that customers no longer see. One statement."""
    found = visible_providers(actor).filter(service=service).select_related("organisation__type", "region", "person")
    if not everywhere:
        found = found.filter(region__in=own_regions(actor))
    ordered = found.order_by(FinnishKey(best("region__name")), "region_id", "-is_primary", FinnishKey(best("organisation__name")), "pk")
    return [RegionProviders(region, [_row(actor, each) for each in rows]) for region, rows in groupby(ordered, key=lambda each: each.region)]


def regions_to_reach(service: Service, organisation: Organisation) -> "QuerySet[Region]":
    """Today's regions of which the organisation is no party and where it does not give the service yet, by name."""
    parts = Participation.objects.filter(organisation=organisation, valid_until=None).values("region_id")
    given = ServiceProvider.objects.filter(service=service, organisation=organisation).values("region_id")
    return Region.objects.on(timezone.localdate()).exclude(pk__in=parts).exclude(pk__in=given).order_by(FinnishKey(best("name")), "pk")


def _row(actor: Actor, provider: ServiceProvider) -> ProviderRow:
    choose = can_choose_primary(actor, provider.region_id) and (provider.takes_part or provider.from_elsewhere) and not provider.is_primary
    return ProviderRow(provider, can_provide(actor, provider.organisation_id, provider.region_id), choose)
