"""Staff screens of the kinds of organisation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luukku.core.actor import Actor
from luukku.core.submissions import once
from luukku.core.ui.forms import actor_of, attempt, do_now, form_page, saved, staff_only
from luukku.network import access
from luukku.network.access.places import get_organisation_type
from luukku.network.actions.organisation_types import add_organisation_type, edit_organisation_type, use_organisation_type
from luukku.network.models import OrganisationType
from luukku.network.queries.history import organisation_types_history
from luukku.network.queries.places import organisation_type_list
from luukku.network.web.keepers import keeper
from luukku.network.web.place_forms import OrganisationTypeForm


def _list() -> str:
    return reverse("network:organisation-types")


@require_GET
@staff_only
def organisation_types(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    access.require(access.is_inside(actor))
    return render(request, "network/organisation_types.html", {"kinds": organisation_type_list(), "can_edit": access.can_edit_network(actor)})


@staff_only
def new(request: HttpRequest) -> HttpResponse:
    actor = keeper(request)
    form = OrganisationTypeForm(request.POST or None, is_new=True)
    if attempt(form, lambda: once(request.POST.get("submit_key"), lambda: _add(actor, form))) is not None:
        return saved(request, _("The kind is in the list now."), _list())
    return form_page(request, form, title=_("New kind of organisation"), button=_("Add the kind"), back=_list())


def _add(actor: Actor, form: OrganisationTypeForm) -> int:
    return add_organisation_type(by=actor, names=form.names(), is_private=form.cleaned_data["is_private"]).pk


@staff_only
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    actor = keeper(request)
    found = get_organisation_type(actor, pk)
    names = ("name_fi", "name_sv", "name_en", "is_private", "order")
    form = OrganisationTypeForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    if attempt(form, lambda: _edit(actor, found, form)):
        return saved(request, _("The changes are saved."), _list())
    return form_page(request, form, title=_("Edit %(name)s") % {"name": found.name}, button=_("Save"), back=_list())


def _edit(actor: Actor, kind: OrganisationType, form: OrganisationTypeForm) -> OrganisationType:
    data = form.cleaned_data
    return edit_organisation_type(by=actor, kind=kind, names=form.names(), is_private=data["is_private"], order=data["order"])


@require_POST
@staff_only
def use(request: HttpRequest, pk: int) -> HttpResponse:
    actor, used = keeper(request), request.POST.get("used") == "1"
    found = get_organisation_type(actor, pk)
    done = _("The kind can be chosen again.") if used else _("The kind can be chosen no longer. Organisations that are of it stay so.")
    return do_now(request, lambda: use_organisation_type(by=actor, kind=found, used=used), done=done, to=_list())


@require_GET
@staff_only
def history(request: HttpRequest) -> HttpResponse:
    keeper(request)
    context = {"title": _("Kinds of organisation"), "back": _list(), "changes": organisation_types_history()}
    return render(request, "network/history.html", context)
