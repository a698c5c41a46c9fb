"""Answers as tables with codes, for spreadsheets and statistics programs, and the book that says what each code means."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from luukku.surveys.access import answer_rows
from luukku.surveys.enums import LISTED, SCALED, Kind
from luukku.surveys.models import Survey
from luukku.surveys.models.questions import Content, Question, said
from luukku.surveys.queries.themes import themed, themes_by_question

Table = tuple[list[str], list[list[str]]]


def columns_of(question: Question) -> list[str]:
    """Names that statistics programs take: letters, numbers and underscores; one for each option where several can be chosen or are ranked."""
    if question.kind in (Kind.MANY, Kind.RANKING):
        return [f"{question.key}_{option.code}" for option in question.options]
    return [variable.replace(".", "_") for variable in question.variables]


def cells_of(question: Question, content: Content) -> list[str]:
    """1 or 0 for what was or was not chosen, the place for what was ranked, the code or number else; empty for no answer."""
    if question.kind in (Kind.MANY, Kind.RANKING):
        value = content.get(question.key)
        if not isinstance(value, list):
            return ["" for _option in question.options]
        if question.kind == Kind.RANKING:
            return [str(value.index(option.code) + 1) if option.code in value else "" for option in question.options]
        return [str(int(option.code in value)) for option in question.options]
    return [str(content.get(variable, "")) for variable in question.variables]


def coded(survey: Survey) -> Table:
    """A line for each answer; none when there are too few. Own words are left out where the answers are anonymous: whoever knows how somebody
    writes would know all that she answered."""
    questions = [each for each in survey.version.questions if not (survey.is_anonymous and each.kind == Kind.TEXT)]
    heads = [name for question in questions for name in columns_of(question)]
    rows = [[cell for question in questions for cell in cells_of(question, content)] for _key, content, _of in answer_rows({survey.pk: survey})]
    return heads, rows


def words(survey: Survey) -> Table:
    """Answers in own words, each by itself and by the alphabet, with the themes under which it stands."""
    questions = [each for each in survey.version.questions if each.kind == Kind.TEXT]
    found = [content for _key, content, _of in answer_rows({survey.pk: survey})]
    themes, rows = themes_by_question(survey), []
    for question in questions:
        names = themed(survey.pk, question.key, found, themes.get(question.key, [])).names
        texts = sorted((str(content[question.key]) for content in found if content.get(question.key)), key=str.casefold)
        rows += [[question.key, str(question.words), each, ", ".join(names[each])] for each in texts]
    return [_("Variable"), _("Question"), _("The answer"), _("Themes")], rows


def code_book(survey: Survey) -> Table:
    """What each column and code means."""
    rows: list[list[str]] = []
    for question in survey.version.questions:
        rows += _explained(question)
    return [_("Variable"), _("Question"), _("Kind"), _("Code"), _("Meaning")], rows


def _explained(question: Question) -> list[list[str]]:
    kind = str(Kind(question.kind).label)
    if question.kind in (Kind.MANY, Kind.RANKING):
        return [[f"{question.key}_{each.code}", str(question.words), kind, "", str(each.words)] for each in question.options]
    labels: Sequence[str] = [str(each.words) for each in question.rows] if question.kind == Kind.MATRIX else [str(question.words)]
    rows = []
    for name, label in zip(columns_of(question), labels, strict=True):
        rows += [[name, label, kind, code, meaning] for code, meaning in _meanings(question)] or [[name, label, kind, "", ""]]
    return rows


def _meanings(question: Question) -> list[tuple[str, str]]:
    if question.kind in LISTED:
        return [(each.code, str(each.words)) for each in question.options]
    if question.kind not in SCALED:
        return []
    ends = {question.low: question.low_label, question.high: question.high_label}
    return [(str(step), str(said(ends[step])) if step in ends else str(step)) for step in question.steps]
