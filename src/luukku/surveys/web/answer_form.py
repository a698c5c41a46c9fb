"""The form of a survey, made from its questions. It checks shape; what must be answered is the action's rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from luukku.core.finnish import FinnishKey
from luukku.core.translated import best
from luukku.core.ui.forms import words_field
from luukku.network.models import Organisation
from luukku.surveys.actions.answering import Said
from luukku.surveys.actions.needs import takes_needs
from luukku.surveys.enums import SCALED, Kind
from luukku.surveys.models import Survey
from luukku.surveys.models.questions import Content, Question, Value
from luukku.surveys.web.need_form import NeedPart, need_fields

LONGEST = 4000
Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Block:
    """A question as the page draws it: its fields, and when it is shown."""

    question: Question
    fields: Sequence[BoundField]
    look: str
    depends: str = ""  # the name of the field that decides, the codes at which it is shown, and both in words
    codes: str = ""
    condition: str = ""


class AnswerForm(NeedPart):
    """Fields are named by variable; those of a ranking by variable and option. `key` is this page's own."""

    key = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, survey: Survey, initial: Mapping[str, Any] | None = None, asks_who: bool = False
    ) -> None:
        self.survey, self.questions = survey, survey.version.questions
        super().__init__(data, initial=dict(initial or {}))
        self.asks_organisation = asks_who and survey.asks_organisation
        for question in self.questions:
            for name, field in _fields(question):
                field.says_optional = False  # type: ignore[attr-defined]
                self.fields[name] = field
        if self.asks_organisation:
            self.fields["organisation"] = _organisations(survey)
        if asks_who and not survey.is_anonymous:
            self.fields["name"] = forms.CharField(label=_("Your name"), max_length=120)
            self.fields["email"] = forms.EmailField(label=_("Your e-mail address"))
        if survey.region is not None and (takes_needs(survey) or (survey.takes_needs and self.data.get("wants"))):
            self.needs_of = survey.region
            self.fields |= need_fields(survey.region, asks_who=asks_who)

    @property
    def blocks(self) -> list[Block]:
        """The questions in their order."""
        by_key = {question.key: question for question in self.questions}
        return [self._block(question, by_key) for question in self.questions]

    def _block(self, question: Question, by_key: Mapping[str, Question]) -> Block:
        fields = [self[name] for name in self.fields if name == question.key or name.startswith(f"{question.key}.")]
        look = "inline" if question.kind in SCALED else ""
        rule = question.rule
        if rule is None or rule.question not in by_key:
            return Block(question, fields, look)
        asked = by_key[rule.question]
        named = {option.code: str(option.words) for option in asked.options}
        condition = f"{asked.words} {', '.join(named.get(code, code) for code in rule.codes)}"
        return Block(question, fields, look, rule.question, " ".join(rule.codes), condition)

    @property
    def who(self) -> list[BoundField]:
        """Fields about who answers, where the survey asks that."""
        return [self[name] for name in ("organisation", "name", "email") if name in self.fields]

    @property
    def content(self) -> Content:
        """What was answered. Call after is_valid()."""
        found: Content = {}
        for question in self.questions:
            found |= _answered(question, self.cleaned_data)
        return found

    def said(self) -> Said:
        """Call after is_valid()."""
        given = self.cleaned_data
        of = given.get("organisation")
        key = given.get("key", "")
        return Said(self.content, key, of.pk if of else None, given.get("name", ""), given.get("email", ""), self.told())


def _organisations(survey: Survey) -> forms.Field:
    rows = Organisation.objects.active()
    rows = rows.in_region(survey.region_id).distinct() if survey.region_id is not None else rows
    return forms.ModelChoiceField(
        rows.order_by(FinnishKey(best("name")), "id"),
        label=_("Which organisation are you from?"),
        required=False,
        empty_label=_("Another, or I will not say"),
    )


def _fields(question: Question) -> list[tuple[str, forms.Field]]:
    label, choices = str(question.words), question.codes_and_words
    shared: dict[str, Any] = {"label": label, "help_text": str(question.hint), "required": False}
    if question.kind == Kind.MATRIX:
        return [(f"{question.key}.{row.code}", _radios(choices, {"label": str(row.words), "required": False})) for row in question.rows]
    if question.kind == Kind.RANKING:
        places: Choices = [("", "–"), *((str(place), str(place)) for place in range(1, len(question.options) + 1))]
        ranked = [(option.code, str(option.words)) for option in question.options]
        return [(f"{question.key}.{code}", forms.ChoiceField(label=words, choices=places, required=False)) for code, words in ranked]
    return [(question.key, _field(question, choices, shared))]


def _field(question: Question, choices: Choices, shared: dict[str, Any]) -> forms.Field:
    if question.kind == Kind.SCALE:
        return _radios(choices, shared | {"help_text": _ends(question, str(question.hint))})
    if question.kind == Kind.CHOICE:
        return _radios(choices, shared)
    if question.kind == Kind.MANY:
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **shared)
    if question.kind == Kind.NUMBER:
        return forms.FloatField(localize=True, **shared)
    label = shared.pop("label")
    return words_field(label, 4, max_length=LONGEST, **shared)


def _radios(choices: Choices, options: dict[str, Any]) -> forms.ChoiceField:
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **options)


def _ends(question: Question, hint: str) -> str:
    low, high = str(question.low_words), str(question.high_words)
    ends = f"{question.low} = {low}, {question.high} = {high}" if low and high else ""
    return ". ".join(part.rstrip(".") for part in (hint, ends) if part)


def _answered(question: Question, given: Mapping[str, Any]) -> Content:
    if question.kind == Kind.RANKING:
        places = {option.code: int(given.get(f"{question.key}.{option.code}") or 0) for option in question.options}
        ranked = sorted((code for code, place in places.items() if place), key=lambda code: places[code])
        return {question.key: ranked} if ranked else {}
    found: dict[str, Value] = {}
    for name in question.variables:
        value = given.get(name)
        if value in (None, "", []):
            continue
        found[name] = int(value) if question.kind in SCALED else value.strip() if isinstance(value, str) else value
    return {name: value for name, value in found.items() if value != ""}


def initial_of(survey: Survey, content: Content) -> dict[str, Any]:
    """Field values for what has been answered before."""
    found: dict[str, Any] = {}
    for question in survey.version.questions:
        for name in question.variables:
            value = content.get(name)
            if question.kind == Kind.RANKING and isinstance(value, list):
                found |= {f"{question.key}.{code}": str(place) for place, code in enumerate(value, start=1)}
            elif value is not None:
                found[name] = str(value) if question.kind in SCALED else value
    return found


def tapped(survey: Survey, given: QueryDict) -> Content:
    """The answer to the first question that stands in the address of a mail's link; empty for one that it does not have."""
    first, code = survey.version.questions[0], given.get("v", "")
    if first.kind not in (Kind.SCALE, Kind.CHOICE) or code not in first.codes:
        return {}
    return {first.key: int(code) if first.kind == Kind.SCALE else code}
