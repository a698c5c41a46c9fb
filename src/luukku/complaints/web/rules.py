"""Who answers for complaints and by which causes: for the coordinator and heads of organisations. And complaints in figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luukku.complaints.access import can_rule, organisations_ruled, regions_ruled, rules_somewhere
from luukku.complaints.actions.ruling import end_rule, name_cause, set_rule
from luukku.complaints.enums import Cause
from luukku.complaints.models import ComplaintCause, ComplaintRule
from luukku.complaints.models.rules import DEFAULT_DAYS
from luukku.complaints.queries.figures import FigureRow, complaint_figures
from luukku.complaints.queries.rules import cause_words
from luukku.complaints.web.forms import CauseForm, RuleForm
from luukku.core.errors import NotFound
from luukku.core.months import ended_months
from luukku.core.suppression import is_small, told
from luukku.core.ui.forms import actor_of, attempt, chosen, do_now, form_page, saved, staff_only
from luukku.core.ui.tables import table_file
from luukku.network.access import regions_to_edit, require
from luukku.network.access.figures import figure_regions
from luukku.network.models import Region


def _causes_region(request: HttpRequest) -> Region:
    region = chosen(request, "region", list(regions_to_edit(actor_of(request)).order_by("code")))
    require(can_rule(actor_of(request), region.pk))
    return region


@staff_only
def rules(request: HttpRequest) -> HttpResponse:
    """The rules there are, and the form that sets one: the coordinator's for all, the head of an organisation's for her own."""
    actor = actor_of(request)
    require(rules_somewhere(actor))
    regions = regions_ruled(actor)
    region = chosen(request, "region", regions)
    all_of_it = can_rule(actor, region.pk)
    form = RuleForm(request.POST or None, region=region, own=None if all_of_it else organisations_ruled(actor))
    if attempt(form, lambda: set_rule(by=actor, region=region, **form.cleaned_data)) is not None:
        return saved(request, _("The rule is in use."), _rules_url(region))
    own = {each.code: each for each in ComplaintCause.objects.filter(region=region)}
    words = cause_words(region)
    found = ComplaintRule.objects.filter(region=region).select_related("owner", "organisation").order_by("organisation_id", "cause", "id")
    context = {
        "region": region, "regions": regions, "form": form, "default_days": DEFAULT_DAYS, "all_of_it": all_of_it,
        "rules": [(each, words.get(each.cause, each.cause), can_rule(actor, region.pk, each.organisation_id)) for each in found],
        "causes": [(code, said, own[code].is_hidden if code in own else False) for code, said in words.items()],
    }  # fmt: skip
    return render(request, "complaints/staff/rules.html", context, status=422 if form.errors else 200)


@require_POST
@staff_only
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """A rule is no more."""
    actor = actor_of(request)
    require(rules_somewhere(actor))
    rule = ComplaintRule.objects.select_related("region").filter(pk=pk, region__in=regions_ruled(actor)).first()
    if rule is None:
        raise NotFound
    return do_now(request, lambda: end_rule(by=actor, rule=rule), done=_("The rule is no more."), to=_rules_url(rule.region))


@staff_only
def cause(request: HttpRequest, code: str = "") -> HttpResponse:
    """A cause in the region's own words, or a new one."""
    actor, region = actor_of(request), _causes_region(request)
    known = ComplaintCause.objects.filter(region=region, code=code).first() if code else None
    if code and known is None and code not in Cause.values:
        raise NotFound
    initial = {name: getattr(known, name) for name in ("name_fi", "name_sv", "name_en", "is_hidden")} if known is not None else {}
    form = CauseForm(request.POST or None, code=code, initial=initial)
    if (
        attempt(form, lambda: name_cause(by=actor, region=region, code=code, names=form.names(), is_hidden=form.cleaned_data.get("is_hidden", False)))
        is not None
    ):
        return saved(request, _("The cause is saved."), _rules_url(region))
    title = cause_words(region).get(code) or _("New cause")
    return form_page(request, form, title=title, button=_("Save"), back=_rules_url(region))


def _rules_url(region: Region) -> str:
    return f"{reverse('complaints:rules')}?region={region.code}"


def _figures(request: HttpRequest) -> tuple[Region, list[Region], list[FigureRow]]:
    actor = actor_of(request)
    regions = figure_regions(actor)
    region = chosen(request, "region", regions)
    return region, regions, complaint_figures(actor, region, ended_months(12))


@require_safe
@staff_only
def figures(request: HttpRequest) -> HttpResponse:
    region, regions, rows = _figures(request)
    return render(request, "complaints/staff/figures.html", {"region": region, "regions": regions, "rows": rows})


@require_safe
@staff_only
def figures_table(request: HttpRequest) -> HttpResponse:
    region, _regions, rows = _figures(request)
    heads = [_("Organisation"), _("Cause"), _("Complaints"), _("Answered"), _("Answered in time"), _("Led to a correction")]
    cells = [[str(row.organisation), row.cause, *_told(row)] for row in rows]
    return table_file(request, f"valitukset-{region.code}-{timezone.localdate().isoformat()}", heads, cells)


def _told(row: FigureRow) -> list[str]:
    """Counts without small ones, nor such as would give a small one away. Who made a complaint could be known by its being the only one."""
    parts = (told(row.answered, row.made), told(row.in_time, row.made, row.answered), told(row.corrected, row.made, row.answered))
    return [".." if is_small(row.made) else str(row.made), *(".." if each is None or is_small(row.made) else str(each) for each in parts)]
