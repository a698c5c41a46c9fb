"""Forms of the catalogue's screens."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from luukku.catalogue.enums import Price, Segment, ServiceChannel, Stage, WordKind
from luukku.catalogue.models import Service
from luukku.catalogue.queries.labels import FACTS, TEXTS
from luukku.core.finnish import FinnishKey
from luukku.core.translated import best
from luukku.network.enums import LanguageCode
from luukku.network.models import Organisation, Participation, Person
from luukku.network.queries.people import people_at


class CardForm(forms.Form):
    """Texts of a card in three languages, and its facts."""

    segments = forms.MultipleChoiceField(label=FACTS["segments"], choices=Segment.choices, widget=forms.CheckboxSelectMultiple, required=False)
    stages = forms.MultipleChoiceField(label=FACTS["stages"], choices=Stage.choices, widget=forms.CheckboxSelectMultiple, required=False)
    channels = forms.MultipleChoiceField(label=FACTS["channels"], choices=ServiceChannel.choices, widget=forms.CheckboxSelectMultiple, required=False)
    price = forms.ChoiceField(label=FACTS["price"], choices=Price.choices, widget=forms.RadioSelect)
    link = forms.URLField(label=FACTS["link"], required=False, assume_scheme="https")

    owner = forms.ModelChoiceField(
        Organisation.objects.active().order_by("name_fi"), label=_("Whose card"), required=False, empty_label=_("The network's common card"),
        help_text=_("The organisation's service editors then keep it right."),
    )  # fmt: skip

    def __init__(self, *args: Any, service: Service, chooses_owner: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not chooses_owner:
            del self.fields["owner"]
        for name, label in TEXTS.items():
            self.fields[name] = _text(name.partition("_")[0], label)
        for name in self.fields:
            self.initial.setdefault(name, getattr(service, name))


def _text(stem: str, label: Any) -> forms.CharField:
    if stem == "name":
        return forms.CharField(label=label, required=False, max_length=160)
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": 3 if stem != "description" else 6}))


class WordsForm(forms.Form):
    """Keywords or everyday phrases of one language, a line each."""

    language = forms.ChoiceField(choices=LanguageCode.choices, widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=WordKind.choices, widget=forms.HiddenInput)
    texts = forms.CharField(
        label=_("One on each line"), required=False, widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("What people really write when they need this, in their own words. Twenty or more make the need matcher good."),
    )  # fmt: skip


class PartForm(forms.Form):
    """An organisation in one of its regions."""

    part = forms.ModelChoiceField(Participation.objects.none(), label=_("Region and organisation"))

    def __init__(self, *args: Any, parts: "QuerySet[Participation]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ordered = parts.order_by(FinnishKey(best("region__name")), FinnishKey(best("organisation__name")), "pk")
        _offer(self.fields["part"], ordered, lambda part: f"{part.region.name}: {part.organisation.name}")


class ContactForm(forms.Form):
    """One of an organisation's people, or nobody."""

    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("Contact person"), required=False, empty_label=_("Nobody is named"),
        help_text=_("Customers see the name and telephone number. Somebody who is not shown to the public is seen by staff only."),
    )  # fmt: skip

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["person"], people_at(organisation), _name_of)


def _name_of(person: Person) -> str:
    return person.name if person.is_published else _("%(name)s (not shown to the public)") % {"name": person.name}


def _offer(field: Any, found: "QuerySet[Any]", label: Callable[[Any], str]) -> None:
    field.queryset, field.label_from_instance = found, label
