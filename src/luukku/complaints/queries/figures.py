"""Complaints in figures, by organisation and cause of a region: numbers only, through a window."""

from dataclasses import dataclass

from django.db import connection

from luukku.complaints.queries.rules import cause_words
from luukku.core.actor import Actor
from luukku.core.months import Months
from luukku.core.translated import LocalText
from luukku.network.access.figures import require_figures
from luukku.network.models import Organisation, Region


@dataclass(frozen=True)
class FigureRow:
    """Made in whole months that have ended; of other organisations than the reader's, fewer than five stand in no figure.

    `in_time`: of those answered, by the first limit. `corrected`: that led to a correction.
    """

    organisation: LocalText
    cause: str
    made: int
    answered: int
    in_time: int
    corrected: int


def complaint_figures(actor: Actor, region: Region, months: Months) -> list[FigureRow]:
    """Four statements. Raises NotAllowed for those who may not see the region's figures."""
    require_figures(actor, region.pk)
    with connection.cursor() as cursor:
        cursor.execute(
            "select organisation_id, cause, made, answered, in_time, corrected from wall.complaints_figures(%s, %s, %s)",
            [region.pk, months.first, months.until],
        )
        rows = cursor.fetchall()
    names = {each.pk: each.name for each in Organisation.objects.filter(pk__in={row[0] for row in rows})}
    words = cause_words(region)
    found = [FigureRow(names[organisation], words.get(cause, cause), *numbers) for organisation, cause, *numbers in rows]
    return sorted(found, key=lambda row: (str(row.organisation), -row.made, row.cause))
