"""The form of a talk or a visit. It checks shape; rules are the action's."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luukku.core.ui.forms import day_field, words_field
from luukku.governance.actions.networks import TalkForm, people_to_meet
from luukku.governance.models.networks import TalkKind
from luukku.network.models import Person, Region

STEPS = (1, 2, 3)


class TalkFields(forms.Form):
    """What it was, when and with whom, a summary, and up to three steps that were agreed."""

    kind = forms.ChoiceField(label=_("What it was"), choices=TalkKind.choices)
    day = day_field(_("Day"))
    met = forms.ModelChoiceField(Person.objects.none(), label=_("With whom"), required=False, empty_label=_("Several, or somebody else"))
    summary = words_field(pgettext_lazy("visit", "Summary"), 6, help_text=_("How it stands, and what was agreed."))

    def __init__(self, *args: Any, region: Region, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"day": today}, **kwargs})
        self.fields["met"].queryset = people_to_meet(region, today)  # type: ignore[attr-defined]
        for number in STEPS:
            self.fields[f"step{number}"] = forms.CharField(label=_("Agreed step %(n)s") % {"n": number}, max_length=200, required=False)
            self.fields[f"by{number}"] = day_field(_("By which day"), required=False)

    def made(self) -> TalkForm:
        """What the action takes."""
        given = self.cleaned_data
        steps = [(given[f"step{number}"], given[f"by{number}"]) for number in STEPS]
        return TalkForm(kind=TalkKind(given["kind"]), day=given["day"], met=given["met"], summary=given["summary"], steps=steps)
