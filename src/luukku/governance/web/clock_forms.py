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
from luukku.governance.queries.usual_year import Usual
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


class YearForm(forms.Form):
    """What the year usually holds: each thing ticked, with its days, which can be changed, and a name where it had none the year before."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, usual: Sequence[Usual]) -> None:
        super().__init__(data)
        self.usual = usual
        for each in usual:
            last = each.last_day if each.last_day != each.first_day else None
            name = f"{each.kind.label}: {each.title}" if each.title else str(each.kind.label)
            self.fields[f"{each.key}-on"] = forms.BooleanField(label=name, required=False, initial=True)
            if not each.title:
                self.fields[f"{each.key}-title"] = forms.CharField(label=_("What it is"), max_length=160, required=False)
            self.fields[f"{each.key}-first"] = day_field(_("Day, or the first of them"), required=False, initial=each.first_day)
            self.fields[f"{each.key}-last"] = day_field(_("Last day, if there are several"), required=False, initial=last)
        for field in self.fields.values():
            field.says_optional = False  # type: ignore[attr-defined]

    def rows(self) -> list[tuple[Usual, dict[str, forms.BoundField]]]:
        """Each with its fields by name: `on`, `title` where it is asked, `first`, `last`."""
        return [
            (each, {name: self[f"{each.key}-{name}"] for name in ("on", "title", "first", "last") if f"{each.key}-{name}" in self.fields})
            for each in self.usual
        ]

    def clean(self) -> dict[str, Any]:
        for key in (each.key for each in self.usual if self.cleaned_data.get(f"{each.key}-on")):
            first, last = self.cleaned_data.get(f"{key}-first"), self.cleaned_data.get(f"{key}-last")
            if not self.cleaned_data.get(f"{key}-title", "not asked"):
                self.add_error(f"{key}-title", _("Write what it is."))
            if first is None and f"{key}-first" not in self.errors:
                self.add_error(f"{key}-first", _("Choose the day."))
            if first and last and last < first:
                self.add_error(f"{key}-last", _("It ends before it begins. Mend the days."))
        return self.cleaned_data

    def made(self) -> list[EntryForm]:
        """Those that are ticked. Call after is_valid()."""
        said = self.cleaned_data
        wanted = [each for each in self.usual if said[f"{each.key}-on"]]
        return [
            EntryForm(each.kind, each.title or said[f"{each.key}-title"], said[f"{each.key}-first"], said[f"{each.key}-last"], each.person)
            for each in wanted
        ]


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
