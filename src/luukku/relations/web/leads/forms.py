"""Forms of leads. They check shape; rules are the actions'."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luukku.catalogue.models import Service
from luukku.catalogue.queries.cards import services_by_name
from luukku.customers.models import Company
from luukku.network.models import Desk, Person
from luukku.relations.actions.leads import LeadForm
from luukku.relations.actions.placing import MOST_PLACED
from luukku.relations.enums import Decline, LeadResult, LeadSource
from luukku.relations.models import Lead
from luukku.relations.queries.choices import Visitor
from luukku.relations.web import fields


class GiveForm(forms.Form):
    """What a company might need, and to whom it is told."""

    words = fields.words(
        _("What they might need, and why you think so"), 4, required=True, error_messages={"required": _("Write what they might need.")}
    )
    to_desk = forms.ModelChoiceField(Desk.objects.none(), label=_("To which desk"), error_messages={"required": _("Choose a desk.")})
    to_person = forms.ChoiceField(label=_("To whom there"), required=False)
    service = forms.ModelChoiceField(Service.objects.none(), label=_("Service, if you know it"), required=False, empty_label=_("Not known"))
    source = forms.ChoiceField(label=_("Where you learnt of it"), choices=LeadSource.choices, widget=forms.RadioSelect)
    contact_name = fields.line(_("Whom to contact in the company"), 120)
    contact_phone = fields.line(_("Phone"), 40)
    contact_email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    agreed = forms.BooleanField(label=_("This person has agreed that the contact data are passed on"), required=False)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, desks: Sequence[Desk], people: Sequence[Visitor], before: Lead | None = None
    ) -> None:
        initial = {"source": LeadSource.OTHER}
        if before is not None:
            names = ("words", "service", "source", "contact_name", "contact_phone", "contact_email")
            initial = {name: getattr(before, name) for name in names} | {"agreed": any(before.contact)}
        super().__init__(data, initial=initial)
        self.before = before
        self.people = {each.key: each for each in people}
        to = self.fields["to_desk"]
        assert isinstance(to, forms.ModelChoiceField)
        to.queryset = Desk.objects.filter(pk__in=[each.pk for each in desks]).select_related("organisation").order_by("id")
        to.choices = [("", _("Choose")), *((each.pk, f"{each.organisation.name}: {each.name}") for each in desks)]
        self.fields["service"].queryset = services_by_name()  # type: ignore[attr-defined]
        groups: dict[str, list[tuple[str, str]]] = {}
        for each in people:
            groups.setdefault(str(each.organisation.name), []).append((each.key, each.person.name))
        whom = self.fields["to_person"]
        assert isinstance(whom, forms.ChoiceField)
        whom.choices = [("", _("Whoever answers there")), *groups.items()]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        desk, chosen = given.get("to_desk"), self.people.get(given.get("to_person") or "")
        if desk is not None and chosen is not None and chosen.organisation.pk != desk.organisation_id:
            self.add_error("to_person", _("%(name)s works at another organisation. Choose its desk.") % {"name": chosen.person.name})
        return given

    def form(self, company: Company, own_desk: Desk) -> LeadForm:
        """Call after is_valid()."""
        given = dict(self.cleaned_data)
        chosen = self.people.get(given.pop("to_person"))
        person: Person | None = chosen.person if chosen else None
        return LeadForm(company=company, own_desk=own_desk, to_person=person, before=self.before, **given)


class DeclineForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why"), choices=Decline.choices, widget=forms.RadioSelect, error_messages={"required": _("Choose why.")})
    words = fields.words(_("In your own words"), 3, help_text=_("Whoever gave the lead reads this. If you know whom it is for, say so."))


class FinishForm(forms.Form):
    result = forms.ChoiceField(
        label=_("What came of it"), choices=LeadResult.choices, widget=forms.RadioSelect, error_messages={"required": _("Choose what came of it.")}
    )
    placed = forms.IntegerField(
        label=_("How many got work"), required=False, min_value=1, max_value=MOST_PLACED, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    words = fields.words(_("In your own words"), 3, help_text=_("Whoever gave the lead reads this."))

    def __init__(self, data: Mapping[str, Any] | None = None, *, lead: Lead) -> None:
        super().__init__(data)
        if lead.source != LeadSource.PLACING:
            del self.fields["placed"]
            field = self.fields["result"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [each for each in LeadResult.choices if each[0] != LeadResult.PLACED]


class PlacedForm(forms.Form):
    """How many got work, by the word of whoever looked for them."""

    people = forms.IntegerField(
        label=_("How many got work"), min_value=0, max_value=MOST_PLACED, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("0, if nobody did."),
    )  # fmt: skip
