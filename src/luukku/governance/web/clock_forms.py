"""Forms of the annual clock."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from luukku.core.ui.forms import day_field, hour_field
from luukku.desk.models.meeting_kinds import Nth, Weekday
from luukku.governance.actions.clock import EntryForm
from luukku.governance.enums import EntryKind
from luukku.governance.models import ClockEntry
from luukku.governance.models.whose import Whose
from luukku.governance.queries.pages import people_of
from luukku.network.models import Person


class RhythmForm(forms.Form):
    """A group's usual year. It stands in the address, so the days follow it."""

    vuosi = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2099)
    months = forms.MultipleChoiceField(
        label=_("In which months"), choices=[(str(month), name) for month, name in MONTHS.items() if month != 7], widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one month.")},
    )  # fmt: skip
    nth = forms.ChoiceField(label=_("Which one"), choices=Nth.choices)
    weekday = forms.ChoiceField(label=_("Weekday"), choices=Weekday.choices)
    starts = hour_field(_("Begins at"))
    ends = hour_field(_("Ends at"))

    def __init__(self, data: Mapping[str, Any] | None = None, *, months: Sequence[int], year: int) -> None:
        usual = {"vuosi": year, "months": [str(month) for month in months], "nth": 2, "weekday": 1, "starts": "09:00", "ends": "11:00"}
        super().__init__(data, initial=usual)


class DaysForm(forms.Form):
    """The proposed days, each of which can be changed or emptied."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, days: Sequence[date]) -> None:
        super().__init__(data)
        for number, day in enumerate(days, start=1):
            self.fields[f"d{number}"] = day_field(_("Day"), required=False, initial=day)

    def chosen(self) -> list[date]:
        """The days that were left. Call after is_valid()."""
        return [day for day in self.cleaned_data.values() if day is not None]


class EntryFields(forms.Form):
    title = forms.CharField(label=_("What it is"), max_length=160, error_messages={"required": _("Write what it is.")})
    kind = forms.ChoiceField(label=_("Kind"), choices=EntryKind.choices)
    first_day = day_field(_("Day, or the first of them"), error_messages={"required": _("Choose the day.")})
    last_day = day_field(_("Last day, if there are several"), required=False)
    person = forms.ModelChoiceField(Person.objects.none(), label=_("Who sees to it"), required=False, empty_label=_("Nobody in particular"))

    def __init__(self, data: Mapping[str, Any] | None = None, *, whose: Whose, entry: ClockEntry | None = None) -> None:
        names = ("title", "kind", "first_day", "last_day")
        super().__init__(data, initial={name: getattr(entry, name) for name in names} | {"person": entry.person_id} if entry is not None else {})
        self.fields["person"].queryset = people_of(whose)  # type: ignore[attr-defined]

    def made(self) -> EntryForm:
        """What the form says. Call after is_valid()."""
        return EntryForm(**self.cleaned_data)
