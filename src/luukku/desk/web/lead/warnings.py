"""When the region's people are warned: the coordinator sets it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luukku.core.ui.forms import actor_of, attempt, form_page, saved, staff_only
from luukku.desk.actions.warning_times import Times, set_warning_times, warning_times
from luukku.desk.models import WarningTimes
from luukku.network.access import can_edit_region, get_region, require

_BEFORE, _AFTER = "before", "after"
_WHEN = ((_BEFORE, gettext_lazy("Before the promise breaks")), (_AFTER, gettext_lazy("After it has broken")))
_NAMES = ("handler_minutes", "lead_minutes", "coordinator_minutes")


def _hours(label: Any, help_text: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, help_text=help_text, min_value=0, max_value=80, max_digits=4, decimal_places=1, localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-4"}),
        error_messages={"invalid": gettext_lazy("Give hours as a number, such as 4 or 1,5.")},
    )  # fmt: skip


class WarningTimesForm(forms.Form):
    """Working hours; the action counts in minutes."""

    handler_minutes = _hours(gettext_lazy("The handler, working hours before"), gettext_lazy("Half a working day is 4."))
    lead_minutes = _hours(gettext_lazy("The desk lead, working hours before"), gettext_lazy("With 0 the desk lead is told when the promise breaks."))
    coordinator_minutes = _hours(
        gettext_lazy("The coordinator, working hours"),
        gettext_lazy("The coordinator is told the number, the desk and the limit only. A working day is 8."),
    )
    when = forms.ChoiceField(label=gettext_lazy("When the coordinator is told"), choices=_WHEN, widget=forms.RadioSelect)

    still_waiting = forms.BooleanField(
        required=False, label=gettext_lazy("Tell customers that a matter still waits"),
        help_text=gettext_lazy("A working day before they must hear from somebody, when the matter waits for others than them. "
                               "The promise is not kept by it: the handler is told that the message went, and still writes or calls."),
    )  # fmt: skip

    def times(self) -> Times:
        """What the action takes."""
        minutes = {name: int(self.cleaned_data[name] * 60) for name in _NAMES}
        if self.cleaned_data["when"] == _AFTER:
            minutes["coordinator_minutes"] *= -1
        return Times(**minutes, still_waiting=self.cleaned_data["still_waiting"])


def _initial(present: WarningTimes) -> dict[str, Any]:
    hours: dict[str, Any] = {name: Decimal(abs(getattr(present, name))) / 60 for name in _NAMES}
    return hours | {"when": _AFTER if present.coordinator_minutes < 0 else _BEFORE, "still_waiting": present.still_waiting}


@staff_only
def times(request: HttpRequest, code: str) -> HttpResponse:
    """The page of one region's times."""
    actor = actor_of(request)
    region = get_region(actor, code)
    require(can_edit_region(actor, region.pk))
    present = warning_times(region)
    form = WarningTimesForm(request.POST or None, initial=_initial(present))
    back = f"{reverse('desk:lateness')}?region={region.code}"
    if attempt(form, lambda: set_warning_times(by=actor, region=region, times=form.times())):
        return saved(request, _("The times are saved. The next round of warnings goes by them."), back)
    intro = _("A promise that is about to break is told to its handler first, then to the desk lead and then to you. Each is told once, "
              "in one mail for all, and only during working hours.")  # fmt: skip
    return form_page(request, form, title=_("Warnings, %(region)s") % {"region": region.name}, button=_("Save"), back=back, intro=intro)
