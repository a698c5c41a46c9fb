"""The customer's page of one question: may other organisations discuss her matter by name. Yes, no, some of them; and her word taken back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from luukku.core.errors import NotFound
from luukku.core.ratelimit import limited
from luukku.core.ui.forms import actor_of, attempt
from luukku.desk.actions.case_meetings.consent import answer, withdraw_consent
from luukku.desk.queries.case_meetings.consent import CONSENT_TEXTS
from luukku.desk.queries.case_meetings.for_customer import Word
from luukku.desk.web.door.place import Place, Response, on_case
from luukku.desk.web.staff.act_forms import PlainForm


class AllowForm(forms.Form):
    """Which organisations may know."""

    allowed = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Who may discuss it"), coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one organisation, or choose no.")},
    )  # fmt: skip

    def __init__(self, data: Any = None, *, word: Word) -> None:
        chosen = word.consent.allowed if word.is_given else word.consent.organisations
        super().__init__(data, initial={"allowed": list(chosen)})
        self.fields["allowed"].choices = [(each.pk, str(each.name)) for each in word.asked]  # type: ignore[attr-defined]


@limited("case-meeting", limit=60, seconds=3600)
@require_http_methods(["GET", "HEAD", "POST"])
@on_case
def show(request: HttpRequest, place: Place, pk: int) -> Response:
    word = next((each for each in place.page.talks.words if each.consent.pk == pk), None)
    if word is None:
        raise NotFound
    actor, do = actor_of(request), request.POST.get("do")
    form = AllowForm(request.POST if do == "yes" else None, word=word)
    if do == "no":
        if attempt(PlainForm(request.POST), lambda: withdraw_consent(by=actor, consent=word.consent)):
            messages.success(request, _("Nobody sees your matter by the meeting."))
        return redirect(place.url())
    if attempt(form, lambda: answer(by=actor, consent=word.consent, allowed=form.cleaned_data["allowed"])):
        messages.success(request, _("Thank you. Those that you ticked may discuss your matter, and nobody else."))
        return redirect(place.url())
    context = {"place": place, "case": place.page.case, "word": word, "form": form, "text": CONSENT_TEXTS[word.consent.version]}
    return render(request, "desk/door/case_meetings/show.html", context, status=422 if form.errors else 200)
