"""Forms of reforms of organisations. They check shape; rules are the actions'."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luukku.core.translated import LANGUAGES
from luukku.core.ui.forms import day_field
from luukku.network.actions.reforms.deciding import Part
from luukku.network.models import Organisation, Person, Region, Seat
from luukku.network.queries.labels import NAME
from luukku.network.queries.organisations import by_name

SUCCEEDS = (
    ("yes", _("Yes: its rights and duties go over, and what customers allowed the old one holds for it")),
    ("no", _("No: what customers allowed the old one ends, and its ended matters are read by nobody")),
)


class DayForm(forms.Form):
    """From which day it holds, and by which decision."""

    day = day_field(_("First day"), initial=timezone.localdate, help_text=_("Today or a day to come: then nothing moves before it."))
    why = forms.CharField(
        label=_("By which decision"), max_length=300, required=False, help_text=_("In plain words. Everybody in the network reads it.")
    )


class TargetForm(forms.Form):
    """Who receives: an organisation that is there, or a new one."""

    target = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("To which organisation"), required=False, empty_label=_("A new one, named below")
    )
    new_name = forms.CharField(label=_("Name of the new organisation, in Finnish"), max_length=160, required=False)

    def __init__(self, *args: Any, source: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source = source
        self.fields["target"].queryset = others_than(source)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("target") and not cleaned.get("new_name"):
            self.add_error("target", _("Choose an organisation, or name a new one."))
        return cleaned


class MergeForm(TargetForm, DayForm):
    """An organisation goes over into another one."""

    is_legal = forms.ChoiceField(label=_("Is it the legal successor?"), choices=SUCCEEDS, widget=forms.RadioSelect)
    field_order = ["target", "new_name", "is_legal", "day", "why"]

    def part(self, target: Organisation) -> Part:
        """What the action takes."""
        return Part(source=self.source, target=target, is_legal=self.cleaned_data["is_legal"] == "yes")


class SplitForm(TargetForm, DayForm):
    """A part of an organisation goes to another one."""

    rest = forms.BooleanField(
        label=_("Everything that is left goes over, and the old organisation ends"), required=False,
        help_text=_("Choose this for the last receiver only."),
    )  # fmt: skip
    regions = forms.ModelMultipleChoiceField(
        Region.objects.none(), label=_("Regions that go over"), required=False, widget=forms.CheckboxSelectMultiple
    )
    people = forms.ModelMultipleChoiceField(
        Person.objects.none(), label=_("People who go over"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("With their seats and the open matters that they handle."),
    )  # fmt: skip
    is_legal = forms.BooleanField(
        label=_("The receiver of everything that is left is the legal successor"), required=False,
        help_text=_("Then what customers allowed the old organisation holds for it, and its people read the old one's ended matters."),
    )  # fmt: skip
    field_order = ["target", "new_name", "regions", "people", "rest", "is_legal", "day", "why"]

    def __init__(self, *args: Any, source: Organisation, dated: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, source=source, **kwargs)
        self.fields["regions"].queryset = Region.objects.filter(  # type: ignore[attr-defined]
            participations__organisation=source, participations__valid_until=None
        ).order_by(by_name())
        seats = Seat.objects.filter(organisation=source, valid_until=None).values("person")
        self.fields["people"].queryset = Person.objects.active().filter(pk__in=seats)  # type: ignore[attr-defined]
        if not dated:
            del self.fields["day"], self.fields["why"]

    def part(self, target: Organisation) -> Part:
        """What the action takes."""
        if self.cleaned_data["rest"]:
            return Part(source=self.source, target=target, is_legal=self.cleaned_data["is_legal"])
        regions = [each.pk for each in self.cleaned_data["regions"]]
        people = [each.pk for each in self.cleaned_data["people"]]
        return Part(source=self.source, target=target, everything=False, regions=regions, people=people)


class SourceForm(forms.Form):
    """One more organisation that goes over into the same."""

    source = forms.ModelChoiceField(Organisation.objects.none(), label=_("Which organisation"))
    is_legal = forms.ChoiceField(label=_("Is the receiver its legal successor?"), choices=SUCCEEDS, widget=forms.RadioSelect)

    def __init__(self, *args: Any, target: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = others_than(target)  # type: ignore[attr-defined]

    def part(self, target: Organisation) -> Part:
        """What the action takes."""
        return Part(source=self.cleaned_data["source"], target=target, is_legal=self.cleaned_data["is_legal"] == "yes")


class NameForm(DayForm):
    """A new name from a day on."""

    name_fi = forms.CharField(label=NAME["name_fi"], max_length=160)
    name_sv = forms.CharField(label=NAME["name_sv"], max_length=160, required=False)
    name_en = forms.CharField(label=NAME["name_en"], max_length=160, required=False)
    field_order = ["name_fi", "name_sv", "name_en", "day", "why"]

    def names(self) -> dict[str, str]:
        """By language."""
        return {language: self.cleaned_data[f"name_{language}"] for language in LANGUAGES}


class ParentForm(DayForm):
    """Of which organisation it is a part from a day on."""

    parent = forms.ModelChoiceField(Organisation.objects.none(), label=_("Part of which organisation"))
    field_order = ["parent", "day", "why"]

    def __init__(self, *args: Any, source: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = others_than(source)  # type: ignore[attr-defined]


def others_than(organisation: Organisation) -> Any:
    """Active organisations by name, without one."""
    return Organisation.objects.active().exclude(pk=organisation.pk).order_by(by_name())
