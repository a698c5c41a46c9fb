"""Forms of selling the region. They check shape; rules are the actions'."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luukku.core.ui.forms import day_field, words_field
from luukku.network.models import Municipality, Organisation, Person
from luukku.vitality.actions.prospects import ProspectForm
from luukku.vitality.actions.sites import SiteForm
from luukku.vitality.enums import OPEN_STAGES, Reason, SiteKind, Wish
from luukku.vitality.models import Prospect, Site

FIELDS = tuple(name for name in ProspectForm.__dataclass_fields__ if name != "business_id")
STAGES = [(each.value, each.label) for each in OPEN_STAGES]


def number(label: Any, **options: Any) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, widget=widget, **{"required": False, "min_value": 0, "max_value": 10**12, **options})


def line(label: Any, most: int, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, **{"required": False, **options})


def choose(form: forms.Form, name: str, rows: Sequence[Any]) -> None:
    """Let the field choose among these, by name."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    model: Any = type(rows[0]) if rows else field.queryset.model  # type: ignore[union-attr]
    field.queryset = model.objects.filter(pk__in=[each.pk for each in rows]).order_by("id")
    field.choices = [("", _("Choose")), *((each.pk, str(each.name)) for each in rows)]


class EditProspectForm(forms.Form):
    """What is known of a prospect, and what comes next."""

    name = line(_("Name of the company"), 160, required=True)
    business_id = line(_("Business ID, if it is in the Finnish register"), 12)
    home = line(_("Where it is from: town or country"), 120)
    field = line(_("What it does"), 120)
    words = words_field(_("What it plans"), 3, required=False)
    wish = forms.ChoiceField(label=_("What it looks for"), choices=Wish.choices, initial=Wish.NEITHER)
    area = number(_("Square metres"))
    jobs = number(_("Jobs that it would bring"), max_value=100_000)
    investment = number(_("Investment, euros"))
    likely = number(_("How likely it is, per cent (empty: as its stage says)"), max_value=100)
    responsible = forms.ModelChoiceField(Person.objects.none(), label=_("Who is responsible"))
    next_step = line(_("Next step"), 200, required=True)
    next_on = day_field(_("When"))
    contact_name = line(_("Whom to contact there"), 120)
    contact_role = line(pgettext_lazy("of a contact", "Role"), 80)
    contact_phone = line(_("Phone"), 40)
    contact_email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, people: Sequence[Person], prospect: Prospect | None = None, person_id: int | None = None
    ) -> None:
        initial: dict[str, Any] = {"responsible": person_id}
        if prospect is not None:
            initial = {name: getattr(prospect, name) for name in FIELDS} | {"responsible": prospect.responsible_id}
            initial["business_id"] = prospect.company.business_id if prospect.company else ""
        super().__init__(data, initial=initial)
        choose(self, "responsible", people)

    def form(self) -> ProspectForm:
        """Call after is_valid()."""
        return ProspectForm(**{**self.cleaned_data, "jobs": self.cleaned_data["jobs"] or 0})


class TakeOnForm(forms.Form):
    """What happened, and what comes next."""

    stage = forms.ChoiceField(label=_("Where it stands now"), choices=STAGES)
    words = words_field(_("What happened"), 3, required=False)
    likely = number(_("How likely it is, per cent (empty: as its stage says)"), max_value=100)
    next_step = line(_("Next step"), 200, required=True)
    next_on = day_field(_("When"))


class WinForm(forms.Form):
    came_on = day_field(_("From which day it is here"))
    jobs = number(_("Jobs that it brought"), required=True, max_value=100_000)
    business_id = line(_("Business ID, if it is in the Finnish register"), 12)
    reason = forms.ChoiceField(label=_("What decided it"), choices=[("", _("Choose")), *Reason.choices])
    words = words_field(_("In your words"), 3, required=False)


class LoseForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why it did not come"), choices=[("", _("Choose")), *Reason.choices])
    words = words_field(_("In your words"), 3, required=False)


class ShareForm(forms.Form):
    """No ticks: nobody else reads it."""

    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label=_("Who else reads it"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, data: Mapping[str, Any] | None, prospect: Prospect, organisations: "QuerySet[Organisation]") -> None:
        super().__init__(data, initial={"organisations": prospect.shared_with})
        field = self.fields["organisations"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = organisations
        field.label_from_instance = lambda each: str(each.name)  # type: ignore[method-assign,assignment]


class HeardForm(forms.Form):
    words = words_field(_("What you have heard"), 3)


class AgainForm(forms.Form):
    next_step = line(_("Next step"), 200, required=True)
    next_on = day_field(_("When"))


class CaseForm(forms.Form):
    words = words_field(_("Which services it needs"), 4)


class DayForm(forms.Form):
    """A day under the name that the action gives it."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, name: str, label: Any, initial: Any = None) -> None:
        super().__init__(data, initial={name: initial})
        self.fields[name] = day_field(label)


class EditSiteForm(forms.Form):
    kind = forms.ChoiceField(label=_("What it is"), choices=SiteKind.choices)
    name = line(_("Address or name"), 160, required=True)
    municipality = forms.ModelChoiceField(Municipality.objects.none(), label=_("Municipality"))
    area = number(_("Square metres"), required=True, min_value=1, max_value=1_000_000_000)
    price = number(_("Price, euros (of premises: rent for a month)"))
    free_from = day_field(_("Free from"), required=False)
    words = words_field(_("What it is good for"), 3, required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")

    def __init__(self, data: Mapping[str, Any] | None = None, *, municipalities: Sequence[Municipality], site: Site | None = None) -> None:
        initial = {name: getattr(site, name) for name in SiteForm.__dataclass_fields__} if site is not None else {}
        super().__init__(data, initial=initial)
        choose(self, "municipality", municipalities)

    def form(self) -> SiteForm:
        """Call after is_valid()."""
        return SiteForm(**self.cleaned_data)


class TargetForm(forms.Form):
    companies = number(_("Companies to locate in the region"), required=True, max_value=100_000)
    jobs = number(_("Their jobs"), required=True, max_value=100_000)
