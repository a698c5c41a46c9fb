"""Months later: has what was written down as the outcome held, and what would have come of it without help."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from luukku.core.ratelimit import limited
from luukku.core.ui.forms import actor_of, attempt
from luukku.desk.actions.outcome_checks import LONGEST, Answer, answer_outcome
from luukku.desk.enums import Held, OutcomeKind, WithoutHelp
from luukku.desk.models import Outcome, OutcomeCheck
from luukku.desk.queries.after import figures_of, latest_check, outcomes_of
from luukku.desk.web.door.place import Place, Response, on_case

_LABELS = {
    OutcomeKind.FINANCE: gettext_lazy("Finance obtained by now, euros"),
    OutcomeKind.INVESTMENT: gettext_lazy("Invested by now, euros"),
    OutcomeKind.EXPORT: gettext_lazy("Export in a year by now, euros"),
    OutcomeKind.JOBS: gettext_lazy("Jobs created or kept by now"),
    OutcomeKind.RECRUITED: gettext_lazy("People recruited by now"),
}


class OutcomeCheckForm(forms.Form):
    """Two choices, a number for each outcome that has one, and words if she likes."""

    held = forms.ChoiceField(
        label=gettext_lazy("Has it held?"),
        choices=Held,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether it has held.")},
    )
    without_help = forms.ChoiceField(
        label=gettext_lazy("What would have come of it without our help?"), choices=WithoutHelp, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what would have come of it without help.")},
    )  # fmt: skip
    business_id = forms.CharField(label=gettext_lazy("Business ID, if the business has one by now"), required=False, max_length=12)
    words = forms.CharField(
        label=gettext_lazy("Would you like to say more?"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, data: Any, *, check: OutcomeCheck, outcomes: list[Outcome]) -> None:
        super().__init__(data, initial={"held": check.held, "without_help": check.without_help, "words": check.words})
        self.keys = []
        for key, (outcome, told) in figures_of(outcomes).items():
            label = str(_LABELS[OutcomeKind(outcome.kind)])
            if outcome.finance:
                label = _("%(what)s obtained by now, euros") % {"what": outcome.get_finance_display()}
            field = forms.IntegerField(label=label, required=False, min_value=0, max_value=2_000_000_000)
            field.widget.attrs = {"inputmode": "numeric"}
            self.fields[f"n_{key}"] = field
            self.initial[f"n_{key}"] = check.figures.get(key, told)
            self.keys.append(key)
        if not any(each.kind == OutcomeKind.STARTED and not each.business_id for each in outcomes):
            del self.fields["business_id"]
        self.order_fields(["held", "business_id", *(f"n_{key}" for key in self.keys), "without_help", "words"])

    @property
    def figures(self) -> dict[str, int]:
        given = {key: self.cleaned_data.get(f"n_{key}") for key in self.keys}
        return {key: number for key, number in given.items() if number is not None}

    @property
    def answer(self) -> Answer:
        """Call after is_valid()."""
        given = self.cleaned_data
        return Answer(given["held"], given["without_help"], self.figures, given["words"], given.get("business_id", ""))


@limited("outcome", limit=60, seconds=3600)
@require_http_methods(["GET", "HEAD", "POST"])
@on_case
def outcome(request: HttpRequest, place: Place) -> Response:
    """The question, and the answer as it stands. Leads to the matter's page when nothing has been asked."""
    check, outcomes = latest_check(place.page.case.pk), outcomes_of(place.page.case.pk)
    if check is None:
        return redirect(place.url())
    form = OutcomeCheckForm(request.POST or None, check=check, outcomes=outcomes)

    def work() -> OutcomeCheck:
        return answer_outcome(by=actor_of(request), check=check, answer=form.answer)

    if form.is_bound and attempt(form, work) is not None:
        messages.success(request, _("Thank you. Your answer tells us what our work comes to."))
        return redirect(place.url("outcome"))
    context = {"place": place, "case": place.page.case, "form": form, "check": check, "outcomes": outcomes}
    return render(request, "desk/door/outcome.html", context, status=422 if form.errors else 200)
