"""Whether a region's network has a plan for the year."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luukku.core.watching import NetworkPoint
from luukku.plans.enums import PlanState
from luukku.plans.models import Plan
from luukku.plans.queries.overview import ACTION


def _among(regions: Sequence[int], day: date, **which: object) -> Mapping[int, bool]:
    """By its action plan: a plan of its communications or a list of decisions is none."""
    own = Plan.objects.filter(kind__code=ACTION, region__in=regions, organisation=None, person=None, parent=None, last_year__gte=day.year)
    there = set(own.filter(**which).values_list("region", flat=True))
    return {region: region in there for region in regions}


def _begun(regions: Sequence[int], day: date) -> Mapping[int, bool]:
    """Who starts in autumn begins with the plan of the next year."""
    return _among(regions, day)


def _approved(regions: Sequence[int], day: date) -> Mapping[int, bool]:
    return _among(regions, day, year__lte=day.year, state=PlanState.FOLLOWED)


def _of_region(code: str) -> str:
    return f"{reverse('plans:index')}?seutu={code}"


POINTS: Final = {
    "plans.begun": NetworkPoint(
        55, 2, _("First plan"), _("The network has no plan for this year, not even a draft"), _("Begin the plan"), _begun, _of_region,
        guide=True, begin=lambda code: f"{reverse('plans:begin')}?seutu={code}",
    ),
    "plans.approved": NetworkPoint(
        80, 3, _("Approved plan"), _("No approved plan is valid this year"), _("Let the steering group approve the plan"), _approved, _of_region,
    ),
}  # fmt: skip
