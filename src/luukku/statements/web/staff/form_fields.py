"""The page on which a form is made: its name, its days, and a row for each question."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from luukku.core.translated import LANGUAGES
from luukku.statements.actions.forms import MOST_QUESTIONS, FormDraft
from luukku.statements.enums import FieldKind, Filler
from luukku.statements.models import FormVersion
from luukku.statements.models.forms import MOST_DAYS
from luukku.statements.queries.questions import Question, questions_of

BLANK_ROWS = 3


def _line(label: Any, most: int, *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, error_messages={"required": _("Write it in Finnish at least.")})


class HeadForm(forms.Form):
    title_fi = _line(_("Name in Finnish"), 120, required=True)
    title_sv = _line(_("Name in Swedish"), 120)
    title_en = _line(_("Name in English"), 120)
    working_days = forms.IntegerField(label=_("Working days to answer in"), min_value=1, max_value=MOST_DAYS, initial=10)
    is_shown = forms.BooleanField(label=_("The customer reads what was stated"), required=False, initial=True)


class QuestionForm(forms.Form):
    """One question; a row without Finnish words is left out."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    words_fi = _line(_("Question in Finnish"), 300)
    words_sv = _line(_("In Swedish"), 300)
    words_en = _line(_("In English"), 300)
    filler = forms.ChoiceField(label=_("Who answers"), choices=Filler.choices, initial=Filler.GIVER)
    kind = forms.ChoiceField(label=_("How it is answered"), choices=FieldKind.choices, initial=FieldKind.TEXT)
    required = forms.BooleanField(label=_("Must be answered"), required=False)
    choices = forms.CharField(
        label=_("Answers to choose from"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One on a line: Finnish | Swedish | English. For a choice only."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.says_optional = False  # type: ignore[attr-defined]

    def question(self, taken: set[str]) -> Question | None:
        """The row as a question; None for an empty one."""
        given = self.cleaned_data
        if not given.get("words_fi"):
            return None
        words = {language: given[f"words_{language}"] for language in LANGUAGES}
        key = given["key"] or _new_key(given["words_fi"], taken)
        taken.add(key)
        choices = [_choice(line, number) for number, line in enumerate(given["choices"].splitlines(), start=1) if line.strip()]
        return Question(key, given["kind"], given["filler"], words, given["required"], choices if given["kind"] == FieldKind.CHOICE else ())


def _new_key(words: str, taken: set[str]) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", words.lower().translate(str.maketrans("äöå", "aoa"))).strip("-")[:30] or "q"
    return next(key for key in (stem, *(f"{stem}-{number}" for number in range(2, 100))) if key not in taken)


def _choice(line: str, number: int) -> tuple[str, dict[str, str]]:
    parts = [part.strip() for part in line.split("|")]
    return str(number), dict(zip(LANGUAGES, [*parts, "", ""][:3], strict=True))


QuestionRows = formset_factory(QuestionForm, extra=BLANK_ROWS, max_num=MOST_QUESTIONS, absolute_max=MOST_QUESTIONS + BLANK_ROWS, can_order=False)


class Editor(HeadForm):
    """The head, and with it the rows."""

    def __init__(self, data: Mapping[str, Any] | None, version: FormVersion | None) -> None:
        head: dict[str, Any] = {}
        rows: list[dict[str, Any]] = []
        if version is not None:
            head = {name: getattr(version, name) for name in ("title_fi", "title_sv", "title_en", "working_days", "is_shown")}
            rows = [_row(each) for each in questions_of(version)]
        super().__init__(data, initial=head)
        self.rows: BaseFormSet[QuestionForm] = QuestionRows(data, initial=rows, prefix="q")

    def is_valid(self) -> bool:
        return self.rows.is_valid() and super().is_valid()

    def draft(self) -> FormDraft:
        """What the page says. Call after is_valid()."""
        given, taken = self.cleaned_data, {row.cleaned_data.get("key", "") for row in self.rows if row.cleaned_data}
        questions = [row.question(taken) for row in self.rows if row.cleaned_data]
        title = {language: given[f"title_{language}"] for language in LANGUAGES}
        return FormDraft(title, given["working_days"], given["is_shown"], [each for each in questions if each is not None])


def _row(question: Question) -> dict[str, Any]:
    lines = [" | ".join(words.get(language, "") for language in LANGUAGES).rstrip(" |") for _key, words in question.choices]
    return {
        "key": question.key, "filler": question.filler, "kind": question.kind, "required": question.is_required, "choices": "\n".join(lines),
        **{f"words_{language}": question.words.get(language, "") for language in LANGUAGES},
    }  # fmt: skip
