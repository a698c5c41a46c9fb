"""The hours of a bought-in shepherd for one customer."""

from decimal import Decimal

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from luukku.core.errors import NotFound
from luukku.core.ui.forms import actor_of, attempt, day_field, do_now, saved
from luukku.customers.access import get_kept, visible_hours
from luukku.customers.actions.hours import log_hours, take_back_hours
from luukku.customers.models import Contact, Shepherd
from luukku.desk.web.shepherd.frame import keepers_only


class HoursForm(forms.Form):
    day = day_field(gettext_lazy("Day"), error_messages={"required": gettext_lazy("Choose the day.")})
    hours = forms.DecimalField(
        label=gettext_lazy("Hours"), min_value=Decimal("0.01"), max_value=24, max_digits=4, decimal_places=2, localize=True,
        help_text=gettext_lazy("Such as 1.5"), error_messages={"required": gettext_lazy("Write the hours of one day, such as 1.5.")},
    )  # fmt: skip
    words = forms.CharField(
        label=gettext_lazy("What you did"), max_length=200, help_text=gettext_lazy("The buyer reads this. Leave out what is the customer’s own."),
        error_messages={"required": gettext_lazy("Say in at most 200 letters what you did.")},
    )  # fmt: skip


@keepers_only
def hours(request: HttpRequest, pk: int) -> HttpResponse:
    """What has been logged, and a form for more."""
    actor, kept = actor_of(request), _kept(request, pk)
    form = HoursForm(request.POST or None, initial={"day": timezone.localdate()})
    key = request.POST.get("submit_key")
    if attempt(form, lambda: log_hours(by=actor, shepherd=kept, **form.cleaned_data, submit_key=key)):
        return saved(request, _("The hours are logged."), _address(pk))
    rows = list(visible_hours(actor, kept))
    context = {
        "kept": kept, "form": form, "rows": [(row, row.minutes / 60) for row in rows], "contract": kept.contract,
        "used": sum(row.minutes for row in rows if row.taken_back_at is None) / 60,
        "whole": kept.contract.minutes / 60 if kept.contract else 0, "whole_used": kept.contract.minutes_used / 60 if kept.contract else 0,
        "contact": Contact.objects.filter(customer_id=kept.customer_id).first(),
    }  # fmt: skip
    return render(request, "desk/shepherd/hours.html", context, status=422 if form.errors else 200)


@require_POST
@keepers_only
def take_back(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    actor, kept = actor_of(request), _kept(request, pk)
    logged = get_object_or_404(visible_hours(actor, kept), pk=entry)
    return do_now(request, lambda: take_back_hours(by=actor, hours=logged), done=_("Taken back: these hours are not counted."), to=_address(pk))


def _kept(request: HttpRequest, pk: int) -> Shepherd:
    kept = get_kept(actor_of(request), pk)
    if kept.contract_id is None:
        raise NotFound
    return kept


def _address(pk: int) -> str:
    return reverse("desk:shepherd_hours", args=[pk])
