"""The list of calls to make, and the one tap by which a missed call is logged."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from luukku.core.errors import NotAllowed
from luukku.core.ui.forms import actor_of, attempt, staff_only
from luukku.desk.access import can_log
from luukku.desk.actions.calls import log_missed_call
from luukku.desk.queries.addresses import case_url
from luukku.desk.queries.calls import call_list
from luukku.desk.queries.logging_choices import logging_choices
from luukku.desk.web.staff.call_phrases import news_words
from luukku.desk.web.staff.frame import desk_only


class MissedForm(forms.Form):
    """The number only."""

    missed = forms.CharField(
        label=gettext_lazy("Missed call: the number"), max_length=40, widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write the number that called.")},
    )  # fmt: skip


@require_safe
@desk_only
def index(request: HttpRequest) -> HttpResponse:
    found = call_list(actor_of(request))
    context = {"news": [(each, news_words(each.news)) for each in found.news], "missed": found.missed, "form": MissedForm()}
    return render(request, "desk/staff/calls.html", context)


@require_POST
@staff_only
def missed(request: HttpRequest) -> HttpResponse:
    """One tap: the number only. At the actor's first desk, or the one that was chosen."""
    actor = actor_of(request)
    if not can_log(actor):
        raise NotAllowed
    own = logging_choices(actor).own
    desk = next((each for each in own if str(each.pk) == request.POST.get("desk")), own[0] if own else None)
    if desk is None:
        return render(request, "desk/staff/log_closed.html")
    given = request.POST.copy()
    given.setdefault("missed", given.get("caller") or given.get("phone") or "")  # one tap on the form of a logged contact
    form = MissedForm(given)
    case = attempt(form, lambda: log_missed_call(by=actor, desk=desk, phone=form.cleaned_data["missed"], submit_key=request.POST.get("submit_key")))
    if case is None:
        found = call_list(actor)
        context = {"news": [(each, news_words(each.news)) for each in found.news], "missed": found.missed, "form": form}
        return render(request, "desk/staff/calls.html", context, status=422)
    messages.success(request, _("%(number)s waits for a call back, and its clock runs.") % {"number": case.number})
    return redirect(case_url(case.number))
