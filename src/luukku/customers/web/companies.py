"""Staff screens of companies."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luukku.core.registries import company_panels, shown_panels
from luukku.core.ui.forms import actor_of, attempt, do_now, form_page, saved, staff_only
from luukku.customers import access
from luukku.customers.actions.establishments import add_establishment, close_establishment
from luukku.customers.actions.facts import follow_register, state_facts
from luukku.customers.models import Company
from luukku.customers.queries.companies import company_page
from luukku.customers.queries.people import people_of
from luukku.customers.queries.timeline import timeline
from luukku.customers.web.forms import FactsForm, PlaceForm
from luukku.network.access import require


def address(company: Company) -> str:
    """The page of the company."""
    return reverse("customers:company", args=[company.business_id])


@require_safe
@staff_only
def company(request: HttpRequest, business_id: str) -> HttpResponse:
    actor = actor_of(request)
    found = access.get_company(actor, business_id)
    context = {
        "page": company_page(found),
        "company": found,
        "panels": shown_panels(company_panels, actor, found),
        "can_edit": access.can_edit_companies(actor),
    }
    return render(request, "customers/company.html", context)


@require_safe
@staff_only
def history(request: HttpRequest, business_id: str) -> HttpResponse:
    """All in order of time: of everything, or of what was chosen."""
    actor = actor_of(request)
    found = access.get_company(actor, business_id)
    line = timeline(actor, found, chosen=request.GET.get("mika", ""), after=request.GET.get("sitten", ""))
    more = people_of(actor, found).more
    context = {"company": found, "line": line, "more": more, "first": "sitten" not in request.GET, "now": timezone.now()}
    return render(request, "customers/timeline.html", context)


@staff_only
def edit(request: HttpRequest, business_id: str) -> HttpResponse:
    actor = actor_of(request)
    found = access.get_company(actor, business_id)
    require(access.can_edit_companies(actor))
    form = FactsForm(found, request.POST or None)
    made = attempt(form, lambda: state_facts(by=actor, company=found, values=form.stated(), **form.ground()))
    if made is not None:
        return saved(request, _("The changes are saved.") if made else _("Nothing was changed."), address(found))
    return form_page(
        request, form, title=_("Facts of %(name)s") % {"name": found.name}, button=_("Save"), back=address(found), template="customers/facts.html",
    )  # fmt: skip


@require_POST
@staff_only
def follow(request: HttpRequest, business_id: str, field: str) -> HttpResponse:
    actor = actor_of(request)
    found = access.get_company(actor, business_id)
    return do_now(
        request, lambda: follow_register(by=actor, company=found, field=field), done=_("What the register says counts again."), to=address(found)
    )


@staff_only
def new_place(request: HttpRequest, business_id: str) -> HttpResponse:
    actor = actor_of(request)
    found = access.get_company(actor, business_id)
    require(access.can_edit_companies(actor))
    form = PlaceForm(request.POST or None)
    if attempt(form, lambda: add_establishment(by=actor, company=found, place=form.place())):
        return saved(request, _("The place is there, and the company is found by its name."), address(found))
    return form_page(request, form, title=_("A place of %(name)s") % {"name": found.name}, button=_("Add the place"), back=address(found))


@require_POST
@staff_only
def close_place(request: HttpRequest, business_id: str, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = access.get_company(actor, business_id)
    place = get_object_or_404(found.establishments.all(), pk=pk)
    return do_now(request, lambda: close_establishment(by=actor, establishment=place), done=_("The place is marked as closed."), to=address(found))
