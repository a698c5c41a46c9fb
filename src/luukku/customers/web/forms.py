"""Forms of the companies' screens. They check shape; rules are the actions'."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luukku.core.ui.forms import day_field
from luukku.customers.actions.establishments import Place
from luukku.customers.actions.facts import Value
from luukku.customers.enums import Export, FactField, FactSource, Growth, IndustrySystem, LifeStage
from luukku.customers.models import Company
from luukku.network.queries.regions import municipalities_today

_NOT_KNOWN = ("", _("Not known"))
_YES_NO = (_NOT_KNOWN, ("yes", _("Yes")), ("no", pgettext_lazy("answer", "No")))
_BOOLEANS: dict[str, Value] = {"": None, "yes": True, "no": False}
_LABELS = dict(FactField.choices)


def _text(field: str, length: int = 200, **options: Any) -> forms.CharField:
    return forms.CharField(label=_LABELS[field], max_length=length, required=False, **options)


def _number(field: str, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=_LABELS[field], min_value=0, required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}), **options)


def _choice(field: str, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=_LABELS[field], choices=[_NOT_KNOWN, *choices], required=False)


def place_choices() -> list[tuple[str, str]]:
    return [("", str(_NOT_KNOWN[1])), *((each.code, str(each.name)) for each in municipalities_today())]


class FactsForm(forms.Form):
    """A company's public facts as an organisation knows them. What is left as it stands is not stated."""

    source = forms.ChoiceField(
        label=_("Where do you know it from?"), choices=FactSource.choices, widget=forms.RadioSelect, initial=FactSource.COMPANY
    )
    stated_on = day_field(_("As of which day?"))
    tags = _text("tags", 600, help_text=_("Words by which companies are gathered, with commas between, such as: subcontracting, green transition."))
    persons = _number("persons", max_value=2_000_000)
    turnover = _number("turnover", max_value=10**13)
    balance = _number("balance", max_value=10**13)
    figures_year = _number("figures_year", max_value=2200)
    export = _choice("export", Export.choices)
    growth = _choice("growth", Growth.choices)
    stage = _choice("stage", LifeStage.choices)
    is_foreign_owned = forms.ChoiceField(label=_LABELS["is_foreign_owned"], choices=_YES_NO, required=False)
    parent = _text("parent", 9, help_text=_("Its business ID, such as 1234567-8."))
    municipality = forms.ChoiceField(label=_LABELS["municipality"], choices=place_choices, required=False)
    visiting_address = _text("visiting_address")
    postal_address = _text("postal_address")
    website = _text("website")
    industry = _text("industry", 6, help_text=_("Its code, such as 62010."))
    industry_system = _choice("industry_system", IndustrySystem.choices)

    def __init__(self, company: Company, data: Mapping[str, Any] | None = None) -> None:
        self.company = company
        flag = {True: "yes", False: "no", None: ""}[company.is_foreign_owned]
        places = {
            "municipality": company.municipality.code if company.municipality else "", "parent": company.parent.business_id if company.parent else "",
        }  # fmt: skip
        plain = {field: getattr(company, field) for field in FactField.values if field not in {*places, "is_foreign_owned", "tags"}}
        super().__init__(
            data, initial={"stated_on": timezone.localdate(), "is_foreign_owned": flag, "tags": ", ".join(company.tags), **places, **plain}
        )

    def stated(self) -> dict[str, Value]:
        """The facts that were changed, by their columns."""
        given: dict[str, Value] = {field: self.cleaned_data[field] for field in FactField.values if field in self.changed_data}
        if "is_foreign_owned" in given:
            given["is_foreign_owned"] = _BOOLEANS[str(given["is_foreign_owned"])]
        return {field: (None if value == "" and field in {"municipality", "parent"} else value) for field, value in given.items()}

    def ground(self) -> dict[str, Any]:
        """On what the facts stand, and as of when."""
        return {name: self.cleaned_data[name] for name in ("source", "stated_on")}


class PlaceForm(forms.Form):
    """An establishment of a company."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("As people know the place: a shop, a plant, an office."))
    municipality = forms.ChoiceField(label=_LABELS["municipality"], choices=place_choices, required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)

    def place(self) -> Place:
        return Place(**{name: self.cleaned_data[name] for name in ("name", "municipality", "address")})
