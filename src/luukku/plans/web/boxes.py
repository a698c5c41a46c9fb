"""Ideas and proposals to other bodies."""

from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from luukku.core.errors import NotFound
from luukku.core.keys import key_of
from luukku.core.paging import Cursor, paged
from luukku.core.ui.forms import actor_of, attempt, chosen, day_field, form_page, saved, staff_only, words_field
from luukku.network.access import require
from luukku.network.access.working import working_regions
from luukku.network.models import Region
from luukku.plans.access import (
    can_begin,
    can_tell_strategy,
    heads,
    party_regions,
    visible_ideas,
    visible_lines,
    visible_measures,
    visible_plans,
    visible_proposals,
)
from luukku.plans.actions import boxes as actions
from luukku.plans.enums import IdeaFrom, IdeaState, PlanState, ProposalState
from luukku.plans.models import Idea, Measure, Plan, Proposal
from luukku.plans.queries.decisions import decision_choices, decision_chosen
from luukku.plans.web.forms import SINCE
from luukku.plans.web.plans import url_of

FEW, PAGE = 20, 50  # on the page of all three lists, and on the page of one
COLOURS = {
    "new": "blue",
    "sorted": "yellow",
    "taken": "green",
    "left": "grey",
    "sent": "yellow",
    "accepted": "green",
    "partly": "blue",
    "refused": "grey",
}


def region_of(request: HttpRequest) -> Region:
    own = party_regions(actor_of(request))
    return chosen(request, "seutu", [each for each in working_regions(actor_of(request)) if each.pk in own])


def back_to(region: Region, name: str = "ideas") -> str:
    return f"{reverse(f'plans:{name}')}?seutu={region.code}"


class IdeaFields(forms.Form):
    words = words_field(gettext_lazy("The idea"), 4)
    came = forms.ChoiceField(label=gettext_lazy("Where it comes from"), choices=IdeaFrom.choices, widget=forms.RadioSelect, initial=IdeaFrom.STAFF)


class Tied(forms.Form):
    """To which decision and measure it is tied."""

    decision = forms.ChoiceField(label=gettext_lazy("Decision"), required=False)
    measure = forms.ModelChoiceField(Measure.objects.none(), label=gettext_lazy("Measure"), required=False, empty_label=gettext_lazy("None"))

    def tie(self, request: HttpRequest, region: Region, now: Idea | None = None) -> None:
        """`now`: an idea whose decision and measure stay among what is offered, however old they are."""
        self.actor, self.region = actor_of(request), region
        decided = decision_choices(self.actor, region.pk, timezone.localdate() - SINCE, now.decision_id if now else None)
        self.fields["decision"].choices = [("", _("None")), *decided]  # type: ignore[attr-defined]
        kept = ~Q(plan__state=PlanState.CLOSED) | Q(pk=now.measure_id if now else None)
        open_ = visible_measures(self.actor).filter(kept, plan__region=region, plan__person=None)
        self.fields["measure"].queryset = open_.order_by("plan", "number")  # type: ignore[attr-defined]
        self.fields["measure"].label_from_instance = lambda measure: f"{measure.number}. {measure.words}"  # type: ignore[attr-defined]

    def tied(self) -> dict[str, Any]:
        return {"decision": decision_chosen(self.actor, self.region.pk, self.cleaned_data["decision"]), "measure": self.cleaned_data["measure"]}


class IdeaAnswerFields(Tied):
    state = forms.ChoiceField(
        label=gettext_lazy("What is done of it"), choices=[each for each in IdeaState.choices if each[0] != "new"], widget=forms.RadioSelect
    )
    answer = words_field(gettext_lazy("The answer"), 3, required=False)
    field_order = ("state", "answer", "decision", "measure")


def _said(idea: Idea) -> dict[str, Any]:
    decision = f"d{idea.decision_id}" if idea.decision_id else ""
    return {"state": idea.state, "answer": idea.answer, "decision": decision, "measure": idea.measure_id}


class ProposalFields(Tied):
    to_body = forms.CharField(label=gettext_lazy("To whom"), max_length=160)
    words = words_field(gettext_lazy("What is proposed"), 4)
    sent_on = day_field(gettext_lazy("Sent"))
    answer_by = day_field(gettext_lazy("Answer wanted by"), required=False)
    plan = forms.ModelChoiceField(
        Plan.objects.none(), label=gettext_lazy("List of decisions on which it stands"), required=False, empty_label=gettext_lazy("None")
    )
    field_order = ("to_body", "words", "sent_on", "answer_by", "plan", "decision", "measure")

    def tie(self, request: HttpRequest, region: Region, now: Idea | None = None) -> None:
        super().tie(request, region, now)
        lists = visible_plans(actor_of(request)).filter(region=region, person=None, parent=None).exclude(state=PlanState.CLOSED)
        self.fields["plan"].queryset = lists.select_related("kind").order_by("-year", "id")  # type: ignore[attr-defined]
        self.fields["plan"].label_from_instance = lambda plan: f"{plan.name or plan.kind.name} {plan.years}"  # type: ignore[attr-defined]


