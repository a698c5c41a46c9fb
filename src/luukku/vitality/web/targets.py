"""Targets of selling the region against what was reached, one's own whole and the region's in figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luukku.core.keys import key_of
from luukku.core.months import ended_months
from luukku.core.ui.forms import actor_of, attempt, chosen, form_page, saved, staff_only
from luukku.network.access import get_organisation, get_region, require
from luukku.network.access.figures import figure_regions
from luukku.vitality.access import can_set_target, sells
from luukku.vitality.actions.targets import set_target
from luukku.vitality.models import SellingTarget
from luukku.vitality.queries.targets import reached, selling_figures
from luukku.vitality.web.forms import TargetForm
from luukku.vitality.web.shared import desk_of, tabs


@require_safe
@staff_only
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(sells(actor))
    this = timezone.localdate().year
    year = key_of(request.GET.get("vuosi")) or this
    rows = [(each, can_set_target(actor, each.region.pk, each.organisation.pk)) for each in reached(actor, min(year, this + 5))]
    desk, _desks = desk_of(request, actor)
    begins = None if rows or not can_set_target(actor, desk.region_id, desk.organisation_id) else desk
    context = {"rows": rows, "year": year, "years": range(this - 3, this + 2), "tabs": tabs(actor, "targets"), "begins": begins}
    return render(request, "vitality/targets.html", context)


@staff_only
def target(request: HttpRequest, year: int, region: str, organisation: str) -> HttpResponse:
    actor = actor_of(request)
    place, whose = get_region(actor, region), get_organisation(actor, organisation)
    require(can_set_target(actor, place.pk, whose.pk))
    found = SellingTarget.objects.filter(region=place, organisation=whose, year=year).first()
    form = TargetForm(request.POST or None, initial={"companies": found.companies, "jobs": found.jobs} if found else {})
    back = f"{reverse('vitality:targets')}?vuosi={year}"
    if attempt(form, lambda: set_target(by=actor, region=place, organisation=whose, year=year, **form.cleaned_data)) is not None:
        return saved(request, _("The target is set."), back)
    return form_page(request, form, title=_("Target of the year %(year)s") % {"year": year}, button=_("Save"), back=back, intro=str(whose.name))


@require_safe
@staff_only
def figures(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    regions = figure_regions(actor)
    region = chosen(request, "region", regions)
    context = {"region": region, "regions": regions, "told": selling_figures(actor, region, ended_months(12)), "tabs": tabs(actor, "figures")}
    return render(request, "vitality/figures.html", context)
