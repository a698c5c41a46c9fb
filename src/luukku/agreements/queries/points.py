"""Whether a region's network has an agreement: drafted, and in force."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luukku.agreements.models import Agreement
from luukku.core.watching import NetworkPoint


def _drafted(regions: Sequence[int], day: date) -> Mapping[int, bool]:
    found = Agreement.objects.filter(region__in=regions, ended_at=None, given_up_at=None).exclude(last_day__lt=day)
    there = set(found.values_list("region", flat=True))
    return {region: region in there for region in regions}


def _in_force(regions: Sequence[int], day: date) -> Mapping[int, bool]:
    there = set(Agreement.objects.in_force(day).filter(region__in=regions).values_list("region", flat=True))
    return {region: region in there for region in regions}


def _index(code: str) -> str:
    return reverse("agreements:agreements")


POINTS: Final = {
    "agreements.drafted": NetworkPoint(
        30, 1, _("Agreement"), _("The network has no agreement, not even a draft"), _("Draft the agreement together"), _drafted, _index,
        guide=True, begin=lambda code: f"{reverse('agreements:agreement_new')}?region={code}",
    ),
    "agreements.in_force": NetworkPoint(
        65, 2, _("Agreement in force"), _("No signed agreement is in force"), _("See to the signatures, or renew the agreement"), _in_force, _index,
    ),
}  # fmt: skip
