"""Visits: the list, planning one from a company's page, its own page, moving it and calling it off."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luukku.core.errors import NotFound
from luukku.core.keys import key_of
from luukku.core.paging import Cursor
from luukku.core.ui.forms import actor_of, attempt, confirm_page, do_now, form_page, saved, staff_only
from luukku.customers.access import get_company
from luukku.network.access import require
from luukku.relations.access import can_change_visit, get_visit, works_with_companies
from luukku.relations.actions.needs import give_need, make_case_of_need
from luukku.relations.actions.reporting import see_to_the_end, step_done
from luukku.relations.actions.visits import call_off_visit, change_visit, plan_visit
from luukku.relations.enums import VisitState
from luukku.relations.models import VisitReport
from luukku.relations.queries.choices import desks_for_leads, own_desks
from luukku.relations.queries.teams import missing
from luukku.relations.queries.visits import Tab, listed, need_of, visit_page
from luukku.relations.web.desks import desk_of
from luukku.relations.web.tabs import tabs
from luukku.relations.web.visits.forms import PlanForm

COLOURS = {"planned": "blue", "held": "yellow", "closed": "green", "cancelled": "grey"}


def url(pk: int) -> str:
    return reverse("relations:visit", args=[pk])


@require_safe
@staff_only
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(works_with_companies(actor))
    mine = request.GET.get("kenen") == "omat"
    found = listed(actor, request.GET.get("tila", ""), Cursor.parse(request.GET), mine=mine)
    states = [(Tab.PLANNED, _("To be made"), found.counts[Tab.PLANNED]), (Tab.AFTER, _("Something left to do"), found.counts[Tab.AFTER]),
            (Tab.DONE, _("Seen to the end"), found.counts[Tab.DONE])]  # fmt: skip
    return render(request, "relations/visits/list.html", {"found": found, "states": states, "mine": mine, "tabs": tabs(actor, "visits")})


@staff_only
def plan(request: HttpRequest, business_id: str) -> HttpResponse:
    actor = actor_of(request)
    company = get_company(actor, business_id)
    require(works_with_companies(actor))
    desks = own_desks(actor)
    desk = desk_of(request, desks)
    form = PlanForm(request.POST or None, desk=desk, person_id=actor.person_id)
    key = request.POST.get("submit_key")
    made = attempt(form, lambda: plan_visit(by=actor, company=company, desk=desk, plan=form.plan(), submit_key=key))
    if made is not None:
        return saved(request, _("The visit is planned. Those who come along have been told."), url(made.pk))
    form.show_anyway()
    context = {"form": form, "company": company, "desk": desk, "desks": desks, "back": reverse("customers:company", args=[business_id])}
    return render(request, "relations/visits/plan.html", context, status=422 if form.errors else 200)


@require_safe
@staff_only
def show(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    page = visit_page(actor, pk)
    visit = page.visit
    desks = own_desks(actor)
    together = {each.organisation_id: each.organisation.type_id for each in page.parties}
    context = {
        "absent": missing(visit.company, visit.region_id, set(together.values())) if len(together) > 1 else [],
        "page": page, "visit": visit, "colour": COLOURS[visit.state], "can_change": can_change_visit(actor, visit),
        "is_planned": visit.state == VisitState.PLANNED, "is_held": visit.state == VisitState.HELD, "own_desks": desks,
        "desks": [each for each in desks_for_leads(actor, visit.region_id) if each not in desks] if page.needs else [],
    }  # fmt: skip
    return render(request, "relations/visits/show.html", context)


@staff_only
def change(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    visit = get_visit(actor, pk)
    require(can_change_visit(actor, visit))
    form = PlanForm(request.POST or None, desk=visit.desk, person_id=actor.person_id, visit=visit)
    if attempt(form, lambda: change_visit(by=actor, visit=visit, plan=form.plan())) is not None:
        return saved(request, _("The changes are saved."), url(pk))
    form.show_anyway()
    return form_page(request, form, title=_("Change the visit"), button=_("Save"), back=url(pk))


@staff_only
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    visit = get_visit(actor, pk)
    require(can_change_visit(actor, visit))
    return confirm_page(
        request, lambda: call_off_visit(by=actor, visit=visit), title=_("Call the visit off?"), button=_("Call the visit off"), back=url(pk),
        text=_("Those who were to go are told. The company you tell yourself."), done=_("The visit is called off."),
        after=reverse("relations:visits"),
    )  # fmt: skip


@require_POST
@staff_only
def close(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    visit = get_visit(actor, pk)
    return do_now(request, lambda: see_to_the_end(by=actor, visit=visit), done=_("The visit is seen to the end."), to=url(pk))


@require_POST
@staff_only
def done(request: HttpRequest, pk: int, report: int) -> HttpResponse:
    actor = actor_of(request)
    visit = get_visit(actor, pk)
    found = get_object_or_404(VisitReport, pk=report, visit=visit)
    return do_now(request, lambda: step_done(by=actor, report=found), done=_("Marked as done."), to=url(pk))


@require_POST
@staff_only
def give(request: HttpRequest, pk: int, need: int) -> HttpResponse:
    """A need becomes a lead for the chosen desk, or a matter at one's own."""
    actor = actor_of(request)
    visit = get_visit(actor, pk)
    found = need_of(visit, need)
    here = next((each for each in own_desks(actor) if each.region_id == visit.region_id), None)
    if found is None or here is None:
        raise NotFound
    if "oma" in request.POST:
        done = _("It is a matter at your desk now.")
        return do_now(request, lambda: make_case_of_need(by=actor, need=found, own_desk=here), done=done, to=url(pk))
    to = next((each for each in desks_for_leads(actor, visit.region_id) if each.pk == key_of(request.POST.get("desk"))), None)
    if to is None:
        raise NotFound
    return do_now(request, lambda: give_need(by=actor, need=found, own_desk=here, to_desk=to), done=_("The lead has been given."), to=url(pk))
