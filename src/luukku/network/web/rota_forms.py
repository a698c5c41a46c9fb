"""Forms of seats that go round. They check shape; rules are the actions'."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luukku.core.ui.forms import day_field
from luukku.network.access.rotas import ROUND
from luukku.network.actions.rotas import TurnForm
from luukku.network.models import Organisation, Person, Region, Seat
from luukku.network.queries.rotas import holders_today, parties_of, people_around


class _Holders(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        seat: Seat = obj
        return f"{seat.person.name}, {seat.get_role_display()}"


class RotaForm(forms.Form):
    """Which seat goes round, and who holds it now."""

    role = forms.ChoiceField(label=_("Seat"), choices=[(role.value, role.label) for role in ROUND])
    note = forms.CharField(
        label=_("Which one, when there are several"), max_length=120, required=False, help_text=_("Such as the name of the working group.")
    )
    holder = _Holders(
        Seat.objects.none(), label=_("Who holds it now"), required=False, empty_label=_("Nobody"),
        help_text=_("The first turn is theirs, to the end of this year. You can change it afterwards."),
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None = None, *, region: Region) -> None:
        super().__init__(data)
        self.fields["holder"].queryset = holders_today(region)  # type: ignore[attr-defined]


class TurnFields(forms.Form):
    """One turn."""

    first_day = day_field(_("First day"))
    last_day = day_field(_("Last day"))
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Whose turn it is"), required=False, empty_label=_("No organisation: a person's turn")
    )
    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who holds the seat"), required=False, empty_label=_("Not named yet"),
        help_text=_("The seat goes over on the first day by itself. Until somebody is named, the one before goes on."),
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None = None, *, region: Region, initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(initial))
        own = {name: initial[name].pk for name in ("organisation", "person") if initial.get(name) is not None}
        parties, people = parties_of(region), people_around(region)
        if "organisation" in own:  # one that has left the region since stays to be seen
            parties = parties | Organisation.objects.filter(pk=own["organisation"]).distinct()
        if "person" in own:
            people = people | Person.objects.filter(pk=own["person"])
        self.fields["organisation"].queryset = parties  # type: ignore[attr-defined]
        self.fields["person"].queryset = people  # type: ignore[attr-defined]

    def turn(self) -> TurnForm:
        """What the action takes."""
        return TurnForm(**self.cleaned_data)
