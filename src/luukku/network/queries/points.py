"""What a region's network has of its own ground: parties, people, a coordinator, a door."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luukku.core.watching import NetworkPoint
from luukku.network.enums import Role
from luukku.network.models import Desk, Participation, Region, Representation, Seat

PARTIES = 3  # municipality or development company, employment office, state office


def _parties(regions: Sequence[int], day: date) -> Mapping[int, bool]:
    rows = Participation.objects.on(day).filter(region__in=regions, organisation__deactivated_at=None).values("region")
    found = dict(rows.annotate(n=Count("organisation", distinct=True)).order_by().values_list("region", "n"))
    return {region: found.get(region, 0) >= PARTIES for region in regions}


def _people(regions: Sequence[int], day: date) -> Mapping[int, bool]:
    """Whether each party has somebody, or another that acts for it."""
    parts = Participation.objects.on(day).filter(region__in=regions, organisation__deactivated_at=None)
    seats = Seat.objects.on(day).filter(person__deactivated_at=None, organisation__participations__in=parts)
    served = {*seats.values_list("organisation", flat=True), *Representation.objects.on(day).values_list("represented", flat=True)}
    all_of, with_people = Counter[int](), Counter[int]()
    for region, organisation in parts.order_by().values_list("region", "organisation").distinct():
        all_of[region] += 1
        with_people[region] += organisation in served
    return {region: bool(all_of[region]) and all_of[region] == with_people[region] for region in regions}


def _coordinator(regions: Sequence[int], day: date) -> Mapping[int, bool]:
    seats = Seat.objects.on(day).filter(role=Role.COORDINATOR, region__in=regions, person__deactivated_at=None)
    found = set(seats.values_list("region", flat=True))
    return {region: region in found for region in regions}


def _door(regions: Sequence[int], day: date) -> Mapping[int, bool]:
    live = set(Region.objects.filter(pk__in=regions, is_live=True).values_list("pk", flat=True))
    front = set(Desk.objects.filter(region__in=regions, is_front=True, deactivated_at=None).values_list("region", flat=True))
    return {region: region in live and region in front for region in regions}


def _region(code: str) -> str:
    return reverse("network:region", args=[code])


POINTS: Final = {
    "network.parties": NetworkPoint(
        10, 1, _("Organisations"), _("There are fewer than three parties: a municipality, the employment area and the state's office are a start"),
        _("Add the organisations that take part"), _parties, _region, guide=True,
        begin=lambda code: reverse("network:parties", args=[code]),
    ),
    "network.people": NetworkPoint(
        20, 1, _("People"), _("Some party has nobody in the network yet"),
        _("Name the first person of each"), _people, _region, guide=True, begin=lambda code: reverse("network:first-people", args=[code]),
    ),
    "network.coordinator": NetworkPoint(
        25, 1, _("Coordinator"), _("The coordinator's seat is empty"), _("Name a coordinator"), _coordinator,
        lambda code: reverse("network:new-person-in-region", args=[code]), guide=True,
    ),
    "network.door": NetworkPoint(
        60, 2, _("The door"), _("Customers cannot come in yet: the region's page or its front desk is not open"), _("Open the door"), _door,
        lambda code: reverse("network:region-door", args=[code]),
    ),
}  # fmt: skip