class ProposalAnswerFields(forms.Form):
    state = forms.ChoiceField(
        label=gettext_lazy("What was answered"), choices=[each for each in ProposalState.choices if each[0] != "sent"], widget=forms.RadioSelect
    )
    answered_on = day_field(gettext_lazy("When"))
    answer = words_field(gettext_lazy("The answer"), 3, required=False)


@require_safe
@staff_only
def ideas(request: HttpRequest) -> HttpResponse:
    """The box of ideas, the proposals and the strategies of one region."""
    actor, region = actor_of(request), region_of(request)
    which = request.GET.get("lista", "")
    size, cursor = (PAGE, Cursor.parse(request.GET)) if which else (FEW, Cursor())
    rows = visible_ideas(actor).filter(region=region).select_related("person", "measure", "decision__meeting")
    sent = visible_proposals(actor).filter(region=region).select_related("measure", "decision__meeting", "plan__kind")
    lines = [(line, can_tell_strategy(actor, line.organisation)) for line in visible_lines(actor, region.pk).order_by("organisation", "id")]
    given = paged(rows, "created_at", cursor, size, newest_first=True) if which in ("", "ideat") else None
    proposed = paged(sent, "sent_on", cursor, size, newest_first=True) if which in ("", "esitykset") else None
    context = {
        "region": region, "which": which, "ideas": given, "proposals": proposed,
        "lines": [(line, tells) for line, tells in lines if tells or line.deactivated_at is None], "keeps": can_begin(actor, region.pk),
        "colours": COLOURS, "tells": can_begin(actor, region.pk) or any(heads(actor, seat.organisation_id) for seat in actor.seats),
    }  # fmt: skip
    return render(request, "plans/boxes.html", context)


@staff_only
def give(request: HttpRequest) -> HttpResponse:
    actor, region = actor_of(request), region_of(request)
    form, key = IdeaFields(request.POST or None), request.POST.get("submit_key")
    if attempt(form, lambda: actions.give_idea(by=actor, region=region, submit_key=key, **form.cleaned_data)) is not None:
        return saved(request, _("Thank you. The idea is in the box."), back_to(region))
    return form_page(request, form, title=_("New idea"), button=_("Put it in the box"), back=back_to(region))


@staff_only
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    idea = visible_ideas(actor).select_related("region").filter(pk=pk).first()
    if idea is None:
        raise NotFound
    require(can_begin(actor, idea.region_id))
    form = IdeaAnswerFields(request.POST or None, initial=_said(idea))
    form.tie(request, idea.region, idea)

    def work() -> object:
        given = form.cleaned_data
        return actions.answer_idea(by=actor, idea=idea, state=given["state"], answer=given["answer"], **form.tied())

    if attempt(form, work) is not None:
        return saved(request, _("The idea is answered."), back_to(idea.region))
    return form_page(request, form, title=_("Answer the idea"), button=_("Save"), back=back_to(idea.region), intro=idea.words)


@staff_only
def propose(request: HttpRequest) -> HttpResponse:
    actor, region = actor_of(request), region_of(request)
    require(can_begin(actor, region.pk))
    first = {"sent_on": timezone.localdate(), "plan": key_of(request.GET.get("suunnitelma"))}
    form, key = ProposalFields(request.POST or None, initial=first), request.POST.get("submit_key")
    form.tie(request, region)

    def work() -> Proposal:
        given = {name: form.cleaned_data[name] for name in ("to_body", "words", "sent_on", "answer_by", "plan")}
        return actions.send_proposal(by=actor, region=region, submit_key=key, **given, **form.tied())

    made = attempt(form, work)
    if made is not None:
        to = url_of(made.plan_id) if made.plan_id else back_to(region)
        return saved(request, _("The proposal is written down, and waits for its answer."), to)
    return form_page(request, form, title=_("New proposal"), button=_("Save"), back=back_to(region))


@staff_only
def answered(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    proposal = visible_proposals(actor).select_related("region").filter(pk=pk).first()
    if proposal is None:
        raise NotFound
    require(can_begin(actor, proposal.region_id))
    form = ProposalAnswerFields(request.POST or None, initial={"answered_on": timezone.localdate()})
    if attempt(form, lambda: actions.answer_proposal(by=actor, proposal=proposal, **form.cleaned_data)) is not None:
        return saved(request, _("The answer is written down."), back_to(proposal.region))
    return form_page(request, form, title=_("What was answered"), button=_("Save"), back=back_to(proposal.region), intro=proposal.words)
