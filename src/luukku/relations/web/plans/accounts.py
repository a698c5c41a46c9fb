"""Account plans: those of one's teams, one, and what is done in it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luukku.core.ui.forms import actor_of, attempt, confirm_page, do_now, form_page, saved, staff_only
from luukku.customers.access import get_company
from luukku.network.access import require
from luukku.relations.access import get_plan, works_with_companies
from luukku.relations.actions import account_plans as acts
from luukku.relations.models import AccountAction
from luukku.relations.queries.account_plans import listed, may_pass_lead, plan_page
from luukku.relations.queries.choices import own_desks
from luukku.relations.web.desks import desk_of
from luukku.relations.web.plans.forms import AccountPlanForm, ActionForm, PassLeadForm, ReviewForm
from luukku.relations.web.tabs import tabs


def url(pk: int) -> str:
    return reverse("relations:plan", args=[pk])


@require_safe
@staff_only
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(works_with_companies(actor))
    return render(request, "relations/plans/list.html", {"rows": listed(actor), "tabs": tabs(actor, "plans")})


@staff_only
def begin(request: HttpRequest, business_id: str) -> HttpResponse:
    actor = actor_of(request)
    company = get_company(actor, business_id)
    require(works_with_companies(actor))
    desk = desk_of(request, own_desks(actor))
    form = AccountPlanForm(request.POST or None, region_id=desk.region_id, lead_id=actor.person_id)
    key = request.POST.get("submit_key")
    made = attempt(form, lambda: acts.begin_plan(by=actor, company=company, desk=desk, form=form.form(), submit_key=key))
    if made is not None:
        return saved(request, _("The plan is begun. Its team has been told."), url(made.pk))
    intro = _("Only the team reads the plan. Others see how many plans there are and how they keep their days.")
    title = _("Account plan: %(name)s") % {"name": company.name}
    return form_page(request, form, title=title, button=_("Begin the plan"), back=reverse("customers:company", args=[business_id]), intro=intro)


@require_safe
@staff_only
def show(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    page = plan_page(actor, pk)
    context = {"page": page, "plan": page.plan, "leads": page.plan.lead_id == actor.person_id, "form": ActionForm(team=page.team)}
    return render(request, "relations/plans/show.html", context)


@staff_only
def change(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    plan = get_plan(actor, pk)
    form = AccountPlanForm(request.POST or None, region_id=plan.region_id, lead_id=plan.lead_id, plan=plan)
    if plan.lead_id != actor.person_id:
        form.fields["team"].disabled = True
    if attempt(form, lambda: acts.change_plan(by=actor, plan=plan, form=form.form())) is not None:
        return saved(request, _("The changes are saved."), url(pk))
    return form_page(request, form, title=_("Change the plan"), button=_("Save"), back=url(pk))


@staff_only
def add(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    page = plan_page(actor, pk)
    form = ActionForm(request.POST or None, team=page.team)
    if attempt(form, lambda: _add(request, page.plan.pk, form)) is not None:
        return saved(request, _("It is in the plan, and whoever sees to it has been told."), url(pk))
    return form_page(request, form, title=_("Something to do"), button=_("Put it in the plan"), back=url(pk))


def _add(request: HttpRequest, pk: int, form: ActionForm) -> AccountAction:
    given, actor, key = form.cleaned_data, actor_of(request), request.POST.get("submit_key")
    plan = get_plan(actor, pk)
    return acts.add_action(by=actor, plan=plan, what=given["what"], person_id=given["person"], by_day=given["by_day"], submit_key=key)


@require_POST
@staff_only
def done(request: HttpRequest, pk: int, action: int) -> HttpResponse:
    actor = actor_of(request)
    found = get_object_or_404(AccountAction, pk=action, plan=get_plan(actor, pk))
    return do_now(request, lambda: acts.action_done(by=actor, action=found), done=_("Marked as done."), to=url(pk))


@staff_only
def review(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    plan = get_plan(actor, pk)
    form, key = ReviewForm(request.POST or None, plan), request.POST.get("submit_key")
    if attempt(form, lambda: acts.review_plan(by=actor, plan=plan, **form.cleaned_data, submit_key=key)) is not None:
        return saved(request, _("What the team said is written down."), url(pk))
    return form_page(request, form, title=_("Look at the plan"), button=_("Save"), back=url(pk))


@staff_only
def pass_lead(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    plan = get_plan(actor, pk)
    require(may_pass_lead(actor, plan))
    form = PassLeadForm(request.POST or None, plan)
    if attempt(form, lambda: acts.pass_lead(by=actor, plan=plan, to=form.cleaned_data["to"])) is not None:
        return saved(request, _("Another leads the plan now, and has been told."), url(pk))
    return form_page(request, form, title=_("Who leads from now on"), button=_("Save"), back=url(pk))


@staff_only
def end(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    plan = get_plan(actor, pk)
    require(plan.lead_id == actor.person_id)
    return confirm_page(
        request, lambda: acts.end_plan(by=actor, plan=plan), title=_("End the plan?"), button=_("End the plan"), back=url(pk),
        text=_("Nothing more is done by it. The team reads it still."), done=_("The plan has ended."),
    )  # fmt: skip
