"""Forms of a round of reporting."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luukku.core.ui.forms import day_field, words_field
from luukku.plans.actions.following import Report
from luukku.plans.actions.rounds import RoundForm
from luukku.plans.enums import MeasureState
from luukku.plans.models import Measure, Note, Round
from luukku.plans.queries.figures_due import Unasked
from luukku.plans.queries.pages import Row
from luukku.plans.web.forms import plain

ANSWER_TIME = timedelta(days=21)


class RoundFields(forms.Form):
    name = forms.CharField(label=_("Name of the round"), max_length=80, help_text=_("For example: Autumn 2027"))
    asks = words_field(_("What is asked for, in a few words"), 3, required=False)
    opens_on = day_field(_("Asked on"), error_messages={"required": _("Choose the day.")})
    due_on = day_field(_("Answered by"), error_messages={"required": _("Choose the day.")})

    def __init__(self, data: Mapping[str, Any] | None = None, *, round_: Round | None = None, before: Unasked | None = None) -> None:
        today = timezone.localdate()
        names = ("name", "asks", "opens_on", "due_on")
        now = {name: getattr(round_, name) for name in names} if round_ is not None else {"opens_on": today, "due_on": today + ANSWER_TIME}
        if before is not None:
            now |= {"opens_on": max(today, before.ask_on), "due_on": before.answer_by}
        super().__init__(data, initial=now)

    def made(self) -> RoundForm:
        """What the form says. Call after is_valid()."""
        return RoundForm(**self.cleaned_data)


class CloseFields(forms.Form):
    summary = words_field(_("Summary of the report"), 6, required=False)
    is_public = forms.BooleanField(label=_("Everybody who may read the plan may read the report"), required=False)


class AnswerFields(forms.Form):
    """Of each measure how far it is, its value and what has been done; and a word of the whole."""

    words = words_field(_("Of all of them together (may be left empty)"), 3, required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, rows: Sequence[Row], words: str, said: Mapping[int | None, Note]) -> None:
        super().__init__(data, initial={"words": words})
        self.measures = rows
        for row in rows:
            measure, before = row.measure, said.get(row.measure.pk)
            choices = forms.ChoiceField(label=_("How far is it"), choices=MeasureState.choices, initial=measure.state, widget=forms.RadioSelect)
            self.fields[_field(measure, "state")] = choices
            if measure.target_value is not None:
                value = forms.DecimalField(
                    label=measure.indicator or _("Value now"), required=False, max_digits=12, decimal_places=2, localize=True,
                    initial=plain(measure.value), help_text=_("Target %(target)s") % {"target": row.target},
                )  # fmt: skip
                self.fields[_field(measure, "value")] = value
            done = words_field(_("What has been done"), 2, required=False, initial=before.words if before is not None else "")
            self.fields[_field(measure, "words")] = done

    def rows(self) -> list[tuple[Row, list[forms.BoundField]]]:
        """Each measure with its fields."""
        names = ("state", "value", "words")
        return [(row, [self[_field(row.measure, name)] for name in names if _field(row.measure, name) in self.fields]) for row in self.measures]

    def made(self) -> dict[int, Report]:
        """What the form says of each measure, by key. Call after is_valid()."""
        given = self.cleaned_data
        return {
            row.measure.pk: Report(given[_field(row.measure, "words")], given[_field(row.measure, "state")], given.get(_field(row.measure, "value")))
            for row in self.measures
        }


def _field(measure: Measure, what: str) -> str:
    return f"{what}-{measure.pk}"
