"""How long things are kept: the network reads it, the national owner says it."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from luukku.core.errors import NotFound
from luukku.core.ui.forms import actor_of, attempt, form_page, saved, staff_only
from luukku.network.access import can_edit_network, is_inside, require
from luukku.privacy.actions.keeping import set_time
from luukku.privacy.queries.keeping import former_times, kept_times


class TimeForm(forms.Form):
    months = forms.IntegerField(label=gettext_lazy("Months"), widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    basis = forms.CharField(label=gettext_lazy("Section of the law, or decision"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


@require_safe
@staff_only
def show(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(is_inside(actor))
    context = {"times": kept_times(), "former": former_times(), "can_edit": can_edit_network(actor)}
    return render(request, "privacy/staff/times.html", context)


@require_http_methods(["GET", "POST"])
@staff_only
def edit(request: HttpRequest, key: str) -> HttpResponse:
    actor = actor_of(request)
    require(can_edit_network(actor))
    line = next((each for each in kept_times() if each.key == key), None)
    if line is None:
        raise NotFound
    form = TimeForm(request.POST if request.method == "POST" else None, initial={"months": line.months, "basis": line.basis})
    if attempt(form, lambda: set_time(by=actor, key=key, **form.cleaned_data)):
        return saved(request, _("The time is changed. It holds from the next night on."), reverse("privacy:times"))
    return form_page(request, form, title=line.label, button=_("Save"), back=reverse("privacy:times"), intro=line.purpose)
