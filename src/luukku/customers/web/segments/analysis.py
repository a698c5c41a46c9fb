"""The segment analysis of a region for those who see its figures, and the same table for a spreadsheet."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luukku.core.months import ended_months, month_after
from luukku.core.ui.forms import actor_of, chosen, staff_only
from luukku.core.ui.tables import table_file
from luukku.customers.queries.segments.analysis import Analysis, analyse, columns_to_choose
from luukku.network.access.figures import figure_regions
from luukku.network.models import Region

MONTHS = 24


def _months() -> list[date]:
    """First days of whole months, the last ended one first."""
    return list(reversed(ended_months(MONTHS).starts))


def _asked(request: HttpRequest) -> tuple[Region, str, date]:
    """Region, column and month of the address; unknown ones count as not given."""
    region = chosen(request, "region", figure_regions(actor_of(request)))
    by, codes = request.GET.get("by", ""), [code for code, _label in columns_to_choose()]
    month = next((each for each in _months() if f"{each:%Y-%m}" == request.GET.get("month")), _months()[0])
    return region, by if by in codes else codes[0], month


def _table(request: HttpRequest, region: Region, by: str, month: date) -> Analysis:
    """As of the last day of the month: figures of shorter periods could tell of one company."""
    day = date.fromordinal(month_after(month, 1).toordinal() - 1)
    return analyse(actor_of(request), region, by, day)


@require_safe
@staff_only
def analysis(request: HttpRequest) -> HttpResponse:
    region, by, month = _asked(request)
    context = {
        "regions": figure_regions(actor_of(request)), "region": region, "by": by, "columns": columns_to_choose(),
        "months": [(f"{each:%Y-%m}", f"{each.month}/{each.year}") for each in _months()], "month": f"{month:%Y-%m}",
        "table": _table(request, region, by, month),
    }  # fmt: skip
    return render(request, "customers/segments/analysis.html", context)


@require_safe
@staff_only
def analysis_table(request: HttpRequest) -> HttpResponse:
    region, by, month = _asked(request)
    table = _table(request, region, by, month)
    hidden = _("hidden")
    rows = [[row.name, *(hidden if cell is None else str(cell) for cell in row.cells), str(row.total)] for row in table.rows]
    totals = [[_("All"), *map(str, table.column_totals), str(table.total)]] if table.rows else []
    name = f"segmentit-{region.code}-{by}-{month:%Y-%m}-{timezone.localdate().isoformat()}"
    return table_file(request, name, [_("Segment"), *table.columns, _("All")], [*rows, *totals])
