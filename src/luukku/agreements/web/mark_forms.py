"""Forms of the common mark."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luukku.agreements.enums import DECIDED, Judgement, MarkState, UseKind
from luukku.agreements.models import MarkCriterion, MarkRule
from luukku.agreements.web.forms import DAY
from luukku.core.ui.forms import day_field, words_field
from luukku.network.enums import Role


class WordsFields(forms.Form):
    words = words_field(_("The network's own account"), 6, required=False)


class StepWordsFields(forms.Form):
    words = words_field(_("In words"), 6, error_messages={"required": _("Write something first.")})


class JudgementFields(forms.Form):
    """Each criterion's judgement and why."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, criteria: Sequence[MarkCriterion]) -> None:
        super().__init__(data)
        self.criteria = criteria
        for each in criteria:
            self.fields[f"judgement_{each.code}"] = forms.ChoiceField(
                label=_("Judgement"), choices=Judgement.choices, required=False, initial=each.judgement
            )
            self.fields[f"words_{each.code}"] = words_field(_("Why"), 2, required=False, initial=each.words)

    def rows(self) -> list[tuple[MarkCriterion, BoundField, BoundField]]:
        """Each criterion with its two fields."""
        return [(each, self[f"judgement_{each.code}"], self[f"words_{each.code}"]) for each in self.criteria]

    def made(self) -> dict[str, tuple[str, str]]:
        """By code the judgement and why. Call after is_valid()."""
        given = self.cleaned_data
        return {each.code: (given[f"judgement_{each.code}"], given[f"words_{each.code}"]) for each in self.criteria}


class DecisionFields(forms.Form):
    state = forms.ChoiceField(
        label=_("Decision"), choices=[each for each in MarkState.choices if each[0] in DECIDED], widget=forms.RadioSelect,
        error_messages={"required": _("Choose the decision.")},
    )  # fmt: skip
    reasons = words_field(_("Reasons"), 5, error_messages={"required": _("Give the reasons.")})
    conditions = words_field(_("What must be done, if there are conditions"), 3, required=False)
    conditions_by = day_field(_("By when"), required=False)
    first_day = day_field(_("The right begins"), required=False, help_text=_("Today, if left empty."))


class UseFields(forms.Form):
    kind = forms.ChoiceField(label=_("What it is shown on"), choices=UseKind.choices)
    place = forms.CharField(label=_("Where"), max_length=160, error_messages={"required": _("Say where it is shown.")})
    guide = forms.CharField(label=_("Version of the brand guide"), max_length=40)
    since = day_field(_("Since"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, guide: str) -> None:
        super().__init__(data, initial={"guide": guide})


class RuleFields(forms.Form):
    since = day_field(_("From"), error_messages=DAY)
    prepares = forms.ChoiceField(label=_("Prepares"), choices=Role.choices)
    presents = forms.ChoiceField(label=_("Presents"), choices=Role.choices)
    decides = forms.ChoiceField(label=_("Decides"), choices=Role.choices)
    months = forms.IntegerField(label=_("The right lasts, months"), min_value=1, max_value=120)
    guide = forms.CharField(label=_("Version of the brand guide"), max_length=40)

    def __init__(self, data: Mapping[str, Any] | None = None, *, rule: MarkRule) -> None:
        names = ("prepares", "presents", "decides", "months", "guide")
        super().__init__(data, initial={name: getattr(rule, name) for name in names} | {"since": timezone.localdate()})
