"""Where places lie, and lay on a day of the past; areas, municipalities and kinds of organisation for their keepers' screens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.finnish import FinnishKey
from luukku.core.remembered import Remembered
from luukku.network.access.places import get_area, get_municipality
from luukku.network.models import (
    Area,
    Municipality,
    MunicipalityArea,
    OrganisationType,
    PastName,
    Premises,
    Region,
    RegionArea,
    RegionMunicipality,
    Seat,
)
from luukku.network.queries.organisations import by_name


def area_of(municipality: Municipality, day: date | None = None) -> Area | None:
    """The area in which the municipality lies today, or lay on a day. One statement."""
    spell = municipality.area_spells.on(day or timezone.localdate()).select_related("area").order_by("-valid_from").first()
    return spell.area if spell else None


def region_on(municipality: Municipality, day: date) -> Region | None:
    """The region to which the municipality belonged on a day. One statement."""
    spell = municipality.region_spells.on(day).select_related("region").order_by("-valid_from").first()
    return spell.region if spell else None


def municipality_today(code: str) -> Municipality | None:
    """The municipality of today with this number; of one that has merged into another, that other. Up to one statement a merger."""
    known = Municipality.objects.filter(code=code) if code else Municipality.objects.none()
    found = known.on(timezone.localdate()).first() or known.order_by("-valid_until").first()
    steps = 0
    while found is not None and found.valid_until is not None and found.valid_until < timezone.localdate() and steps < 10:
        found, steps = found.successor, steps + 1
    return found


@dataclass(frozen=True, slots=True)
class AreaPage:
    """All that the staff's page of one area shows: what lies in it today, whose seats it has, its earlier names."""

    area: Area
    regions: Sequence[RegionArea]
    municipalities: Sequence[MunicipalityArea]
    seats: Sequence[Seat]
    past_names: Sequence[PastName]


@dataclass(frozen=True, slots=True)
class MunicipalityPage:
    """All that the staff's page of one municipality shows."""

    municipality: Municipality
    areas: Sequence[MunicipalityArea]
    regions: Sequence[RegionMunicipality]
    predecessors: Sequence[Municipality]
    past_names: Sequence[PastName]


@dataclass(frozen=True, slots=True)
class MunicipalityFilter:
    """What the list of municipalities is narrowed to; `area` is a code, empty for all."""

    words: str = ""
    area: str = ""
    ended: bool = False
    without_region: bool = False


def area_list() -> "list[Area]":
    """Every area, those of today first, with how many regions and municipalities lie in it. One statement."""
    today = timezone.localdate()
    counted = Area.objects.annotate(
        region_count=Count("region_spells", filter=Q(region_spells__valid_until=None), distinct=True),
        municipality_count=Count("municipality_spells", filter=Q(municipality_spells__valid_until=None), distinct=True),
        contact_count=Count("seats", filter=Q(seats__valid_until=None, seats__person__deactivated_at=None), distinct=True),
    )
    found = list(counted.order_by(by_name(), "pk"))
    return sorted(found, key=lambda area: area.valid_until is not None and area.valid_until < today)


def area_page(actor: Actor, code: str) -> AreaPage:
    """Five statements. Raises NotFound."""
    area = get_area(actor, code)
    last = area.valid_until or timezone.localdate()  # of one that has ended, what lay in it last
    return AreaPage(
        area=area,
        regions=list(area.region_spells.on(last).select_related("region").order_by(by_name("region__name"))),
        municipalities=list(area.municipality_spells.on(last).select_related("municipality").order_by(by_name("municipality__name"))),
        seats=list(
            area.seats.filter(valid_until=None, person__deactivated_at=None).select_related("person").order_by("role", FinnishKey("person__name"))
        ),
        past_names=list(area.past_names.all()),
    )


def municipality_list(wanted: MunicipalityFilter) -> "QuerySet[Municipality]":
    """Municipalities by name, with their area and region of today. Three statements a page."""
    found = Municipality.objects.filter(valid_until__isnull=not wanted.ended)
    if wanted.area:
        found = found.in_areas(Area.objects.filter(code=wanted.area), timezone.localdate())
    if wanted.without_region:
        found = found.exclude(pk__in=RegionMunicipality.objects.filter(valid_until=None).values("municipality"))
    for word in wanted.words.split():
        named = Q(name_fi__icontains=word) | Q(name_sv__icontains=word) | Q(name_en__icontains=word) | Q(code=word)
        found = found.filter(named | Q(pk__in=PastName.objects.filter(name_fi__icontains=word).values("municipality")))
    areas: Prefetch[str] = Prefetch("area_spells", MunicipalityArea.objects.filter(valid_until=None).select_related("area"), to_attr="areas_today")
    regions: Prefetch[str] = Prefetch(
        "region_spells", RegionMunicipality.objects.filter(valid_until=None).select_related("region"), to_attr="regions_today"
    )
    return found.select_related("successor").order_by(by_name(), "pk").prefetch_related(areas, regions)


def municipality_page(actor: Actor, pk: int) -> MunicipalityPage:
    """Five statements. Raises NotFound."""
    found = get_municipality(actor, pk)
    return MunicipalityPage(
        municipality=found,
        areas=list(found.area_spells.select_related("area").order_by("-valid_from")),
        regions=list(found.region_spells.select_related("region").order_by("-valid_from")),
        predecessors=list(found.predecessors.order_by("-valid_until", by_name())),
        past_names=list(found.past_names.all()),
    )


def organisation_type_list() -> "list[OrganisationType]":
    """Every kind with how many active organisations are of it, those in use first, in their order. One statement."""
    counted = OrganisationType.objects.annotate(used=Count("organisations", filter=Q(organisations__deactivated_at=None)))
    return sorted(counted.order_by("order", "code"), key=lambda kind: kind.deactivated_at is not None)


def areas_today() -> "QuerySet[Area]":
    """Areas of today by name, for choosing."""
    return Area.objects.on(timezone.localdate()).filter(valid_until=None).order_by(by_name())


_premises: Remembered[frozenset[int]] = Remembered(60)


def organisations_in(municipality_id: int) -> frozenset[int]:
    """Organisations with premises in the municipality. One statement, then none for a minute."""
    found = Premises.objects.filter(municipality=municipality_id, deactivated_at=None)
    return _premises.get(municipality_id, lambda: frozenset(found.values_list("organisation_id", flat=True)))
