"""The work with companies in figures, for those who see a region's: visits, leads by source, account plans."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from luukku.core.months import ended_months
from luukku.core.ui.forms import actor_of, chosen, staff_only
from luukku.network.access.figures import figure_regions
from luukku.relations.queries.account_plans import plan_figures
from luukku.relations.queries.lead_figures import lead_figures, placing_figures
from luukku.relations.queries.targets import year_of
from luukku.relations.queries.work_done import region_lines
from luukku.relations.web.tabs import tabs


@require_safe
@staff_only
def figures(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    regions = figure_regions(actor)
    region = chosen(request, "region", regions)
    months = ended_months(12)
    context = {
        "region": region, "regions": regions, "rows": lead_figures(actor, region, months), "plans": plan_figures(actor, region),
        "placings": placing_figures(actor, region, months),
        "work": region_lines(actor, region), "year": year_of(region, timezone.localdate().year), "tabs": tabs(actor, "figures"),
    }  # fmt: skip
    return render(request, "relations/plans/figures.html", context)
