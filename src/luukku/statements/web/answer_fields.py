"""A form's questions as fields of a page. The field of question `sum` is `q_sum`, by which the actions name what is wrong."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luukku.core.ui.forms import words_field
from luukku.statements.enums import FieldKind, Filler
from luukku.statements.models import FormVersion
from luukku.statements.queries.questions import MOST_WORDS, Question, questions_of


def add_questions(form: forms.Form, version: FormVersion, filler: Filler) -> list[str]:
    """Put one side's questions among the form's fields; returns their names. What must be answered the action says, so that drafts can be kept."""
    names = []
    for question in questions_of(version, filler):
        name = f"q_{question.key}"
        form.fields[name] = _field(question)
        form.fields[name].says_optional = not question.is_required  # type: ignore[attr-defined]
        names.append(name)
    return names


def _field(question: Question) -> forms.Field:
    if question.kind == FieldKind.YES_NO:
        return forms.ChoiceField(label=question.text, required=False, choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect)
    if question.kind == FieldKind.CHOICE:
        return forms.ChoiceField(label=question.text, required=False, choices=question.options, widget=forms.RadioSelect)
    if question.kind == FieldKind.NUMBER:
        number = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        return forms.CharField(label=question.text, required=False, max_length=30, widget=number)
    return words_field(question.text, 3, required=False, max_length=MOST_WORDS)


def answers_of(version: FormVersion, filler: Filler, given: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, by the question's key; numbers with a point, whatever was typed between their digits."""
    found = {}
    for question in questions_of(version, filler):
        answer = given.get(f"q_{question.key}", "")
        if question.kind == FieldKind.NUMBER and isinstance(answer, str):
            answer = "".join(answer.split()).replace("\u00a0", "").replace(",", ".")
        found[question.key] = answer
    return found


def initial_of(version: FormVersion, answers: Mapping[str, Any]) -> dict[str, Any]:
    return {f"q_{question.key}": answers.get(question.key, "") for question in questions_of(version)}
