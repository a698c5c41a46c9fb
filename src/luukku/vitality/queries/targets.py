"""What is meant to be reached in a year by selling the region, and what has been: an organisation's own whole, the region's in figures that tell
of nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.months import Months
from luukku.network.access.figures import require_figures
from luukku.network.models import Organisation, Region
from luukku.vitality.access import selling_organisations, visible_prospects
from luukku.vitality.models import SellingTarget


@dataclass(frozen=True)
class Reached:
    """Of one organisation, region and year. `companies` and `jobs` came in it; `expected` are the jobs of those that are open, by how likely
    each is; targets None when there is none."""

    organisation: Organisation
    region: Region
    target_companies: int | None
    target_jobs: int | None
    companies: int
    jobs: int
    open: int
    expected: int


def reached(actor: Actor, year: int) -> list[Reached]:
    """Of the actor's own organisations, those with prospects or a target. Four statements."""
    own = {each.pk: each for each in selling_organisations(actor)}
    came = Q(stage="won", came_on__year=year)
    rows = visible_prospects(actor).filter(Q(ended_at=None) | came, organisation__in=own).order_by().values("organisation", "region")
    told = {
        (each["organisation"], each["region"]): each
        for each in rows.annotate(
            companies=Count("id", filter=came), came=Sum("jobs_came", filter=came), open=Count("id", filter=Q(ended_at=None)),
            expected=Sum(F("jobs") * F("likely"), filter=Q(ended_at=None)),
        )
    }  # fmt: skip
    aims = {(each.organisation_id, each.region_id): each for each in SellingTarget.objects.filter(organisation__in=own, year=year)}
    regions = Region.objects.in_bulk({region for _organisation, region in {*told, *aims}})
    found = []
    for key in sorted({*told, *aims}):
        aim = aims.get(key)
        row: Mapping[str, Any] = told.get(key, {})
        found.append(
            Reached(
                own[key[0]], regions[key[1]], aim.companies if aim else None, aim.jobs if aim else None, row.get("companies") or 0,
                row.get("came") or 0, row.get("open") or 0, round((row.get("expected") or 0) / 100),
            )
        )  # fmt: skip
    return found


@dataclass(frozen=True)
class Figures:
    """A region's, of whole months that have ended and groups of at least five; None where there are fewer. `lost` came to nothing."""

    year: int
    target_companies: int
    target_jobs: int
    won: int | None
    jobs: int | None
    lost: int | None


def selling_figures(actor: Actor, region: Region, months: Months) -> Figures:
    """Two statements. Raises NotAllowed for those who may not see the region's figures."""
    require_figures(actor, region.pk)
    with connection.cursor() as cursor:
        cursor.execute("select stage, prospects, jobs from wall.vitality_selling_figures(%s, %s, %s)", [region.pk, months.first, months.until])
        told = {stage: (prospects, jobs) for stage, prospects, jobs in cursor.fetchall()}
    year = timezone.localdate().year
    aim = SellingTarget.objects.filter(region=region, year=year).aggregate(companies=Sum("companies"), jobs=Sum("jobs"))
    won, lost = told.get("won", (None, None)), told.get("lost", (None, None))
    return Figures(year, aim["companies"] or 0, aim["jobs"] or 0, won[0], won[1], lost[0])
