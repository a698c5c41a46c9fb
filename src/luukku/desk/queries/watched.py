"""Whether a region's network gets figures: matters that have come. The house counts them; nobody else sees those of others."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luukku.core.watching import NetworkPoint
from luukku.desk.models import Case

QUIET = timedelta(days=92)


def _figures(regions: Sequence[int], day: date) -> Mapping[int, bool]:
    there = set(Case.objects.filter(region__in=regions, contacted_at__date__gte=day - QUIET).order_by().values_list("region", flat=True).distinct())
    return {region: region in there for region in regions}


POINTS: Final = {
    "desk.figures": NetworkPoint(
        85, 4, _("Figures"), _("No figures for three months: no matter has come in"), _("Log contacts, so that the network sees what it does"),
        _figures,
        lambda code: reverse("network:region", args=[code]),
    ),
}  # fmt: skip
