"""Leads: the list, giving one from a company's page, and answering one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luukku.core.keys import key_of
from luukku.core.paging import Cursor
from luukku.core.ui.forms import actor_of, attempt, do_now, form_page, saved, staff_only
from luukku.customers.access import get_company
from luukku.desk.access import visible_cases
from luukku.desk.queries.addresses import case_url
from luukku.network.access import require
from luukku.relations.access import can_answer_lead, get_lead, visible_leads, works_with_companies
from luukku.relations.actions.leads import decline_lead, finish_lead, give_lead, make_case_of_lead, take_lead
from luukku.relations.actions.placing import confirm_placed, waits_for_word
from luukku.relations.enums import OPEN_LEADS, LeadState
from luukku.relations.queries.choices import desks_for_leads, own_desks, visitors_of
from luukku.relations.queries.leads import Tab, listed
from luukku.relations.web.desks import desk_of
from luukku.relations.web.leads.forms import DeclineForm, FinishForm, GiveForm, PlacedForm
from luukku.relations.web.tabs import tabs

COLOURS = {"new": "yellow", "taken": "blue", "case": "green", "done": "green", "declined": "grey"}


def url(pk: int) -> str:
    return reverse("relations:lead", args=[pk])


@require_safe
@staff_only
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(works_with_companies(actor))
    found = listed(actor, request.GET.get("tila", ""), Cursor.parse(request.GET))
    words = ((Tab.GOT, _("Come to you")), (Tab.GIVEN, _("You have given, and wait to hear")), (Tab.ENDED, _("Over")))
    states = [(name, each, found.counts[name]) for name, each in words]
    return render(request, "relations/leads/list.html", {"found": found, "states": states, "now": timezone.now(), "tabs": tabs(actor, "leads")})


@staff_only
def give(request: HttpRequest, business_id: str) -> HttpResponse:
    actor = actor_of(request)
    company = get_company(actor, business_id)
    require(works_with_companies(actor))
    desks = own_desks(actor)
    desk = desk_of(request, desks)
    before = visible_leads(actor).filter(pk=key_of(request.GET.get("sijaan")) or 0, company=company, state=LeadState.DECLINED).first()
    form = GiveForm(request.POST or None, desks=desks_for_leads(actor, desk.region_id), people=visitors_of(desk.region_id), before=before)
    key = request.POST.get("submit_key")
    made = attempt(form, lambda: give_lead(by=actor, form=form.form(company, desk), submit_key=key))
    if made is not None:
        return saved(request, _("The lead has been given. You hear what comes of it."), url(made.pk))
    context = {"form": form, "company": company, "desk": desk, "desks": desks, "back": reverse("customers:company", args=[business_id])}
    return render(request, "relations/leads/give.html", context, status=422 if form.errors else 200)


@require_safe
@staff_only
def show(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    lead = get_lead(actor, pk)
    case = visible_cases(actor).filter(pk=lead.case_id).first() if lead.case_id else None
    context = {
        "lead": lead, "colour": COLOURS[lead.state], "can_answer": can_answer_lead(actor, lead) and lead.state in OPEN_LEADS,
        "is_new": lead.state == LeadState.NEW, "is_declined": lead.state == LeadState.DECLINED, "now": timezone.now(),
        "waits_for_word": waits_for_word(lead),
        "is_own": lead.from_organisation_id in actor.organisation_ids, "case": case, "case_url": case_url(case.number) if case else "",
    }  # fmt: skip
    return render(request, "relations/leads/show.html", context)


@require_POST
@staff_only
def take(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    lead = get_lead(actor, pk)
    return do_now(request, lambda: take_lead(by=actor, lead=lead), done=_("The lead is yours. Whoever gave it has been told."), to=url(pk))


@require_POST
@staff_only
def make_case(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    lead = get_lead(actor, pk)
    done = _("It is a matter in your hands now. Whoever gave the lead has been told.")
    return do_now(request, lambda: make_case_of_lead(by=actor, lead=lead), done=done, to=url(pk))


@staff_only
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    lead = get_lead(actor, pk)
    require(can_answer_lead(actor, lead))
    form = DeclineForm(request.POST or None)
    if attempt(form, lambda: decline_lead(by=actor, lead=lead, **form.cleaned_data)) is not None:
        return saved(request, _("The lead is declined. Whoever gave it has been told."), reverse("relations:leads"))
    return form_page(request, form, title=_("Decline the lead"), button=_("Decline the lead"), back=url(pk))


@staff_only
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    lead = get_lead(actor, pk)
    require(can_answer_lead(actor, lead))
    form = FinishForm(request.POST or None, lead=lead)
    if attempt(form, lambda: finish_lead(by=actor, lead=lead, **form.cleaned_data)) is not None:
        return saved(request, _("Done. Whoever gave the lead has been told."), reverse("relations:leads"))
    return form_page(request, form, title=_("What came of the lead"), button=_("Save"), back=url(pk))


@staff_only
def placed(request: HttpRequest, pk: int) -> HttpResponse:
    """The giver says how many got work."""
    actor = actor_of(request)
    lead = get_lead(actor, pk)
    form = PlacedForm(request.POST or None, initial={"people": lead.placed})
    if attempt(form, lambda: confirm_placed(by=actor, lead=lead, people=form.cleaned_data["people"])) is not None:
        return saved(request, _("Thank you. The figures tell it as confirmed."), url(pk))
    return form_page(request, form, title=_("Did they get work?"), button=_("Confirm"), back=url(pk), intro=lead.company.name)
