"""Approving a plan by a recorded decision, and closing it at the year's end."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.ui.forms import actor_of, attempt, form_page, saved, staff_only
from luukku.core.ui.times import moment_text
from luukku.governance.access import can_run, visible_meetings
from luukku.governance.enums import MinutesState
from luukku.governance.models import Meeting
from luukku.network.access import require
from luukku.plans.access import can_approve, get_plan
from luukku.plans.actions.deciding import Approval, Ending, approve_plan, close_plan
from luukku.plans.models import Measure, Plan
from luukku.plans.queries.decisions import decision_choices, decision_chosen
from luukku.plans.web.forms import SINCE, ApproveFields, ClosingFields, ending_name
from luukku.plans.web.plans import url_of


def _meetings(request: HttpRequest, plan: Plan) -> list[Meeting]:
    """Meetings of the region whose minutes she is writing: the decision may be written down there by this press."""
    actor = actor_of(request)
    found = visible_meetings(actor).filter(group__region=plan.region_id, minutes_state__in=(MinutesState.DRAFT, MinutesState.OUT))
    return [each for each in found.select_related("group__region").order_by("-starts_at")[:6] if can_run(actor, each.group)]


@staff_only
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    actor, plan = actor_of(request), get_plan(actor_of(request), pk)
    require(can_approve(actor, plan))
    meetings = _meetings(request, plan) if plan.person_id is None else []
    written = [(f"m{each.pk}", f"{each.group.name}, {moment_text(each.starts_at)}") for each in meetings]
    choices: list[tuple[str, object]] = [(_("Written down now, in the minutes of"), written)] if written else []
    choices += [(_("Stands in minutes already"), decision_choices(actor, plan.region_id, timezone.localdate() - SINCE))]
    form = ApproveFields(request.POST or None, plan=plan, choices=choices)

    def work() -> Plan:
        given = str(form.cleaned_data.get("decision", ""))
        meeting = next((each for each in meetings if given == f"m{each.pk}"), None)
        approval = Approval(decision_chosen(actor, plan.region_id, given), meeting, words=str(form.cleaned_data.get("words", "")))
        return approve_plan(by=actor, plan=plan, approval=approval)

    if attempt(form, work) is not None:
        return saved(request, _("The plan is approved and kept as it is now. From today on it is followed."), url_of(pk))
    intro = _("What is approved is kept for ever as it is now, with its measures, seats and shares.")
    return form_page(request, form, title=_("The plan is approved"), button=_("Write down the approval"), back=url_of(pk), intro=intro)


@staff_only
def close(request: HttpRequest, pk: int) -> HttpResponse:
    actor, plan = actor_of(request), get_plan(actor_of(request), pk)
    require(can_approve(actor, plan))
    measures = list(Measure.objects.filter(plan=plan).select_related("part").order_by("part__position", "number"))
    form = ClosingFields(request.POST or None, measures=measures)

    def work() -> Plan:
        given = form.cleaned_data
        said = {each.pk: Ending(*(given[ending_name(each, what)] for what in ("state", "outcome", "carry"))) for each in measures}
        return close_plan(by=actor, plan=plan, endings=said, words=given["words"])

    if attempt(form, work) is not None:
        return saved(request, _("The plan is closed. What goes on stands in the next plan's draft."), url_of(pk))
    return render(request, "plans/close.html", {"form": form, "plan": plan, "back": url_of(pk)}, status=422 if form.errors else 200)
