"""Forms of projects. They check shape; rules are the actions'."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luukku.core.ui.forms import day_field, words_field
from luukku.development.actions.projects import PartForm, ProjectForm
from luukku.development.models import Project, ProjectPart
from luukku.network.models import Organisation, Person, Region

MOST = 2_000_000_000
FIELDS = ("name", "funder", "starts_on", "ends_on", "goals", "target_group", "method", "participants", "wants", "website", "region", "contact")


def _number(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=MOST, widget=forms.TextInput(attrs={"inputmode": "numeric"}))


def _offer(field: forms.Field, rows: Sequence[Region] | Sequence[Person] | Sequence[Organisation]) -> None:
    """These are to be chosen from, in their order."""
    assert isinstance(field, forms.ModelChoiceField)
    assert field.queryset is not None
    field.queryset = field.queryset.model._default_manager.filter(pk__in=[each.pk for each in rows])
    field.choices = [("", field.empty_label), *((each.pk, str(each.name)) for each in rows)]


class _Part(forms.Form):
    what = words_field(_("What your organisation does in it"), 3)
    budget = _number(_("Your organisation’s own budget, euros"))


class EditPartForm(_Part):
    """One organisation's part: what it does, its euros, who has taken part with it."""

    companies = _number(_("Companies that have taken part with you"))
    people = _number(_("People who have taken part with you"))

    def __init__(self, data: Mapping[str, Any] | None = None, *, part: ProjectPart | None = None) -> None:
        super().__init__(data, initial={name: getattr(part, name) for name in self.base_fields} if part is not None else {})

    def form(self) -> PartForm:
        """Call after is_valid()."""
        return PartForm(**self.cleaned_data)


class EditProjectForm(forms.Form):
    """The whole project. Whom to ask is chosen among the lead's people."""

    name = forms.CharField(label=_("Name of the project"), max_length=160)
    region = forms.ModelChoiceField(Region.objects.none(), label=_("Region"))
    contact = forms.ModelChoiceField(Person.objects.none(), label=_("Whom to ask"))
    goals = words_field(_("What is aimed at"), 4)
    target_group = forms.CharField(label=_("Whom it is for"), max_length=200)
    starts_on = day_field(_("From"))
    ends_on = day_field(_("Until"))
    funder = forms.CharField(label=_("Funder"), max_length=120, required=False)
    method = words_field(_("How it is done"), 3, required=False)
    participants = forms.CharField(label=_("Who takes part"), max_length=200, required=False)
    wants = words_field(_("Who could come along, and with what"), 2, required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, regions: Sequence[Region], people: Sequence[Person], project: Project | None = None,
        person_id: int | None = None,
    ) -> None:  # fmt: skip
        initial: dict[str, Any] = {"region": regions[0].pk if regions else None, "contact": person_id}
        if project is not None:
            initial = {name: getattr(project, name) for name in FIELDS}
        super().__init__(data, initial=initial)
        _offer(self.fields["region"], regions)
        _offer(self.fields["contact"], people)

    def form(self) -> ProjectForm:
        """Call after is_valid()."""
        return ProjectForm(**{name: self.cleaned_data[name] for name in FIELDS})


class NewProjectForm(EditProjectForm, _Part):
    """A project with the lead's own part."""

    field_order = ("name", "region", "contact", "goals", "target_group", "starts_on", "ends_on", "what", "budget")

    def part(self) -> PartForm:
        """Call after is_valid()."""
        return PartForm(self.cleaned_data["what"], self.cleaned_data["budget"])


class OutputForm(forms.Form):
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"))
    title = forms.CharField(label=_("What it is"), max_length=160)
    words = words_field(_("How others use it"), 3, required=False)
    url = forms.URLField(label=_("Where it is found (address)"), required=False, assume_scheme="https")

    def __init__(self, data: Mapping[str, Any] | None = None, *, organisations: Sequence[Organisation]) -> None:
        super().__init__(data, initial={"organisation": organisations[0].pk if organisations else None})
        _offer(self.fields["organisation"], organisations)
