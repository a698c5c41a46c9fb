"""Forms of segments: a rule's conditions, and what a person says of a company."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luukku.catalogue.enums import Segment
from luukku.core.actor import Actor
from luukku.customers.access import can_mark
from luukku.customers.enums import Export, Mark
from luukku.customers.queries.segments import Rule
from luukku.customers.queries.segments.rules import FIGURES

_EITHER = ("", _("Does not matter"))
_FLAGS = {"founded": (_("Has a company"), _("No company yet")), "within_sme": (_("Within the limit"), _("Beyond the limit")),
          "foreign_owned": (_("Foreign-owned"), _("Owned in Finland"))}  # fmt: skip
_CODES = {"yes": True, "no": False}


def _flag(name: str, label: Any, help_text: Any = "") -> forms.ChoiceField:
    yes, no = _FLAGS[name]
    return forms.ChoiceField(label=label, choices=(_EITHER, ("yes", yes), ("no", no)), required=False, widget=forms.RadioSelect, help_text=help_text)


def _limit(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=10**13, widget=forms.TextInput(attrs={"inputmode": "numeric"}))


class RuleForm(forms.Form):
    """Conditions, all of which must hold; what is left empty asks nothing."""

    segment = forms.ChoiceField(label=_("Segment"), choices=Segment.choices)
    founded = _flag("founded", _("Company"))
    marks = forms.MultipleChoiceField(label=_("Marked"), choices=Mark.choices, required=False, widget=forms.CheckboxSelectMultiple)
    within_sme = _flag(
        "within_sme", _("The EU's SME limit"), _("Fewer than 250 persons, and turnover at most 50 M€ or balance sheet at most 43 M€."),
    )  # fmt: skip
    foreign_owned = _flag("foreign_owned", _("Ownership"))
    export = forms.MultipleChoiceField(label=_("Export"), choices=Export.choices, required=False, widget=forms.CheckboxSelectMultiple)
    persons_min = _limit(_("Persons, at least"))
    persons_max = _limit(_("Persons, at most"))
    turnover_min = _limit(_("Turnover in euros, at least"))
    turnover_max = _limit(_("Turnover in euros, at most"))
    balance_min = _limit(_("Balance sheet in euros, at least"))
    balance_max = _limit(_("Balance sheet in euros, at most"))

    def __init__(self, data: Any = None, *, rule: Rule | None = None) -> None:
        super().__init__(data, initial=_initial(rule) if rule else {})
        for field in self.fields.values():
            field.says_optional = False  # type: ignore[attr-defined]

    def rule(self) -> Rule:
        """What the action takes."""
        given = self.cleaned_data
        flags = {name: _CODES.get(given[name]) for name in _FLAGS}
        limits = {name: given[name] for figure in FIGURES for name in (f"{figure}_min", f"{figure}_max")}
        return Rule(segment=given["segment"], marks=tuple(given["marks"]), export=tuple(given["export"]), **flags, **limits)


def _initial(rule: Rule) -> dict[str, Any]:
    words = {True: "yes", False: "no", None: ""}
    flags = {name: words[getattr(rule, name)] for name in _FLAGS}
    limits = {name: getattr(rule, name) for figure in FIGURES for name in (f"{figure}_min", f"{figure}_max")}
    return {"segment": rule.segment, "marks": list(rule.marks), "export": list(rule.export), **flags, **limits}


class _ReasonForm(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = forms.CharField(
            label=_("Why"), max_length=300, help_text=_("Colleagues in the network read this, the company does not."),
            widget=forms.Textarea(attrs={"rows": 2}), error_messages={"required": _("Say why, so that others can follow it.")},
        )  # fmt: skip


class EndForm(_ReasonForm):
    """Why something said holds no more."""


class SayForm(_ReasonForm):
    """Another segment than the rules give."""

    segment = forms.ChoiceField(
        label=_("Segment"), choices=[choice for choice in Segment.choices if choice[0] != Segment.FOUNDER], widget=forms.RadioSelect
    )


class MarkForm(_ReasonForm):
    """A mark, of those that the actor may give."""

    mark = forms.ChoiceField(label=_("Mark"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mark"].choices = [(mark.value, mark.label) for mark in Mark if can_mark(actor, mark)]  # type: ignore[attr-defined]
