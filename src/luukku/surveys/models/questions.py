"""A question as a version keeps it, and what may be answered to it. Pure: it knows no database."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from luukku.core.translated import LocalText, reading_order
from luukku.surveys.enums import LISTED, SCALED, Kind

Texts = Mapping[str, str]  # by language
Value = int | float | str | list[str]
Content = dict[str, Value]  # answers by variable: `q3`, or `q4.r2` of a row of a matrix


def said(texts: Texts) -> LocalText:
    """The best of the texts for the present language."""
    order = reading_order()
    found = next((language for language in order if texts.get(language)), order[0])
    return LocalText(texts.get(found, ""), found, is_fallback=found != order[0] and bool(texts.get(found)))


@dataclass(frozen=True)
class Option:
    """One of what can be chosen, or one row of a matrix. Its code is what exports say."""

    code: str
    text: Texts

    @property
    def words(self) -> LocalText:
        return said(self.text)


@dataclass(frozen=True)
class Rule:
    """Shown only if an earlier question has one of these answers."""

    question: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """`low` to `high` with labelled ends for scales; `options` where one chooses; `rows` of a matrix."""

    key: str
    kind: str
    text: Texts
    help: Texts = field(default_factory=dict)
    is_required: bool = False
    options: tuple[Option, ...] = ()
    rows: tuple[Option, ...] = ()
    low: int = 1
    high: int = 5
    low_label: Texts = field(default_factory=dict)
    high_label: Texts = field(default_factory=dict)
    rule: Rule | None = None

    @property
    def words(self) -> LocalText:
        return said(self.text)

    @property
    def kind_words(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def hint(self) -> LocalText:
        return said(self.help)

    @property
    def low_words(self) -> LocalText:
        return said(self.low_label)

    @property
    def high_words(self) -> LocalText:
        return said(self.high_label)

    @property
    def codes_and_words(self) -> list[tuple[str, str]]:
        """What can be answered, with what people read."""
        if self.kind in SCALED:
            return [(code, code) for code in self.codes]
        return [(option.code, str(option.words)) for option in self.options]

    @property
    def steps(self) -> range:
        return range(self.low, self.high + 1)

    @property
    def codes(self) -> tuple[str, ...]:
        """What can be answered, for those kinds where it can be listed."""
        if self.kind in SCALED:
            return tuple(str(step) for step in self.steps)
        return tuple(option.code for option in self.options) if self.kind in LISTED else ()

    @property
    def variables(self) -> tuple[str, ...]:
        """Under which names its answers are kept."""
        return tuple(f"{self.key}.{row.code}" for row in self.rows) if self.kind == Kind.MATRIX else (self.key,)


def as_json(question: Question) -> dict[str, Any]:
    return asdict(question)


def of_json(kept: Mapping[str, Any]) -> Question:
    listed: dict[str, Any] = {name: tuple(Option(each["code"], each["text"]) for each in kept.get(name, ())) for name in ("options", "rows")}
    rule = kept.get("rule")
    plain = {name: value for name, value in kept.items() if name not in ("options", "rows", "rule")}
    return Question(**plain, **listed, rule=Rule(rule["question"], tuple(rule["codes"])) if rule else None)


def answers_to(question: Question, content: Content) -> set[str]:
    """The codes that have been answered to a question of a kind that rules can ask."""
    value = content.get(question.key)
    return set() if value is None else {str(each) for each in value} if isinstance(value, list) else {str(value)}


def shown(questions: Sequence[Question], content: Content) -> list[Question]:
    """The questions that this content leads to, in their order: a rule looks at earlier questions that are shown themselves."""
    found: dict[str, Question] = {}
    for question in questions:
        rule = question.rule
        if rule is None or (rule.question in found and answers_to(found[rule.question], content) & set(rule.codes)):
            found[question.key] = question
    return list(found.values())


def kept(questions: Sequence[Question], content: Content) -> Content:
    """Only what belongs to questions that are shown: whoever went back and chose otherwise has not answered what she no longer sees."""
    names = {variable for question in shown(questions, content) for variable in question.variables}
    return {name: value for name, value in content.items() if name in names}


def lacking(questions: Sequence[Question], content: Content) -> list[str]:
    """Variables of required questions that are shown and have no answer."""
    return [
        name for question in shown(questions, content) if question.is_required for name in question.variables if content.get(name) in (None, "", [])
    ]
