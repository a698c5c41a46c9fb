"""Forms of the catalogue's screens."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luukku.catalogue.enums import Price, Segment, ServiceChannel, Stage, WordKind
from luukku.catalogue.models import Service
from luukku.core.translated import LANGUAGES
from luukku.network.enums import LanguageCode

_LABELS = {
    "name": _("Name"), "summary": _("Summary: what the customer gets"), "description": _("Description"),
    "conditions": _("Conditions"), "prepare": _("What to prepare"),
}  # fmt: skip
_LANGUAGE = {"fi": _("in Finnish"), "sv": _("in Swedish"), "en": _("in English")}


class CardForm(forms.Form):
    """Texts of a card in three languages, and its facts."""

    segments = forms.MultipleChoiceField(label=_("For whom"), choices=Segment.choices, widget=forms.CheckboxSelectMultiple, required=False)
    stages = forms.MultipleChoiceField(label=_("Stage of the business"), choices=Stage.choices, widget=forms.CheckboxSelectMultiple, required=False)
    channels = forms.MultipleChoiceField(
        label=_("How to get it"), choices=ServiceChannel.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    price = forms.ChoiceField(label=_("Price"), choices=Price.choices, widget=forms.RadioSelect)
    link = forms.URLField(label=_("Link to more"), required=False, assume_scheme="https")

    def __init__(self, *args: Any, service: Service, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for stem, label in _LABELS.items():
            for lang in LANGUAGES:
                self.fields[f"{stem}_{lang}"] = _text(stem, f"{label} {_LANGUAGE[lang]}")
        for name in self.fields:
            self.initial.setdefault(name, getattr(service, name))


def _text(stem: str, label: str) -> forms.CharField:
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
