"""The questions of a form: as they are stored, as they are said in a language, and what is a right answer to one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from luukku.core.translated import LocalText, reading_order
from luukku.statements.enums import FieldKind, Filler
from luukku.statements.models import FormVersion

MOST_WORDS = 8000  # letters of one answer
Words = Mapping[str, str]  # by language


@dataclass(frozen=True)
class Question:
    """One question. `choices` are keys with their words; `is_required` holds when the statement is signed or the plan is shown."""

    key: str
    kind: str
    filler: str
    words: Words
    is_required: bool = False
    choices: Sequence[tuple[str, Words]] = ()

    @property
    def text(self) -> LocalText:
        return best_words(self.words)

    @property
    def options(self) -> list[tuple[str, str]]:
        return [(key, str(best_words(words))) for key, words in self.choices]

    def stored(self) -> dict[str, Any]:
        return {
            "key": self.key, "kind": str(self.kind), "filler": str(self.filler), "words": dict(self.words), "required": self.is_required,
            "choices": [[key, dict(words)] for key, words in self.choices],
        }  # fmt: skip

    def shown(self, answer: Any) -> str:
        """An answer in words; empty for none."""
        if answer in (None, ""):
            return ""
        if self.kind == FieldKind.YES_NO:
            return _("Yes") if answer == "yes" else _("No")
        if self.kind == FieldKind.CHOICE:
            return dict(self.options).get(str(answer), "")
        return number_format(Decimal(str(answer)), force_grouping=True) if self.kind == FieldKind.NUMBER else str(answer)

    def problem(self, answer: Any, *, whole: bool) -> str:
        """What is wrong with an answer; `whole`: it must be there if it is required."""
        if answer in (None, ""):
            return _("Answer this.") if whole and self.is_required else ""
        if self.kind == FieldKind.NUMBER and not _is_number(answer):
            return _("Write a number, such as 12 000.")
        if self.kind == FieldKind.YES_NO and answer not in ("yes", "no"):
            return _("Choose yes or no.")
        if self.kind == FieldKind.CHOICE and answer not in dict(self.choices):
            return _("Choose one of these.")
        return _("The text is too long: at most %(most)s letters.") % {"most": MOST_WORDS} if len(str(answer)) > MOST_WORDS else ""


def _is_number(answer: Any) -> bool:
    try:
        return Decimal(str(answer)).is_finite()
    except InvalidOperation:
        return False


def best_words(words: Words) -> LocalText:
    """The words in the reader's language, or in the next one that there is."""
    order = reading_order()
    for language in order:
        if words.get(language):
            return LocalText(words[language], language, is_fallback=language != order[0])
    return LocalText("", order[0], is_fallback=False)


def questions_of(version: FormVersion, filler: str | None = None) -> list[Question]:
    """The form's questions in order, or those that one side answers."""
    found = [
        Question(
            each["key"], each["kind"], each["filler"], each["words"], each.get("required", False),
            [(key, words) for key, words in each.get("choices", ())],
        )
        for each in version.fields
    ]  # fmt: skip
    return [each for each in found if filler in (None, each.filler)]


@dataclass(frozen=True)
class Answered:
    """A question and what was answered, in words."""

    question: Question
    words: str


def answered(version: FormVersion, filler: Filler, answers: Mapping[str, Any]) -> list[Answered]:
    """The questions of one side that were answered."""
    pairs = [Answered(each, each.shown(answers.get(each.key))) for each in questions_of(version, filler)]
    return [each for each in pairs if each.words]
