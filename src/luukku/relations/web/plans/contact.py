"""The contact plan: whom to meet this year, and how each organisation does against its target."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from luukku.catalogue.enums import Segment
from luukku.core.errors import NotFound, RuleBroken
from luukku.core.keys import key_of
from luukku.core.paging import Cursor
from luukku.core.ui.forms import actor_of, attempt, chosen, form_page, saved, staff_only
from luukku.core.ui.sought import sought
from luukku.customers.models import Company
from luukku.network.access import require
from luukku.network.models import Organisation, Region
from luukku.relations.access import can_set_rules, can_set_target, plan_regions, sees_contact_plan, works_with_companies
from luukku.relations.actions.contact_plans import MOST_VISITS, set_target, set_weeks, take_on_plan
from luukku.relations.models.contact_plans import MOST_WEEKS
from luukku.relations.queries.choices import own_desks
from luukku.relations.queries.contact_plan import KINDS, Wanted, companies_to_meet, places_of
from luukku.relations.queries.contacts import weeks_between
from luukku.relations.queries.targets import year_of
from luukku.relations.web.tabs import tabs


def _home(region: Region, page: str = "relations:contact_plan") -> str:
    return f"{reverse(page)}?region={region.code}"


def _wanted(request: HttpRequest) -> Wanted:
    given = request.GET
    kind = given.get("lista", "")
    return Wanted(
        kind if kind in KINDS else "tapaamatta", key_of(given.get("kunta")), given.get("segmentti", ""),
        " ".join(sought(request, "words").split()).lower()[:40], without_plans="vapaat" in given
    )  # fmt: skip


@require_safe
@staff_only
def companies(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(sees_contact_plan(actor))
    regions = plan_regions(actor)
    region, wanted = chosen(request, "region", regions), _wanted(request)
    cursor = Cursor.parse(request.GET)
    works = works_with_companies(actor)
    context = {
        "page": companies_to_meet(actor, region, wanted, cursor), "region": region, "regions": regions, "wanted": wanted, "kinds": KINDS.items(),
        "kind": KINDS[wanted.kind], "places": places_of(region), "segments": Segment.choices, "weeks": weeks_between(region.pk),
        "filtered": bool(wanted.municipality or wanted.segment or wanted.tag or wanted.without_plans), "tabs": tabs(actor, "contact_plan"),
        "takes": works and any(each.region_id == region.pk for each in own_desks(actor)), "can_set_rules": can_set_rules(actor, region.pk),
    }  # fmt: skip
    return render(request, "relations/plans/companies.html", context)


@require_POST
@staff_only
def take(request: HttpRequest) -> HttpResponse:
    """The ticked companies come on this year's plan."""
    actor = actor_of(request)
    region = chosen(request, "region", plan_regions(actor))
    desk = next((each for each in own_desks(actor) if each.region_id == region.pk), None)
    if desk is None:
        raise NotFound
    keys = [key for key in map(key_of, request.POST.getlist("company")) if key is not None]
    found = list(Company.objects.filter(pk__in=keys).order_by("pk"))
    to = f"{_home(region)}&lista={_wanted(request).kind}"
    try:
        taken, left = take_on_plan(by=actor, desk=desk, companies=found)
    except RuleBroken as broken:
        messages.error(request, str(broken.message))
        return redirect(to)
    told = ngettext("%(n)s company is on your plan now.", "%(n)s companies are on your plan now.", taken) % {"n": taken}
    if left:
        told += " " + ngettext("%(n)s was left out: somebody meets it.", "%(n)s were left out: somebody meets them.", left) % {"n": left}
    return saved(request, told, to)


@require_safe
@staff_only
def targets(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(sees_contact_plan(actor))
    regions = plan_regions(actor)
    region, this = chosen(request, "region", regions), timezone.localdate().year
    year = int(found) if (found := request.GET.get("vuosi", "")).isdigit() and this - 5 <= int(found) <= this + 1 else this
    shown = year_of(region, year)
    settable = {row.organisation.pk for row in shown.rows if abs(year - this) <= 1 and can_set_target(actor, region.pk, row.organisation.pk)}
    context = {
        "shown": shown, "region": region, "regions": regions, "years": range(this - 2, this + 2), "settable": settable,
        "tabs": tabs(actor, "targets"),
    }  # fmt: skip
    return render(request, "relations/plans/targets.html", context)


class TargetForm(forms.Form):
    visits = forms.IntegerField(label=gettext_lazy("Companies to meet in the year"), min_value=0, max_value=MOST_VISITS)


class WeeksForm(forms.Form):
    weeks = forms.IntegerField(label=gettext_lazy("Weeks between two visits"), min_value=1, max_value=MOST_WEEKS)


@staff_only
def target(request: HttpRequest, year: int, organisation: str) -> HttpResponse:
    actor = actor_of(request)
    region = chosen(request, "region", plan_regions(actor))
    whose = Organisation.objects.filter(code=organisation).first()
    if whose is None:
        raise NotFound
    require(can_set_target(actor, region.pk, whose.pk))
    form = TargetForm(request.POST or None)
    back = f"{_home(region, 'relations:targets')}&vuosi={year}"
    if attempt(form, lambda: set_target(by=actor, region=region, organisation=whose, year=year, visits=form.cleaned_data["visits"])) is not None:
        return saved(request, _("The target is saved."), back)
    title = _("Target of %(name)s, %(year)s") % {"name": whose.name, "year": year}
    return form_page(request, form, title=title, button=_("Save"), back=back)


@staff_only
def weeks(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    region = chosen(request, "region", plan_regions(actor))
    require(can_set_rules(actor, region.pk))
    form = WeeksForm(request.POST or None, initial={"weeks": weeks_between(region.pk)})
    if attempt(form, lambda: set_weeks(by=actor, region=region, weeks=form.cleaned_data["weeks"])) is not None:
        return saved(request, _("The changes are saved."), _home(region))
    intro = _("Whoever plans a visit is warned when somebody of the network meets the company nearer than this.")
    return form_page(request, form, title=_("Weeks between two visits"), button=_("Save"), back=_home(region), intro=intro)
