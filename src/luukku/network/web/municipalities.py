"""Staff screens of municipalities: everybody here reads them, the network's keepers change them."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luukku.core.actor import Actor
from luukku.core.submissions import once
from luukku.core.ui.forms import acted, actor_of, attempt, do_now, form_page, saved, staff_only
from luukku.core.ui.times import date_text
from luukku.network import access
from luukku.network.access.places import get_municipality
from luukku.network.actions.municipalities import (
    MunicipalityDetails,
    create_municipality,
    edit_municipality,
    merge_municipality,
    move_municipality,
    reopen_municipality,
)
from luukku.network.actions.planned_municipalities import cancel_plan, plan_merge, plan_move
from luukku.network.models import Municipality
from luukku.network.queries.history import municipality_history
from luukku.network.queries.places import MunicipalityFilter, area_of, areas_today, municipality_list, municipality_page
from luukku.network.queries.plans import plans_to_come
from luukku.network.web.forms import initial_of
from luukku.network.web.keepers import keeper
from luukku.network.web.place_forms import MergeForm, MoveForm, MunicipalityForm, NewMunicipalityForm

PAGE = 50


def address(municipality: Municipality) -> str:
    """The page of the municipality."""
    return reverse("network:municipality", args=[municipality.pk])


def kept(request: HttpRequest, pk: int) -> tuple[Actor, Municipality]:
    """The municipality of an address, for its keepers. Raises NotAllowed, NotFound."""
    actor = keeper(request)
    return actor, get_municipality(actor, pk)


def wanted_municipalities(request: HttpRequest) -> MunicipalityFilter:
    """What the address narrows the list to."""
    asked = request.GET
    show = asked.get("show", "")
    return MunicipalityFilter(asked.get("q", ""), asked.get("area", ""), ended=show == "ended", without_region=show == "without")


@require_GET
@staff_only
def municipalities(request: HttpRequest) -> HttpResponse:
    actor, wanted = actor_of(request), wanted_municipalities(request)
    access.require(access.is_inside(actor))
    page = Paginator(municipality_list(wanted), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "wanted": wanted, "areas": areas_today(), "can_edit": access.can_edit_network(actor), "plans": plans_to_come()}
    return render(request, "network/municipality_list.html", context)


@require_GET
@staff_only
def municipality(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    page = municipality_page(actor, pk)
    plans = plans_to_come(municipality=page.municipality)
    context = {"page": page, "municipality": page.municipality, "can_edit": access.can_edit_network(actor), "plans": plans}
    return render(request, "network/municipality.html", context)


@staff_only
def new(request: HttpRequest) -> HttpResponse:
    actor = keeper(request)
    form = NewMunicipalityForm(request.POST or None, regions=access.visible_regions(actor))
    made = attempt(form, lambda: once(request.POST.get("submit_key"), lambda: _create(actor, form)))
    if made is not None:
        done = _("The municipality is there now. Merge into it those that have ended.")
        return saved(request, done, address(Municipality.objects.get(pk=made)))
    return form_page(request, form, title=_("New municipality"), button=_("Add the municipality"), back=reverse("network:municipalities"))


def _create(actor: Actor, form: NewMunicipalityForm) -> int:
    given = {name: form.cleaned_data[name] for name in ("code", "area", "region", "since")}
    return create_municipality(by=actor, names=form.names(), details=form.details(), **given).pk


@staff_only
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = kept(request, pk)
    names = {name: getattr(found, name) for name in ("name_fi", "name_sv", "name_en")}
    form = MunicipalityForm(request.POST or None, initial={**names, **initial_of(found, MunicipalityDetails)})
    if attempt(form, lambda: _edit(actor, found, form)):
        return saved(request, _("The changes are saved."), address(found))
    return form_page(request, form, title=_("Edit %(name)s") % {"name": found.name}, button=_("Save"), back=address(found))


def _edit(actor: Actor, found: Municipality, form: MunicipalityForm) -> Municipality:
    return edit_municipality(by=actor, municipality=found, names=form.names(), details=form.details(), since=form.cleaned_data["since"])


@staff_only
def move(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = kept(request, pk)
    here = found.region_spells.filter(valid_until=None).values_list("region", flat=True).first()
    form = MoveForm(request.POST or None, regions=access.visible_regions(actor), initial={"area": area_of(found), "region": here})
    if acted(form, lambda: _now_or_then(form, move_municipality, plan_move, by=actor, municipality=found)):
        done = _("The borders are saved. Needs from there go to the new region's door from now on.")
        return saved(request, _planned(form) or done, address(found))
    return form_page(request, form, title=_("Where %(name)s belongs") % {"name": found.name}, button=_("Save"), back=address(found))


@staff_only
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = kept(request, pk)
    form = MergeForm(request.POST or None, municipality=found)
    if acted(form, lambda: _now_or_then(form, merge_municipality, plan_merge, by=actor, municipality=found)):
        done = _("The municipalities have merged. Old matters and figures stay where they were.")
        return saved(request, _planned(form) or done, address(found))
    intro = _(
        "It ends the day before. Premises, service points, published times and rules of where needs go follow it into the other; matters and figures"
        " of the past stay. Of a wholly new municipality, add that one first."
    )
    title = _("%(name)s merges into another") % {"name": found.name}
    return form_page(request, form, title=title, button=_("Merge"), back=address(found), intro=intro)


def _now_or_then(form: MoveForm | MergeForm, act: Callable[..., object], plan: Callable[..., object], **whose: Any) -> None:
    """Do it, or write it down for its day when that is still to come."""
    (plan if _is_to_come(form) else act)(**whose, **form.cleaned_data)


def _is_to_come(form: MoveForm | MergeForm) -> bool:
    return bool(form.cleaned_data["since"] > timezone.localdate())


def _planned(form: MoveForm | MergeForm) -> str:
    if not _is_to_come(form):
        return ""
    return _("Written down. Nothing changes before %(day)s; then it happens by itself.") % {"day": date_text(form.cleaned_data["since"], year=True)}


@require_POST
@staff_only
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = kept(request, pk)
    return do_now(request, lambda: cancel_plan(by=actor, municipality=found), done=_("The change does not come."), to=address(found))


@staff_only
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = kept(request, pk)
    form = MoveForm(request.POST or None, regions=access.visible_regions(actor), dated=False)
    if acted(form, lambda: reopen_municipality(by=actor, municipality=found, **form.cleaned_data)):
        return saved(request, _("The municipality is in use again."), address(found))
    intro = _("As if it had never ended. What followed it into another municipality stays there.")
    title = _("Take %(name)s back into use") % {"name": found.name}
    return form_page(request, form, title=title, button=_("Take back into use"), back=address(found), intro=intro)


@require_GET
@staff_only
def history(request: HttpRequest, pk: int) -> HttpResponse:
    _actor, found = kept(request, pk)
    return render(request, "network/history.html", {"title": found.name, "back": address(found), "changes": municipality_history(found)})
