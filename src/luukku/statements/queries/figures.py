"""Statements in figures, by form and organisation of a region: numbers only, through a window."""

from dataclasses import dataclass

from django.db import connection

from luukku.core.actor import Actor
from luukku.core.months import Months
from luukku.core.translated import LocalText
from luukku.network.access.figures import require_figures
from luukku.network.models import Organisation
from luukku.statements.models import FormVersion


@dataclass(frozen=True)
class FigureRow:
    """Asked for in whole months that have ended; of other organisations, fewer than five stand in no figure.

    `late`: given after its day, or not given though it has passed. `median_days`: calendar, from asking to giving.
    """

    form: LocalText
    organisation: LocalText | None  # None: outside the network
    asked: int
    given: int
    declined: int
    late: int
    median_days: float | None


def statement_figures(actor: Actor, region_id: int, months: Months) -> list[FigureRow]:
    """Four statements. Raises NotAllowed for those who may not see the region's figures."""
    require_figures(actor, region_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "select form_id, organisation_id, asked, given, declined, late, median_days from wall.statements_figures(%s, %s, %s)",
            [region_id, months.first, months.until],
        )
        rows = cursor.fetchall()
    versions = FormVersion.objects.filter(form__in={row[0] for row in rows}).order_by("form_id", "-number").distinct("form_id")
    titles = {each.form_id: each.title for each in versions}
    names = {each.pk: each.name for each in Organisation.objects.filter(pk__in={row[1] for row in rows if row[1]})}
    found = [FigureRow(titles[form], names.get(organisation), *numbers) for form, organisation, *numbers in rows]
    return sorted(found, key=lambda row: (str(row.form), row.organisation is None, str(row.organisation or "")))
