"""Staff screens of areas: everybody here reads them, the network's keepers change them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luukku.core.actor import Actor
from luukku.core.submissions import once
from luukku.core.ui.forms import acted, actor_of, attempt, do_now, form_page, saved, staff_only
from luukku.network import access
from luukku.network.access.places import get_area
from luukku.network.actions.areas import create_area, end_area, rename_area, reopen_area
from luukku.network.actions.planned_places import plan_name
from luukku.network.models import Area
from luukku.network.models.places import AreaKind
from luukku.network.queries.history import area_history
from luukku.network.queries.places import area_list, area_page, areas_today
from luukku.network.queries.plans import place_plans
from luukku.network.web.keepers import keeper
from luukku.network.web.place_forms import AreaForm, EndForm, RenameAheadForm
from luukku.network.web.planned import now_or_then, told


def address(area: Area) -> str:
    """The page of the area."""
    return reverse("network:area", args=[area.code])


def kept(request: HttpRequest, code: str) -> tuple[Actor, Area]:
    """The area of an address, for its keepers. Raises NotAllowed, NotFound."""
    actor = keeper(request)
    return actor, get_area(actor, code)


@require_GET
@staff_only
def areas(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    access.require(access.is_inside(actor))
    found = area_list()
    context = {
        "areas": [area for area in found if area.valid_until is None],
        "ended": [area for area in found if area.valid_until is not None],
        "can_edit": access.can_edit_network(actor),
    }
    return render(request, "network/areas.html", context)


@require_GET
@staff_only
def area(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    page = area_page(actor, code)
    return render(
        request,
        "network/area.html",
        {"page": page, "area": page.area, "can_edit": access.can_edit_network(actor), "place_plans": place_plans(page.area)},
    )


@staff_only
def new(request: HttpRequest) -> HttpResponse:
    actor = keeper(request)
    form = AreaForm(request.POST or None)
    made = attempt(form, lambda: once(request.POST.get("submit_key"), lambda: _create(actor, form)))
    if made is not None:
        return saved(request, _("The area is there now. Move regions and municipalities to it next."), address(Area.objects.get(pk=made)))
    return form_page(request, form, title=_("New area"), button=_("Add the area"), back=reverse("network:areas"))


def _create(actor: Actor, form: AreaForm) -> int:
    data = form.cleaned_data
    return create_area(by=actor, kind=AreaKind(data["kind"]), names=form.names(), since=data["since"]).pk


@staff_only
def rename(request: HttpRequest, code: str) -> HttpResponse:
    actor, found = kept(request, code)
    form = RenameAheadForm(request.POST or None, initial={name: getattr(found, name) for name in ("name_fi", "name_sv", "name_en")})
    if attempt(form, lambda: _rename(actor, found, form)):
        return saved(request, told(form.cleaned_data["since"], _("The name is saved.")), address(found))
    return form_page(request, form, title=_("Name of %(name)s") % {"name": found.name}, button=_("Save"), back=address(found))


def _rename(actor: Actor, found: Area, form: RenameAheadForm) -> object:
    names, since = form.names(), form.cleaned_data["since"]
    return now_or_then(
        since, lambda: rename_area(by=actor, area=found, names=names, since=since), lambda: plan_name(by=actor, place=found, names=names, since=since)
    )


@staff_only
def end(request: HttpRequest, code: str) -> HttpResponse:
    actor, found = kept(request, code)
    label, hint = _("Its regions and municipalities go to"), _("Needed while any lie in it.")
    form = EndForm(request.POST or None, among=areas_today().exclude(pk=found.pk), label=label, hint=hint)
    if acted(form, lambda: end_area(by=actor, area=found, **form.cleaned_data)):
        return saved(request, _("The area has ended. Its figures of the past stay with it."), address(found))
    intro = _("The seats of its people end at once. Nothing is deleted, and it can be taken back into use.")
    return form_page(request, form, title=_("End %(name)s") % {"name": found.name}, button=_("End the area"), back=address(found), intro=intro)


@require_POST
@staff_only
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    actor, found = kept(request, code)
    done = _("The area is in use again. Move regions and municipalities to it, and give it its people.")
    return do_now(request, lambda: reopen_area(by=actor, area=found), done=done, to=address(found))


@require_GET
@staff_only
def history(request: HttpRequest, code: str) -> HttpResponse:
    _actor, found = kept(request, code)
    return render(request, "network/history.html", {"title": found.name, "back": address(found), "changes": area_history(found)})
