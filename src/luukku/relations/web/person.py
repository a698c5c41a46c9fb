"""A person at a company asks what is held of her, or that it be taken out: found in the visits, leads and account plans that the reader reads."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from luukku.core.ui.forms import actor_of, attempt, staff_only
from luukku.network.access import require
from luukku.relations.access import works_with_companies
from luukku.relations.actions.forgetting import take_person_out
from luukku.relations.queries.persons import Sought, find_person


class SoughtForm(forms.Form):
    """Sent and never put into an address: it is her data."""

    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Phone"), required=False, max_length=40)
    name = forms.CharField(label=_("Name, also in what was written"), required=False, max_length=120)
    sure = forms.BooleanField(label=_("I have made sure that whoever asks is the person in question"), required=False)

    def sought(self) -> Sought:
        return Sought(*(self.cleaned_data[name] for name in ("name", "email", "phone")))


@require_http_methods(["GET", "POST"])
@staff_only
def person(request: HttpRequest) -> HttpResponse:
    """Asked by POST, since names and addresses do not belong into addresses of pages; with `take_out` her contact data go."""
    actor = actor_of(request)
    require(works_with_companies(actor))
    form = SoughtForm(request.POST or None)
    asked = form.is_bound and form.is_valid()
    if asked and "take_out" in request.POST:
        done = attempt(form, lambda: take_person_out(by=actor, sought=form.sought(), sure=form.cleaned_data["sure"]))
        if done is not None:
            words = ngettext("The contact data went from %(n)s place.", "The contact data went from %(n)s places.", done)
            messages.success(request, words % {"n": done})
            return redirect("relations:person")
    found = find_person(actor, form.sought()) if asked else None
    context = {"form": form, "found": found}
    return render(request, "relations/person.html", context, status=422 if form.errors else 200)
