"""The form on which a statement is written, for our own people and for those who hold a link."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from luukku.core.ui.forms import words_field
from luukku.statements.actions.giving import TextDraft
from luukku.statements.enums import Filler, Stance
from luukku.statements.models import FormVersion, StatementText
from luukku.statements.web.answer_fields import add_questions, answers_of, initial_of


class WriteForm(forms.Form):
    """`seen` is when the draft was last changed that she has before her."""

    stance = forms.ChoiceField(label=_("Your opinion"), choices=Stance.choices, widget=forms.RadioSelect, required=False)
    conditions = words_field(_("On what conditions"), 3, required=False)
    grounds = words_field(_("Grounds"), 6, required=False, help_text=_("Why. Whoever asked reads this, and the customer too if the form says so."))
    why = words_field(_("What was wrong, and is now mended"), 2, required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, version: FormVersion, draft: StatementText | None) -> None:
        given = {}
        if draft is not None:
            given = {"stance": draft.stance, "conditions": draft.conditions, "grounds": draft.grounds, "why": draft.why}
            given |= {"seen": draft.edited_at.isoformat(), **initial_of(version, draft.answers)}
        super().__init__(data, initial=given)
        self.version = version
        self.questions = add_questions(self, version, Filler.GIVER)
        if draft is None or draft.number == 1:
            del self.fields["why"]
        for name in ("stance", "grounds", "why"):
            if name in self.fields:
                self.fields[name].says_optional = False  # type: ignore[attr-defined]

    def draft(self) -> TextDraft:
        """What was written. Call after is_valid()."""
        given = self.cleaned_data
        return TextDraft(
            given["stance"], given["grounds"], given["conditions"], answers_of(self.version, Filler.GIVER, given), given.get("why", ""),
            _moment(given["seen"]),
        )  # fmt: skip

    @property
    def asked(self) -> list[forms.BoundField]:
        return [self[name] for name in self.questions]


def _moment(text: str) -> datetime | None:
    try:
        return parse_datetime(text)
    except ValueError:
        return None


class ReasonForm(forms.Form):
    reason = words_field(_("Why"), 3, error_messages={"required": _("Write why.")})


class DeclineForm(ReasonForm):
    next_words = forms.CharField(label=_("Who could give it instead"), max_length=300, required=False)


class WhyForm(forms.Form):
    why = words_field(_("What was wrong"), 3, error_messages={"required": _("Say what was wrong.")})


class AddressForm(forms.Form):
    """Where an outside organisation's link is sent anew."""

    email = forms.EmailField(
        max_length=254, label=_("E-mail to which the link is sent"), help_text=_("A new link is sent. The old one no longer opens anything."),
        error_messages={"required": _("Write the e-mail address to which the link is sent.")},
    )  # fmt: skip
