"""Statements in figures: the page and its table."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luukku.core.months import ended_months
from luukku.core.suppression import is_small, told, told_apart
from luukku.core.ui.forms import actor_of, chosen, staff_only
from luukku.core.ui.tables import table_file
from luukku.network.access.figures import figure_regions
from luukku.network.models import Region
from luukku.statements.queries.figures import FigureRow, statement_figures


def _rows(request: HttpRequest) -> tuple[Region, list[Region], list[FigureRow]]:
    actor = actor_of(request)
    regions = figure_regions(actor)
    region = chosen(request, "region", regions)
    return region, regions, statement_figures(actor, region.pk, ended_months(12))


@require_safe
@staff_only
def show(request: HttpRequest) -> HttpResponse:
    region, regions, rows = _rows(request)
    return render(
        request, "statements/staff/figures.html", {"region": region, "regions": regions, "rows": rows, "asked": sum(row.asked for row in rows)}
    )


@require_safe
@staff_only
def table(request: HttpRequest) -> HttpResponse:
    region, _regions, rows = _rows(request)
    heads = [_("Statement form"), _("Organisation"), _("Asked for"), _("Given"), _("Declined"), _("Late"), _("Median, days")]
    cells = [[str(row.form), str(row.organisation or _("Outside the network")), *_told(row)] for row in rows]
    return table_file(request, f"lausunnot-{region.code}-{timezone.localdate().isoformat()}", heads, cells)


def _told(row: FigureRow) -> list[str]:
    """Counts without small ones, nor such as would give a small one away; the median only of five that are told."""
    if is_small(row.asked):
        return [".."] * 4 + [""]
    given, declined = told_apart(row.asked, row.given, row.declined)
    counts = (row.asked, given, declined, told(row.late, row.asked))
    return [
        *(".." if each is None else str(each) for each in counts),
        number_format(row.median_days, 1) if row.median_days is not None and given else "",
    ]
