"""Staff screens of regions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luukku.core.registries import region_panels, shown_panels
from luukku.core.ui.forms import acted, actor_of, attempt, do_now, form_page, saved, staff_only
from luukku.network import access
from luukku.network.access.firsts import can_name_first, waiting_for_first
from luukku.network.access.places import get_past_region
from luukku.network.actions.regions import RegionDetails, confirm_municipalities, edit_region, open_door
from luukku.network.models import Region
from luukku.network.queries.history import region_history
from luukku.network.queries.labels import WEEKDAYS
from luukku.network.queries.plans import place_plans, plans_to_come
from luukku.network.queries.regions import ended_regions, municipality_spells, region_page, regions_by_area
from luukku.network.web.forms import initial_of
from luukku.network.web.region_forms import MunicipalitiesForm, RegionForm


def address(region: Region) -> str:
    """The page of the region."""
    return reverse("network:region", args=[region.code])


@require_GET
@staff_only
def regions(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    keeper = access.can_edit_network(actor)
    context = {"areas": regions_by_area(actor), "can_edit": keeper, "is_inside": access.is_inside(actor), "ended": ended_regions() if keeper else []}
    return render(request, "network/regions.html", context)


@require_GET
@staff_only
def region(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    found = access.get_region(actor, code)
    page = region_page(found)
    editable = access.can_edit_region(actor, found.pk)
    context = {
        "page": page,
        "region": found,
        "week": [(name, ", ".join(map(str, day))) for name, day in zip(WEEKDAYS, page.week, strict=True)],
        "plans": plans_to_come(region=found),
        "place_plans": place_plans(found),
        "can_edit": editable,
        "can_move": editable or access.can_edit_network(actor),
        "is_keeper": access.can_edit_network(actor),
        "waiting": waiting_for_first(found).count() if can_name_first(actor, found) else 0,
        "panels": shown_panels(region_panels, actor, found),
    }
    return render(request, "network/region.html", context)


@staff_only
def edit(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    found = access.get_region(actor, code)
    access.require(access.can_edit_region(actor, found.pk))
    form = RegionForm(request.POST or None, initial=initial_of(found, RegionDetails))
    if attempt(form, lambda: edit_region(by=actor, region=found, details=form.details())):
        return saved(request, _("The changes are saved. Promises already given keep their date."), address(found))
    return form_page(request, form, title=_("Edit %(name)s") % {"name": found.name}, button=_("Save"), back=address(found))


@staff_only
def municipalities(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    found = access.get_region(actor, code)
    access.require(access.can_edit_region(actor, found.pk) or access.can_edit_network(actor))
    chosen = [spell.municipality_id for spell in municipality_spells(found)]
    form = MunicipalitiesForm(request.POST or None, region=found, initial={"municipalities": chosen})
    if acted(form, lambda: confirm_municipalities(by=actor, region=found, municipalities=list(form.cleaned_data["municipalities"]))):
        return saved(request, _("The region's municipalities are confirmed."), address(found))
    intro = _("Choose all municipalities that the region covers. Saving confirms them; needs from them come to this region's door.")
    title = _("Municipalities of %(name)s") % {"name": found.name}
    button, template = _("Confirm the municipalities"), "network/municipalities.html"
    return form_page(request, form, title=title, button=button, back=address(found), intro=intro, template=template)


@require_GET
@staff_only
def history(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    found = get_past_region(actor, code)
    access.require(access.can_edit_region(actor, found.pk) or access.can_edit_network(actor))
    back = address(found) if found.valid_until is None else reverse("network:regions")
    return render(request, "network/history.html", {"title": found.name, "back": back, "changes": region_history(found)})


@require_POST
@staff_only
def door(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    found, is_open = access.get_region(actor, code), request.POST.get("open") == "1"
    done = _("The region's door is open: needs are taken in.") if is_open else _("The region's door is closed.")
    return do_now(request, lambda: open_door(by=actor, region=found, is_open=is_open), done=done, to=address(found))
