"""Forms by which matters are joined and split. They check shape; rules are the actions'."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luukku.core.ui.forms import words_field
from luukku.core.ui.times import moment_text
from luukku.desk.actions.joining.split import Chosen
from luukku.desk.models import Case
from luukku.desk.queries.case_page import Said

_LETTERS = 90


class OtherForm(forms.Form):
    """The number of the matter that it may be the same as."""

    number = forms.CharField(
        label=_("Number of the other matter"), max_length=20, error_messages={"required": _("Write the number of the other matter.")}
    )


class JoinForm(forms.Form):
    """Which of two stays, and whether two customers may read each other's words."""

    stays = forms.ChoiceField(label=_("Which one stays"), widget=forms.RadioSelect, error_messages={"required": _("Choose which one stays.")})
    both_agree = forms.BooleanField(required=False, label=_("They are one person, or both have agreed that the other reads everything"))

    def __init__(self, data: Mapping[str, Any] | None = None, *, options: Sequence[Case]) -> None:
        super().__init__(data, initial={"stays": options[0].number if options else ""})
        choices = [
            (each.number, _("%(number)s, came %(moment)s") % {"number": each.number, "moment": moment_text(each.contacted_at)}) for each in options
        ]
        self.fields["stays"].choices = choices  # type: ignore[attr-defined]


class SplitForm(forms.Form):
    """What goes to the new matter, and what that is about."""

    messages = forms.MultipleChoiceField(
        label=_("What belongs to the new matter"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Files go along with their message."),
    )
    subject = forms.CharField(
        label=_("What the new matter is about, in a line"), max_length=160, error_messages={"required": _("Write what it is about.")}
    )
    words = words_field(
        _("The need in the customer's words"), required=False,
        help_text=_("Needed only if you chose no message of the customer's: otherwise the first one is used. The customer reads this too."),
    )  # fmt: skip
    take_it = forms.BooleanField(required=False, label=_("I take it up at once"))

    def __init__(self, data: Mapping[str, Any] | None = None, *, talk: Sequence[Said]) -> None:
        super().__init__(data)
        self.fields["messages"].choices = [(_key(said), _line(said)) for said in talk]  # type: ignore[attr-defined]
        for name in ("messages", "take_it"):
            self.fields[name].says_optional = False  # type: ignore[attr-defined]

    def chosen(self) -> Chosen:
        """What the action takes."""
        given = self.cleaned_data
        keys = [each.partition("-") for each in given["messages"]]
        return Chosen(
            [int(pk) for kind, _dash, pk in keys if kind != "note"], [int(pk) for kind, _dash, pk in keys if kind == "note"], given["subject"],
            given["words"], given["take_it"],
        )  # fmt: skip


def _key(said: Said) -> str:
    return f"{'note' if said.kind == 'note' else 'message'}-{said.pk}"


def _line(said: Said) -> str:
    who = {"in": _("Customer"), "note": _("Inside, %(name)s") % {"name": said.author}}.get(said.kind, said.author)
    body = " ".join(said.body.split())
    short = body if len(body) <= _LETTERS else body[:_LETTERS].rsplit(" ", 1)[0] + "…"
    return f"{moment_text(said.at)}, {who}: {short}"
