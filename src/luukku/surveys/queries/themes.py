"""Answers in own words, and the themes under which whoever keeps the survey has put them. A mark stands for words, the same for the same words."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from luukku.core.errors import NotFound
from luukku.core.secret_links import secret_of
from luukku.surveys.access import answer_rows, themes_of
from luukku.surveys.enums import Kind
from luukku.surveys.models import Survey, Theme
from luukku.surveys.models.questions import Content, Question


@dataclass
class Themed:
    """The themes of one question: how many answers stand under each, and under which each text stands. `n`: who have answered the question."""

    n: int
    counts: list[tuple[Theme, int]] = field(default_factory=list)
    rest: int = 0
    names: dict[str, list[str]] = field(default_factory=dict)


def mark_of(survey_id: int, variable: str, text: str) -> str:
    """What stands for these words, here alone."""
    return secret_of(f"theme:{survey_id}:{variable}:{text}")


def kept_under(variable: str) -> str:
    """Where a named answer whose words have been forgotten says under which themes they stood."""
    return f"{variable}.themes"


def themes_by_question(survey: Survey) -> dict[str, list[Theme]]:
    """One statement."""
    found: dict[str, list[Theme]] = defaultdict(list)
    for theme in themes_of(survey):
        found[theme.variable].append(theme)
    return found


def under(survey_id: int, variable: str, row: Content, themes: Iterable[Theme]) -> list[Theme]:
    """The themes of one answer: by its words, or as it was when they were forgotten."""
    text, kept = row.get(variable), row.get(kept_under(variable))
    if isinstance(kept, list):
        return [each for each in themes if str(each.pk) in kept]
    mark = mark_of(survey_id, variable, str(text)) if text else ""
    return [each for each in themes if mark in each.marks]


def themed(survey_id: int, variable: str, rows: Sequence[Content], themes: Sequence[Theme]) -> Themed:
    """Pure: counts of a question's answers by theme."""
    told = [row for row in rows if row.get(variable) or kept_under(variable) in row]
    counts, found = dict.fromkeys((each.pk for each in themes), 0), Themed(len(told))
    for row in told:
        mine = under(survey_id, variable, row, themes)
        for each in mine:
            counts[each.pk] += 1
        found.rest += not mine
        if row.get(variable):
            found.names[str(row[variable])] = [each.name for each in mine]
    found.counts = sorted(((each, counts[each.pk]) for each in themes), key=lambda pair: (-pair[1], pair[0].name.casefold()))
    return found


def open_question(survey: Survey, key: str) -> Question:
    """One that is answered in own words. Raises NotFound."""
    found = next((each for each in survey.version.questions if each.key == key and each.kind == Kind.TEXT), None)
    if found is None:
        raise NotFound
    return found


def texts_of(survey: Survey, key: str) -> dict[str, str]:
    """Different answers to a question in own words by their marks, by the alphabet; none while results are not shown. One statement."""
    texts = {str(content[key]) for _key, content, _of in answer_rows({survey.pk: survey}) if content.get(key)}
    return {mark_of(survey.pk, key, text): text for text in sorted(texts, key=str.casefold)}
