"""The customer's page of a plan: what would be shown to whom, her answers, her word, and what has been stated."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luukku.core.keys import key_of
from luukku.core.ratelimit import limited
from luukku.core.ui.forms import actor_of, attempt
from luukku.desk.enums import ENDED_STATES
from luukku.statements.actions import consent
from luukku.statements.enums import Filler, StatementState
from luukku.statements.models import Plan
from luukku.statements.queries.consent_texts import CONSENT_TEXTS, CONSENT_VERSION
from luukku.statements.queries.statement_page import plan_shown, text_shown
from luukku.statements.web.answer_fields import add_questions, answers_of, initial_of
from luukku.statements.web.door.place import PlanPlace, Response, on_plan
from luukku.statements.web.files import download


class AgreeForm(forms.Form):
    """Her answers to what the form asks of her."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, plan: Plan) -> None:
        super().__init__(data, initial=initial_of(plan.form, plan.answers))
        self.questions = add_questions(self, plan.form, Filler.CUSTOMER) if plan.frozen_at is None else []
        self.version = plan.form

    def answers(self) -> dict[str, Any]:
        """What she answered; empty when the plan stands already. Call after is_valid()."""
        return answers_of(self.version, Filler.CUSTOMER, self.cleaned_data) if self.questions else {}


@limited("plan", limit=60, seconds=3600)
@require_http_methods(["GET", "HEAD", "POST"])
@on_plan
def show(request: HttpRequest, place: PlanPlace) -> Response:
    plan = place.line.plan
    asked = [each for each in place.line.statements if each.state == StatementState.PROPOSED]
    form = AgreeForm(request.POST or None, plan=plan)
    if request.method == "POST":
        done = _answer(request, place, form)
        if done is not None:
            return done
    chosen = set(request.POST.getlist("to")) if request.method == "POST" else {str(each.pk) for each in asked}
    context = {
        "place": place, "case": place.case, "plan": plan_shown(plan), "asked": asked, "form": form, "chosen": chosen,
        "others": [(each, [text_shown(each.form, text) for text in reversed(place.line.texts.get(each.pk, []))])
                   for each in place.line.statements if each.state != StatementState.PROPOSED],
        "consents": plan.consents.all(), "consent": CONSENT_TEXTS[CONSENT_VERSION], "ended": place.case.state in ENDED_STATES,
        "questions": [form[name] for name in form.questions],
    }  # fmt: skip
    return render(request, "statements/door/plan.html", context, status=422 if form.errors else 200)


def _answer(request: HttpRequest, place: PlanPlace, form: AgreeForm) -> Response | None:
    """Where her answer leads; None when something in it must be mended."""
    actor, plan, chosen = actor_of(request), place.line.plan, set(request.POST.getlist("to"))
    out = [each.pk for each in place.line.statements if str(each.pk) not in chosen]
    agreed = plan.consents.filter(pk=key_of(request.POST.get("consent")) or 0, withdrawn_at=None).first()
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "agree": (
            lambda: consent.agree(by=actor, plan=plan, leave_out=out, answers=form.answers()),
            _("Thank you. Your plan is shown to those whom you ticked, and to nobody else."),
        ),
        "refuse": (lambda: consent.refuse(by=actor, plan=plan), _("Nothing is shown to anybody.")),
    }
    if agreed is not None:
        acts["take_back"] = (lambda: consent.take_back(by=actor, consent=agreed), _("Your plan is not shown to them any more."))
    act, words = acts.get(str(request.POST.get("do")), (None, ""))
    if act is not None and attempt(form, act) is None:
        return None
    if words:
        messages.success(request, words)
    return redirect(place.url())


@require_safe
@on_plan
def file(request: HttpRequest, place: PlanPlace, which: int) -> Response:
    return download(plan_shown(place.line.plan), which)
