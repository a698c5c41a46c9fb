"""Is it right what was written down as having come of her matter? The mail's link says yes; a POST keeps it, since a link may not change anything."""

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
from luukku.desk.actions.claims import MOST, Said, answer_claims
from luukku.desk.enums import FIGURE_OF, ClaimWord, OutcomeKind, WithoutHelp
from luukku.desk.models import Outcome
from luukku.desk.queries.outcome_words import came_words
from luukku.desk.web.door.place import Place, Response, on_case

YES = "yes"  # in the mail's address
_FIGURES = {"count": gettext_lazy("If not quite: the right number of people"), "amount": gettext_lazy("If not quite: the right euros")}


class ClaimsForm(forms.Form):
    """A choice for each claim, with the right figure where it has one; and once for all, what would have come of it without help."""

    without_help = forms.ChoiceField(
        label=gettext_lazy("What would have come of it without our help?"), choices=WithoutHelp, widget=forms.RadioSelect, required=False
    )

    def __init__(self, data: Any, *, claims: list[Outcome], yes: bool = False) -> None:
        super().__init__(data, initial={"without_help": next((each.without_help for each in claims), "")})
        self.claims = claims
        for each in claims:
            has_figure = OutcomeKind(each.kind) in FIGURE_OF
            words = [(word.value, word.label) for word in ClaimWord if has_figure or word != ClaimWord.CORRECTED]
            self.fields[f"word_{each.pk}"] = forms.ChoiceField(
                label=came_words(each), choices=words, widget=forms.RadioSelect, initial=each.word or (ClaimWord.CONFIRMED.value if yes else ""),
                error_messages={"required": gettext_lazy("Choose whether it is right.")},
            )  # fmt: skip
            if has_figure:
                label = _FIGURES[FIGURE_OF[OutcomeKind(each.kind)]]
                figure = forms.IntegerField(label=label, required=False, min_value=0, max_value=MOST, initial=each.word_figure)
                figure.widget.attrs = {"inputmode": "numeric"}
                self.fields[f"figure_{each.pk}"] = figure

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """For each claim its choice, and its figure or None."""
        return [(self[f"word_{each.pk}"], self[f"figure_{each.pk}"] if f"figure_{each.pk}" in self.fields else None) for each in self.claims]

    def said(self) -> list[Said]:
        given = self.cleaned_data
        return [Said(each.pk, given[f"word_{each.pk}"], given.get(f"figure_{each.pk}")) for each in self.claims]


@limited("claims", limit=60, seconds=3600)
@require_http_methods(["GET", "HEAD", "POST"])
@on_case
def claims(request: HttpRequest, place: Place) -> Response:
    """The question, and the answer as it stands. Leads to the matter's page when there is nothing to ask about."""
    found = place.page.claims
    if not found:
        return redirect(place.url())
    yes = request.GET.get("oikein") == YES and not any(each.word for each in found)
    form = ClaimsForm(request.POST or None, claims=found, yes=yes)

    def work() -> list[Outcome]:
        return answer_claims(by=actor_of(request), case=place.page.case, said=form.said(), without_help=form.cleaned_data["without_help"])

    if form.is_bound and attempt(form, work) is not None:
        messages.success(request, _("Thank you. Your answer tells us what our work comes to."))
        return redirect(place.url("claims"))
    answered = all(each.word for each in found)
    context = {"place": place, "case": place.page.case, "form": form, "answered": answered, "yes": yes}
    return render(request, "desk/door/claims.html", context, status=422 if form.errors else 200)
