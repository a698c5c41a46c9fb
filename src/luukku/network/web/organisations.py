"""Staff screens of organisations."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luukku.core.registries import organisation_panels, shown_panels
from luukku.core.submissions import once
from luukku.core.ui.forms import actor_of, attempt, confirm_page, do_now, form_page, saved, staff_only
from luukku.core.ui.sought import asked
from luukku.network import access
from luukku.network.access.firsts import regions_of_first
from luukku.network.access.representing import can_edit_details, rights_over
from luukku.network.actions.organisations import (
    OrganisationDetails,
    create_organisation,
    deactivate_organisation,
    edit_organisation,
    join_region,
    leave_region,
    reactivate_organisation,
)
from luukku.network.models import Organisation
from luukku.network.queries.history import organisation_history
from luukku.network.queries.organisations import OrganisationFilter, by_name, organisation_list, organisation_page, organisation_types
from luukku.network.queries.reforms import predecessors_of, successors_of
from luukku.network.web.forms import JoinForm, OrganisationForm, initial_of

PAGE = 50


def address(organisation: Organisation) -> str:
    """The page of the organisation."""
    return reverse("network:organisation", args=[organisation.code])


def wanted_organisations(request: HttpRequest) -> OrganisationFilter:
    """What the address narrows the list to."""
    narrowed = asked(request)
    return OrganisationFilter(narrowed.get("q", ""), narrowed.get("region", ""), narrowed.get("type", ""), left=narrowed.get("left") == "1")


@require_GET
@staff_only
def organisations(request: HttpRequest) -> HttpResponse:
    actor, wanted = actor_of(request), wanted_organisations(request)
    page = Paginator(organisation_list(actor, wanted), PAGE).get_page(request.GET.get("page"))
    regions = access.visible_regions(actor).order_by(by_name())
    context = {
        "page": page,
        "wanted": wanted,
        "regions": regions,
        "types": organisation_types(),
        "can_create": access.can_edit_network(actor),
        "is_inside": access.is_inside(actor),
    }
    return render(request, "network/organisations.html", context)


@staff_only
def new_organisation(request: HttpRequest) -> HttpResponse:
    """`?region=` names the region whose party it becomes; a coordinator always comes with hers."""
    actor = actor_of(request)
    region = access.get_region(actor, request.GET["region"]) if request.GET.get("region") else None
    access.require(access.can_edit_network(actor) or (region is not None and access.can_edit_region(actor, region.pk)))
    form = OrganisationForm(request.POST or None)
    back = reverse("network:region", args=[region.code]) if region else reverse("network:organisations")
    made = attempt(
        form,
        lambda: once(request.POST.get("submit_key"), lambda: create_organisation(by=actor, details=form.details(), region=region).pk),
    )
    if made is not None:
        return saved(
            request, _("The organisation is in the network now. Add its people and a desk next."), address(Organisation.objects.get(pk=made))
        )
    return form_page(request, form, title=_("New organisation"), button=_("Add the organisation"), back=back)


@require_GET
@staff_only
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    found = access.get_organisation(actor, code)
    page = organisation_page(found)
    editable = access.can_edit_organisation(actor, found.pk)
    mine = {each.region_id for each in page.participations if access.can_edit_region(actor, each.region_id)}
    can_name, endable = rights_over(actor, found, page.representations)
    context = {
        "page": page,
        "organisation": found,
        "can_edit": editable,
        "first_in": regions_of_first(actor, found, [each.region for each in page.participations]) if not page.people else [],
        "can_edit_details": can_edit_details(actor, found),
        "can_name": can_name,
        "endable": endable,
        "can_deactivate": access.can_deactivate_organisation(actor, found.pk),
        "can_return": access.can_edit_network(actor),
        "can_reform": access.can_edit_network(actor),
        "successors": successors_of(found) if found.deactivated_at else [],
        "predecessors": predecessors_of(found),
        "my_regions": mine,
        "panels": shown_panels(organisation_panels, actor, found),
        "joinable": access.regions_to_edit(actor).exclude(pk__in=[each.region_id for each in page.participations]).exists(),
    }
    return render(request, "network/organisation.html", context)


@staff_only
def edit(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    found = access.get_organisation(actor, code)
    access.require(can_edit_details(actor, found))
    form = OrganisationForm(request.POST or None, initial=initial_of(found, OrganisationDetails))
    if attempt(form, lambda: edit_organisation(by=actor, organisation=found, details=form.details())):
        return saved(request, _("The changes are saved."), address(found))
    return form_page(request, form, title=_("Edit %(name)s") % {"name": found.name}, button=_("Save"), back=address(found))


@require_GET
@staff_only
def history(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    found = access.get_organisation(actor, code)
    access.require(access.can_deactivate_organisation(actor, found.pk))
    context = {"title": found.name, "back": address(found), "changes": organisation_history(found)}
    return render(request, "network/history.html", context)


@staff_only
def deactivate(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    found = access.get_organisation(actor, code)
    access.require(access.can_deactivate_organisation(actor, found.pk))
    return confirm_page(
        request,
        lambda: deactivate_organisation(by=actor, organisation=found),
        title=_("Deactivate %(name)s?") % {"name": found.name},
        text=_("Its seats, desks and parts in regions end today. Nothing is deleted: history and old cases stay readable."),
        button=_("Deactivate"),
        back=address(found),
        done=_("The organisation has been deactivated."),
    )


@require_POST
@staff_only
def reactivate(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    found = access.get_organisation(actor, code)
    done = _("The organisation is back. Give it regions, desks and people anew.")
    return do_now(request, lambda: reactivate_organisation(by=actor, organisation=found), done=done, to=address(found))


@staff_only
def join(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    found = access.get_organisation(actor, code)
    has = found.participations.filter(valid_until=None).values("region_id")
    regions = access.regions_to_edit(actor).exclude(pk__in=has).order_by(by_name())
    access.require(regions.exists())
    form = JoinForm(request.POST or None, regions=regions)
    if attempt(form, lambda: join_region(by=actor, organisation=found, region=form.cleaned_data["region"])):
        return saved(request, _("It takes part in the region from today."), address(found))
    title = _("%(name)s joins a region") % {"name": found.name}
    return form_page(request, form, title=title, button=_("Join the region"), back=address(found))


@staff_only
def leave(request: HttpRequest, code: str, region: str) -> HttpResponse:
    actor = actor_of(request)
    found, place = access.get_organisation(actor, code), access.get_region(actor, region)
    access.require(access.can_edit_organisation(actor, found.pk) or access.can_edit_region(actor, place.pk))
    return confirm_page(
        request,
        lambda: leave_region(by=actor, organisation=found, region=place),
        title=_("Does %(name)s leave %(region)s?") % {"name": found.name, "region": place.name},
        text=_("Its part in the region and the seats of its people there end today. History stays."),
        button=_("Leave the region"),
        back=address(found),
        done=_("The organisation has left the region."),
    )
