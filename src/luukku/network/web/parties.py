"""The page on which a region's coordinator says which organisations take part: those in the network already, and new ones by name and kind."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from luukku.core.submissions import once
from luukku.core.ui.forms import actor_of, attempt, saved, staff_only
from luukku.network import access
from luukku.network.actions.organisations import OrganisationDetails
from luukku.network.actions.parties import take_in_parties
from luukku.network.models import Organisation, Participation, Region
from luukku.network.models.places import RegionArea
from luukku.network.queries.organisations import by_name, organisation_types

ROWS = 6  # of new ones at a time


def around(region: Region) -> "QuerySet[Organisation]":
    """Organisations that take part in other regions of the area today and not in this one, by name."""
    today = timezone.localdate()
    areas = RegionArea.objects.on(today).filter(region=region).values("area")
    near = RegionArea.objects.on(today).filter(area__in=areas).values("region")
    parts = Participation.objects.on(today)
    there = Organisation.objects.active().filter(pk__in=parts.filter(region__in=near).values("organisation"))
    return there.exclude(pk__in=parts.filter(region=region).values("organisation")).order_by(by_name())


class PartiesForm(forms.Form):
    """Organisations to tick, and rows for new ones."""

    known = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label=_("In the network already, elsewhere in the area"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["known"].queryset = around(region)  # type: ignore[attr-defined]
        for row in range(ROWS):
            off = forms.TextInput(attrs={"autocomplete": "off"})
            self.fields[f"name_{row}"] = forms.CharField(label=_("Name"), max_length=160, required=False, widget=off)
            self.fields[f"type_{row}"] = forms.ModelChoiceField(organisation_types(), label=_("Kind"), required=False)

    def rows(self) -> list[tuple[int, list[forms.BoundField]]]:
        """Numbers from 1, each with its two fields."""
        return [(row + 1, [self[f"name_{row}"], self[f"type_{row}"]]) for row in range(ROWS)]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        for row in range(ROWS):
            name, kind = told.get(f"name_{row}"), told.get(f"type_{row}")
            if name and not kind:
                self.add_error(f"type_{row}", gettext("Choose what kind of organisation it is."))
            if kind and not name:
                self.add_error(f"name_{row}", gettext("Write its name, or take the kind away."))
        if not self.errors and not told.get("known") and not any(told.get(f"name_{row}") for row in range(ROWS)):
            raise forms.ValidationError(gettext("Choose one organisation at least, or write the name of a new one."))
        return told

    def new(self) -> dict[str, OrganisationDetails]:
        """Those that are written, by the field of their name."""
        told = self.cleaned_data
        rows = [row for row in range(ROWS) if told[f"name_{row}"]]
        return {f"name_{row}": OrganisationDetails(type=told[f"type_{row}"], name_fi=told[f"name_{row}"]) for row in rows}


@staff_only
def parties(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    region = access.get_region(actor, code)
    access.require(access.can_edit_region(actor, region.pk) or access.can_edit_network(actor))
    form = PartiesForm(request.POST or None, region=region)

    def work() -> int:
        return len(take_in_parties(by=actor, region=region, known=list(form.cleaned_data["known"]), new=form.new()))

    made = attempt(form, lambda: once(request.POST.get("submit_key"), work))
    if made is not None:
        words = ngettext("%(n)s organisation takes part from today.", "%(n)s organisations take part from today.", made) % {"n": made}
        return saved(request, words, reverse("network:region", args=[code]))
    return render(request, "network/parties.html", {"form": form, "region": region}, status=422 if form.errors else 200)
