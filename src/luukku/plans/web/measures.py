"""One measure: its row, how it goes, how it is judged."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luukku.core.keys import key_of
from luukku.core.paging import Cursor
from luukku.core.ui.forms import actor_of, attempt, confirm_page, do_now, form_page, saved, staff_only
from luukku.network.access import require
from luukku.plans.access import can_report, can_write, get_measure, get_plan
from luukku.plans.actions import following
from luukku.plans.actions import measures as actions
from luukku.plans.actions.plans import BeginForm, begin_plan
from luukku.plans.models import Measure, PlanKind
from luukku.plans.queries.pages import measure_page, rows_of
from luukku.plans.web.forms import CommentFields, LightFields, ReportFields, SubPlanFields
from luukku.plans.web.measure_forms import MeasureFields, differences
from luukku.plans.web.plans import url_of as plan_url


def url_of(pk: int) -> str:
    return reverse("plans:measure", kwargs={"pk": pk})


@require_safe
@staff_only
def show(request: HttpRequest, pk: int) -> HttpResponse:
    page = measure_page(actor_of(request), pk, Cursor.parse(request.GET))
    return render(
        request, "plans/measure.html", {"page": page, "plan": page.plan, "row": page.row, "measure": page.row.measure, "words": CommentFields()}
    )


@staff_only
def add(request: HttpRequest, pk: int) -> HttpResponse:
    actor, plan = actor_of(request), get_plan(actor_of(request), pk)
    require(can_write(actor, plan))
    form, key = MeasureFields(request.POST or None, actor=actor, plan=plan, chosen=request.GET.get("paatos", "")), request.POST.get("submit_key")
    made = attempt(form, lambda: actions.add_measure(by=actor, plan=plan, form=form.made(), submit_key=key))
    if made is not None:
        return saved(request, _("The measure is in the plan."), plan_url(pk) + f"#m{made.pk}")
    context = {"form": form, "version": 0, "overtaken": [], "back": plan_url(pk), "title": _("New measure")}
    return render(request, "plans/edit.html", context, status=422 if form.errors else 200)


def _written(request: HttpRequest, pk: int) -> Measure:
    measure = get_measure(actor_of(request), pk)
    require(can_write(actor_of(request), measure.plan))
    return measure


@staff_only
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Overtaken by somebody else, both texts are shown, and what was typed stays in the form."""
    actor, measure = actor_of(request), _written(request, pk)
    form = MeasureFields(request.POST or None, actor=actor, plan=measure.plan, measure=measure)
    based_on = key_of(request.POST.get("version")) or 0
    if attempt(form, lambda: actions.edit_measure(by=actor, measure=measure, form=form.made(), based_on=based_on)) is not None:
        return saved(request, _("The changes are saved."), url_of(pk))
    overtaken = differences(form) if request.method == "POST" and based_on != measure.version else []
    context = {"form": form, "version": measure.version, "overtaken": overtaken, "back": url_of(pk), "title": measure.words}
    return render(request, "plans/edit.html", context, status=422 if form.errors else 200)


@staff_only
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    actor, measure = actor_of(request), _written(request, pk)
    return confirm_page(
        request, lambda: actions.remove_measure(by=actor, measure=measure), title=_("Take this measure off the draft?"), text=measure.words,
        button=_("Take it off the draft"), back=url_of(pk), done=_("The measure is off the draft."), after=plan_url(measure.plan_id),
    )  # fmt: skip


def _reported(request: HttpRequest, pk: int) -> Measure:
    measure = get_measure(actor_of(request), pk)
    require(can_report(actor_of(request), measure))
    return measure


@staff_only
def report(request: HttpRequest, pk: int) -> HttpResponse:
    actor, measure = actor_of(request), _reported(request, pk)
    form = ReportFields(request.POST or None, row=rows_of(measure.plan, only=pk)[pk])
    if attempt(form, lambda: following.report(by=actor, measure=measure, said=said_in(form))) is not None:
        return saved(request, _("Thank you. How it goes is written down."), url_of(pk))
    return form_page(request, form, title=_("How does it go?"), button=_("Save"), back=url_of(pk), intro=measure.words)


def said_in(form: ReportFields) -> following.Report:
    """What the form says. Call after is_valid()."""
    given = form.cleaned_data
    points = [int(each) for each in given.get("points", [])]
    return following.Report(given["words"], given["state"], given.get("value"), given["evidence"], given["outcome"], points)


@require_POST
@staff_only
def as_before(request: HttpRequest, pk: int) -> HttpResponse:
    """One press: it goes on as it was said before."""
    actor, measure = actor_of(request), _reported(request, pk)
    said = following.Report(state="going" if measure.state == "planned" else "")
    return do_now(request, lambda: following.report(by=actor, measure=measure, said=said), done=_("Thank you. It goes on as before."), to=url_of(pk))


@staff_only
def light(request: HttpRequest, pk: int) -> HttpResponse:
    actor, measure = actor_of(request), _reported(request, pk)
    form = LightFields(request.POST or None, initial={"light": measure.light_said, "reason": measure.light_reason})
    if attempt(form, lambda: following.say_light(by=actor, measure=measure, **form.cleaned_data)) is not None:
        return saved(request, _("It is judged as you say, and your reason is shown."), url_of(pk))
    intro = _("Facts and dates say how a measure goes. If you know better, say so with a reason; it stands until it is taken back.")
    return form_page(request, form, title=_("Judge it otherwise"), button=_("Save"), back=url_of(pk), intro=intro)


@require_POST
@staff_only
def light_off(request: HttpRequest, pk: int) -> HttpResponse:
    actor, measure = actor_of(request), _reported(request, pk)
    act = following.say_light
    return do_now(request, lambda: act(by=actor, measure=measure, light="", reason=""), done=_("Facts and dates say it again."), to=url_of(pk))


@staff_only
def sub_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """A large measure gets a plan of its own."""
    actor, measure = actor_of(request), _written(request, pk)
    form, key = SubPlanFields(request.POST or None, initial={"name": measure.words[:160]}), request.POST.get("submit_key")
    kind = PlanKind.objects.get(code="sub")
    plan = measure.plan

    def work() -> int:
        begun = BeginForm(kind, plan.year, plan.last_year, form.cleaned_data["name"], organisation=plan.organisation, parent=measure)
        return begin_plan(by=actor, region=plan.region, form=begun, submit_key=key).pk

    made = attempt(form, work)
    if made is not None:
        return saved(request, _("The sub-plan is there. Write its steps."), plan_url(made))
    return form_page(request, form, title=_("New sub-plan"), button=_("Begin the sub-plan"), back=url_of(pk), intro=measure.words)
