"""Leads of a region by where they came from, in whole months: numbers only, through a window."""

from dataclasses import dataclass

from django.db import connection

from luukku.core.actor import Actor
from luukku.core.months import Months
from luukku.network.access.figures import require_figures
from luukku.network.models import Region
from luukku.relations.enums import LeadSource


@dataclass(frozen=True)
class SourceRow:
    """Given in months that have ended; fewer than five of a source and month stand in no figure. `in_time`: answered by the limit."""

    source: str
    given: int
    in_time: int
    declined: int
    became_case: int
    helped: int


def lead_figures(actor: Actor, region: Region, months: Months) -> list[SourceRow]:
    """Two statements. Raises NotAllowed for those who may not see the region's figures."""
    require_figures(actor, region.pk)
    with connection.cursor() as cursor:
        cursor.execute(
            "select source, given, in_time, declined, became_case, helped from wall.relations_lead_figures(%s, %s, %s)",
            [region.pk, months.first, months.until],
        )
        return [SourceRow(str(LeadSource(source).label), *numbers) for source, *numbers in cursor.fetchall()]


@dataclass(frozen=True)
class Placings:
    """Leads that looked for an employer, in months that have ended: how many, and people who got work as claimed and as the giver confirmed."""

    leads: int
    claimed: int
    confirmed: int


def placing_figures(actor: Actor, region: Region, months: Months) -> Placings | None:
    """None where there are fewer than five. Two statements. Raises NotAllowed for those who may not see the region's figures."""
    require_figures(actor, region.pk)
    with connection.cursor() as cursor:
        cursor.execute("select leads, claimed, confirmed from wall.relations_placement_figures(%s, %s, %s)", [region.pk, months.first, months.until])
        row = cursor.fetchone()
    return Placings(*row) if row and row[0] else None
