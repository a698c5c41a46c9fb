"""How the promise is kept: late cases for the coordinator, figures for those who steer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from luukku.core.months import ended_months
from luukku.core.ui.forms import actor_of, chosen, staff_only
from luukku.core.ui.tables import table_file
from luukku.desk.queries.causes import causes
from luukku.desk.queries.fairness import fairness
from luukku.desk.queries.not_contacted import not_contacted
from luukku.desk.queries.promise_months import lateness_regions
from luukku.desk.web.staff.figure_parts import MONTHS, board_of, month_rows
from luukku.desk.web.staff.late_lines import late_lines
from luukku.desk.web.staff.outcome_table import outcome_rows
from luukku.desk.web.staff.phrases import WAITS_FOR
from luukku.network.access import can_edit_region
from luukku.network.access.figures import figure_regions

CAUSES_OF = {**{cause.value: words for cause, words in WAITS_FOR.items()}, "": gettext_lazy("In our own hands")}


@require_safe
@staff_only
def lateness(request: HttpRequest) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    regions = lateness_regions(actor)
    region = chosen(request, "region", regions)
    context = {
        "regions": regions,
        "region": region,
        "lines": late_lines(actor, region, now),
        "now": now,
        "can_edit": can_edit_region(actor, region.pk),
    }
    return render(request, "desk/staff/lateness.html", context)


@require_safe
@staff_only
def lateness_table(request: HttpRequest) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    region = chosen(request, "region", lateness_regions(actor))
    heads = [_("Number"), _("Organisation"), _("Desk"), _("What is due"), _("Was due"), _("Hours late"), _("Nobody has contacted the customer")]
    rows = [line.cells for line in late_lines(actor, region, now)]
    return table_file(request, f"myohassa-{region.code}-{timezone.localdate(now).isoformat()}", heads, rows)


@require_safe
@staff_only
def figures(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    regions = figure_regions(actor)
    region = chosen(request, "region", regions)
    late_too = any(each.pk == region.pk for each in lateness_regions(actor))
    why = [(CAUSES_OF[each.cause], each) for each in causes(actor, region.pk, ended_months(MONTHS))]
    context = {
        "regions": regions, "region": region, "board": board_of(actor, region), "late_too": late_too, "why": why,
        "came": outcome_rows(actor, region), "fair": fairness(actor, region),
        "unheard": not_contacted(actor, region.pk, ended_months(MONTHS)),
    }  # fmt: skip
    return render(request, "desk/staff/figures.html", context)


@require_safe
@staff_only
def figures_table(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    region = chosen(request, "region", figure_regions(actor))
    heads = [_("Month"), _("Clock"), _("Organisation"), _("Kept"), _("Of"), _("Share, %")]
    return table_file(request, f"lupaus-{region.code}-{timezone.localdate().isoformat()}", heads, month_rows(board_of(actor, region)))


@require_safe
@staff_only
def fairness_table(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    region = chosen(request, "region", figure_regions(actor))
    heads = [_("Alike by"), _("Group"), _("Kept"), _("Of"), _("Share, %"), _("How it went, 1–4")]
    rows = [
        [str(each.alike_by.label), group.name, str(group.kept.kept), str(group.kept.of), group.percent, group.face_text]
        for each in fairness(actor, region)
        for group in each.groups
    ]
    return table_file(request, f"tasapuolisuus-{region.code}-{timezone.localdate().isoformat()}", heads, rows)


@require_safe
@staff_only
def not_contacted_table(request: HttpRequest) -> HttpResponse:
    """How often customers said that nobody had contacted them."""
    actor = actor_of(request)
    region = chosen(request, "region", figure_regions(actor))
    heads = [_("Month"), _("Organisation"), _("Times")]
    found = not_contacted(actor, region.pk, ended_months(MONTHS))
    rows = [[each.month.strftime("%Y-%m") if each.month else _("Twelve months"), each.organisation, str(each.times)] for each in found]
    return table_file(request, f"kukaan-ei-ole-ottanut-yhteytta-{region.code}-{timezone.localdate().isoformat()}", heads, rows)
