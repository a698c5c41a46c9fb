"""Regions for screens: the list by area, and one region with its parties, municipalities and hours."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from luukku.core.actor import Actor
from luukku.core.finnish import FinnishKey
from luukku.core.remembered import Remembered
from luukku.core.worktime import Hours, WorkCalendar
from luukku.network import access
from luukku.network.models import Area, ClosingDay, Desk, Municipality, Participation, PastName, Region, RegionArea, RegionMunicipality, Seat
from luukku.network.queries.calendars import region_calendar
from luukku.network.queries.organisations import by_name, desks_with_hours
from luukku.network.queries.representing import representing_along
from luukku.network.queries.rotas import RotaPage, rotas_of


@dataclass(frozen=True, slots=True)
class AreaRegions:
    """An area of today and its regions."""

    area: Area
    regions: Sequence[Region]


def regions_by_area(actor: Actor) -> list[AreaRegions]:
    """Today's areas with their regions; each region knows how many municipalities and parties it has. Two statements."""
    today = timezone.localdate()
    counted = access.visible_regions(actor).annotate(
        municipalities=Count("municipality_spells", filter=Q(municipality_spells__valid_until=None), distinct=True),
        assumed=Count("municipality_spells", filter=Q(municipality_spells__valid_until=None, municipality_spells__assumed=True), distinct=True),
        parties=Count("participations", filter=Q(participations__valid_until=None), distinct=True),
    )
    regions = {region.pk: region for region in counted.order_by(by_name())}
    areas: dict[int, tuple[Area, list[Region]]] = {}
    for spell in RegionArea.objects.on(today).select_related("area").order_by("area__code"):
        if spell.region_id in regions:
            areas.setdefault(spell.area_id, (spell.area, []))[1].append(regions[spell.region_id])
    place = {pk: at for at, pk in enumerate(regions)}
    return [AreaRegions(area, sorted(found, key=lambda region: place[region.pk])) for area, found in areas.values()]


def ended_regions() -> list[Region]:
    """Regions of the past, the last ended first. One statement."""
    return list(Region.objects.filter(valid_until__lt=timezone.localdate()).order_by("-valid_until", by_name()))


@dataclass(frozen=True, slots=True)
class RegionPage:
    """All that the staff's page of one region shows."""

    region: Region
    areas: Sequence[RegionArea]
    municipalities: Sequence[RegionMunicipality]
    parties: Sequence[Participation]
    desks: Sequence[Desk]
    seats: Sequence[Seat]
    closing_days: Sequence[ClosingDay]
    calendar: WorkCalendar
    past_names: Sequence[PastName]
    rotas: Sequence[RotaPage]

    @property
    def has_assumed(self) -> bool:
        """Whether a municipality is only proposed."""
        return any(spell.assumed for spell in self.municipalities)

    @property
    def week(self) -> tuple[Hours, ...]:
        """Opening hours from Monday to Sunday."""
        return self.calendar.week


def region_page(region: Region) -> RegionPage:
    """Fourteen statements, whatever the number of parties."""
    seats = region.seats.on(timezone.localdate()).filter(organisation=None, person__deactivated_at=None).select_related("person")
    return RegionPage(
        region=region,
        areas=list(RegionArea.objects.filter(region=region).select_related("area").order_by("-valid_from")),
        municipalities=list(municipality_spells(region)),
        parties=list(
            region.participations.filter(valid_until=None)
            .select_related("organisation", "organisation__type")
            .order_by(by_name("organisation__name"))
            .prefetch_related(*representing_along("organisation__"))
        ),
        desks=list(desks_with_hours(Desk.objects.filter(region=region, deactivated_at=None)).order_by("-is_front", by_name())),
        seats=list(seats.order_by("role", FinnishKey("person__name"))),
        closing_days=list(region.closing_days.filter(day__gte=timezone.localdate())),
        calendar=region_calendar(region.pk),
        past_names=list(region.past_names.all()),
        rotas=rotas_of(region),
    )


def municipality_spells(region: Region) -> "QuerySet[RegionMunicipality]":
    """The region's municipalities of today, by name."""
    return region.municipality_spells.filter(valid_until=None).select_related("municipality").order_by(by_name("municipality__name"))


_municipalities: Remembered[list[Municipality]] = Remembered(60)


def municipalities_of(region: Region) -> list[Municipality]:
    """The region's municipalities of today, by name. One statement, and then none for a minute."""
    key = (region.pk, get_language(), timezone.localdate())
    return _municipalities.get(key, lambda: [spell.municipality for spell in municipality_spells(region)])


def municipalities_elsewhere(region: Region) -> list[Municipality]:
    """Every other municipality of today, by name: somebody from there may turn to this region too. One statement, and then none for a minute."""
    here = {each.pk for each in municipalities_of(region)}
    everywhere = _municipalities.get((None, get_language(), timezone.localdate()), lambda: list(municipalities_today()))
    return [each for each in everywhere if each.pk not in here]


def municipalities_today() -> "QuerySet[Municipality]":
    """All municipalities of today by name, for choosing."""
    return Municipality.objects.on(timezone.localdate()).order_by(by_name())
