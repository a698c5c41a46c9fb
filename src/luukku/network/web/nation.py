"""The nation's own page of rules: its keepers read and change them, with their history."""

import re
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from luukku.core.ui.forms import attempt, form_page, saved, staff_only
from luukku.network.actions.nation import NationDetails, edit_nation
from luukku.network.models import NationRules
from luukku.network.queries.history import nation_history
from luukku.network.queries.labels import FIELDS
from luukku.network.queries.nation import kept_rules
from luukku.network.web.forms import initial_of
from luukku.network.web.keepers import keeper
from luukku.network.web.region_forms import days

_N = FIELDS[NationRules]
_HERE = gettext_lazy("Holds in regions that have decided nothing else.")
_NEW = gettext_lazy("What a new region begins with; regions that are there keep theirs.")


def _day(words: str) -> date:
    """Raises ValueError; for a year in two figures, too, which would otherwise be one of the first century."""
    day, month, year = (int(part) for part in words.split("."))
    if year < 1000:
        raise ValueError(words)
    return date(year, month, day)


class DaysField(forms.Field):
    """Days, written one after another."""

    widget = forms.Textarea(attrs={"rows": 2})

    def to_python(self, value: Any) -> list[date]:
        """Raises ValidationError, which names what is no day."""
        found = []
        for each in re.split(r"[,;\s]+", (value or "").strip()):
            try:
                found += [_day(each)] if each else []
            except (ValueError, TypeError, OverflowError):
                raise forms.ValidationError(_("Write days like 24.12.2026. This is none: %(what)s"), params={"what": each[:40]}) from None
        return found

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else ", ".join(f"{day.day}.{day.month}.{day.year}" for day in value or ())


class NationForm(forms.Form):
    """Everything that the nation decides, on one page."""

    phone = forms.CharField(label=_N["phone"], max_length=40, required=False, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}))
    hours = forms.CharField(label=_N["hours"], max_length=60, required=False, help_text=gettext_lazy("For example 8–16, or 8.30–12, 13–18."))
    saturday_hours = forms.CharField(label=_N["saturday_hours"], max_length=60, required=False)
    sunday_hours = forms.CharField(label=_N["sunday_hours"], max_length=60, required=False, help_text=gettext_lazy("Empty: the door is closed."))
    closing_days = DaysField(
        label=_N["closing_days"], required=False, help_text=gettext_lazy("For example 24.12.2026, 31.12.2026. Public holidays are known already.")
    )
    review_months = days(_N["review_months"], 36, help_text=_HERE)
    status_link_days = days(_N["status_link_days"], 730, help_text=_HERE)
    outside_link_days = days(_N["outside_link_days"], 365, help_text=_HERE)
    taken_up_days = days(_N["taken_up_days"], 60, help_text=_NEW)
    informed_days = days(_N["informed_days"], 60, help_text=_NEW)
    guided_days = days(_N["guided_days"], 60, help_text=_NEW)
    feedback_gap_days = days(_N["feedback_gap_days"], 365, help_text=_NEW)

    def details(self) -> NationDetails:
        """What the action takes."""
        given: dict[str, Any] = self.cleaned_data
        return NationDetails(**given)


@staff_only
def edit(request: HttpRequest) -> HttpResponse:
    actor = keeper(request)
    form = NationForm(request.POST or None, initial=initial_of(kept_rules(), NationDetails))
    if attempt(form, lambda: edit_nation(by=actor, details=form.details())):
        return saved(request, _("The rules are saved. Other pages follow within a minute."), reverse("network:nation"))
    return form_page(
        request, form, title=_("Rules of the whole country"), button=_("Save"), back=reverse("network:regions"), template="network/nation.html"
    )


@require_GET
@staff_only
def history(request: HttpRequest) -> HttpResponse:
    keeper(request)
    context = {"title": _("Rules of the whole country"), "back": reverse("network:nation"), "changes": nation_history()}
    return render(request, "network/history.html", context)
