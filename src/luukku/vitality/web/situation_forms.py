"""Forms of situations. They check shape; rules are the actions'."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luukku.core.ui.forms import day_field, words_field
from luukku.network.models import Person
from luukku.vitality.enums import CountKind, SituationKind
from luukku.vitality.web.forms import choose, line, number


class SituationFields(forms.Form):
    kind = forms.ChoiceField(label=_("What it is"), choices=SituationKind.choices)
    name = line(_("Name of the situation"), 160, required=True)
    words = words_field(_("What has happened"), 4, required=False)


class PartyForm(forms.Form):
    person = forms.ModelChoiceField(Person.objects.none(), label=_("Whom the others ask there"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, people: Sequence[Person]) -> None:
        super().__init__(data)
        choose(self, "person", people)


class CompanyForm(forms.Form):
    business_id = line(_("Business ID"), 12, required=True)
    affected = number(_("Jobs that go, or people laid off"), required=True, max_value=1_000_000)
    words = line(_("More about it"), 200)


class MeasureForm(forms.Form):
    words = line(_("What is done"), 200, required=True)
    who = forms.ChoiceField(label=_("Who sees to it"))
    by_day = day_field(_("By which day"))

    def __init__(self, data: Mapping[str, Any] | None = None, *, people: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> None:
        super().__init__(data)
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose")), *people]


class DoneForm(forms.Form):
    outcome = words_field(_("What came of it"), 3, required=False)


class CountForm(forms.Form):
    kind = forms.ChoiceField(label=_("What is counted"), choices=CountKind.choices)
    people = number(_("How many people"), required=True, max_value=1_000_000)
    day = day_field(_("On which day"))


class NoteForm(forms.Form):
    words = words_field(_("What happened"), 4)


class CloseForm(forms.Form):
    summary = words_field(_("What was done, and what came of it"), 6)
