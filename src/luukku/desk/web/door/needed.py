"""On her own page the customer says by which day she needs it."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luukku.core.ratelimit import limited
from luukku.core.ui.forms import actor_of, attempt
from luukku.desk.actions.needed import say_needed_by
from luukku.desk.web.door.forms import SendForm
from luukku.desk.web.door.place import Place, Response, on_case


class NeededForm(forms.Form):
    needed_by = SendForm.base_fields["needed_by"]


@limited("needed", limit=60, seconds=3600)
@require_http_methods(["GET", "POST"])
@on_case
def needed(request: HttpRequest, place: Place) -> Response:
    case = place.page.case
    if place.page.ended:
        return redirect(place.url())
    form = NeededForm(request.POST or None, initial={"needed_by": case.needed_by})
    if attempt(form, lambda: say_needed_by(by=actor_of(request), case=case, day=form.cleaned_data["needed_by"])):
        messages.success(request, _("Thank you. Those who handle your matter see the day."))
        return redirect(place.url())
    return render(request, "desk/door/needed.html", {"place": place, "case": case, "form": form}, status=422 if form.errors else 200)
