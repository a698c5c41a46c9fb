"""Screens of those who say which organisation gives a service where, and whom to contact."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luukku.catalogue.access import get_provider_to_edit, get_service, organisations_to_reach_out, parts_to_provide
from luukku.catalogue.actions.providing import make_primary, name_contact, provide, serve_from_elsewhere, stop_providing
from luukku.catalogue.queries.providers import own_regions, providers_by_region, regions_to_reach
from luukku.catalogue.web.forms import ContactForm, OrganisationForm, PartForm, ReachForm
from luukku.core.keys import key_of
from luukku.core.submissions import once
from luukku.core.ui.forms import acted, actor_of, attempt, confirm_page, do_now, form_page, saved, staff_only
from luukku.network.access import require

M = TypeVar("M", bound=Model)


def _providers(code: str) -> str:
    return reverse("catalogue:providers", args=[code])


@require_GET
@staff_only
def providers(request: HttpRequest, code: str) -> HttpResponse:
    """Of the reader's own regions, or `?all=1`."""
    actor = actor_of(request)
    card = get_service(actor, code)
    has_own = own_regions(actor).exists()
    everywhere = request.GET.get("all") == "1" or not has_own
    context = {
        "card": card,
        "regions": providers_by_region(actor, card, everywhere=everywhere),
        "everywhere": everywhere,
        "has_own": has_own,
        "can_reach_out": not card.deactivated_at and organisations_to_reach_out(actor).exists(),
        "can_add": not card.deactivated_at and parts_to_provide(actor, card).exists(),
    }
    return render(request, "catalogue/providers.html", context)


def _chosen_first(request: HttpRequest, name: str, found: QuerySet[M]) -> M | None:
    """The one that the address names, else the only one there is; None while it is to be chosen. Raises NotAllowed when there is none."""
    some = list(found[:2])
    require(bool(some))
    asked = key_of(request.GET.get(name))
    if asked is not None:
        return found.filter(pk=asked).first()
    return some[0] if len(some) == 1 else None


def _choose_first(request: HttpRequest, name: str, form: BaseForm, *, title: str, back: str) -> HttpResponse:
    """The page on which it is chosen; what has been chosen goes into the address."""
    if form.is_valid():
        return redirect(f"{request.path}?{name}={form.cleaned_data[name].pk}")
    return form_page(request, form, title=title, button=_("Choose this one"), back=back)


@staff_only
def new_provider(request: HttpRequest, code: str) -> HttpResponse:
    """First the organisation and its region (`?part=`), unless there is one only; then the person."""
    actor = actor_of(request)
    card = get_service(actor, code)
    parts = parts_to_provide(actor, card)
    part = _chosen_first(request, "part", parts)
    if part is None:
        title = _("Who gives this service? %(name)s") % {"name": card.name}
        return _choose_first(request, "part", PartForm(request.POST or None, parts=parts), title=title, back=_providers(code))
    form = ContactForm(request.POST or None, organisation=part.organisation)

    def work() -> int:
        made = provide(by=actor, service=card, organisation=part.organisation, region=part.region, person=form.cleaned_data["person"])
        return made.pk

    if request.method == "POST" and attempt(form, lambda: once(request.POST.get("submit_key"), work)) is not None:
        return saved(request, _("Saved. Customers in the region see it at once."), _providers(code))
    title = _("%(organisation)s gives this service in %(region)s") % {"organisation": part.organisation.name, "region": part.region.name}
    return form_page(request, form, title=title, button=_("Save"), back=_providers(code), intro=str(card.name))


@staff_only
def reach(request: HttpRequest, code: str) -> HttpResponse:
    """Regions that an organisation serves without being a party: first the organisation (`?organisation=`) where there are several."""
    actor = actor_of(request)
    card = get_service(actor, code)
    mine = organisations_to_reach_out(actor)
    organisation = _chosen_first(request, "organisation", mine)
    if organisation is None:
        title, which = _("Which organisation serves other regions too? %(name)s"), OrganisationForm(request.POST or None, organisations=mine)
        return _choose_first(request, "organisation", which, title=title % {"name": card.name}, back=_providers(code))
    form = ReachForm(request.POST or None, organisation=organisation, regions=regions_to_reach(card, organisation))

    def work() -> int:
        return len(serve_from_elsewhere(by=actor, service=card, organisation=organisation, **form.cleaned_data))

    if request.method == "POST" and attempt(form, work) is not None:
        return saved(request, _("Saved. Customers in the region see it at once."), _providers(code) + "?all=1")
    title = _("%(organisation)s serves other regions too") % {"organisation": organisation.name}
    intro = _("It does not become a party there, and the region's coordinator can end it. A matter is handed to it as to any organisation.")
    return form_page(request, form, title=title, button=_("Save"), back=_providers(code), intro=intro)


@staff_only
def contact(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    actor = actor_of(request)
    given = get_provider_to_edit(actor, code, pk)
    form = ContactForm(request.POST or None, organisation=given.organisation, initial={"person": given.person_id})

    if request.method == "POST" and acted(form, lambda: name_contact(by=actor, provider=given, person=form.cleaned_data["person"])):
        return saved(request, _("The contact person is saved."), _providers(code))
    title = _("Contact person: %(organisation)s, %(region)s") % {"organisation": given.organisation.name, "region": given.region.name}
    return form_page(request, form, title=title, button=_("Save"), back=_providers(code), intro=str(given.service.name))


@require_POST
@staff_only
def primary(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    actor = actor_of(request)
    given = get_provider_to_edit(actor, code, pk)
    done = _("%(name)s is now primarily responsible.") % {"name": given.organisation.name}
    return do_now(request, lambda: make_primary(by=actor, provider=given), done=done, to=_providers(code))


@staff_only
def stop(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    actor = actor_of(request)
    given = get_provider_to_edit(actor, code, pk)
    title = _("Does %(organisation)s no longer give this service in %(region)s?")
    return confirm_page(
        request, lambda: stop_providing(by=actor, provider=given),
        title=title % {"organisation": given.organisation.name, "region": given.region.name},
        text=_("Customers are no longer guided there for this service. Open matters stay where they are."),
        button=_("It no longer does"), back=_providers(code), done=_("Saved. Customers are no longer guided there."),
    )  # fmt: skip
