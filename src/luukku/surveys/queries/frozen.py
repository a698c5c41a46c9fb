"""Results as they were on the day when they were shown to people: kept as numbers and words, and drawn again from them."""

from collections.abc import Mapping, Sequence
from typing import Any

from luukku.surveys.enums import SCALED
from luukku.surveys.models import Survey
from luukku.surveys.queries.results import Bar, Beside, Block, Line, Results, count

Frozen = Mapping[str, Any]


def freeze(page: Results) -> dict[str, Any]:
    """What others of the product may keep. Call only when there are enough answers."""
    lines = {line.variable: _line(line) for block in page.blocks for line in block.lines}
    return {"invited": page.invited, "answered": page.answered, "surveys": page.area, "lines": lines}


def _line(line: Line) -> dict[str, Any]:
    area = next(([each.mean, each.n] for each in line.beside if each.label == "area"), None)
    return {
        "n": line.n, "hidden": line.is_hidden, "mean": line.mean, "counts": [bar.count for bar in line.bars], "texts": list(line.texts), "area": area,
        "themes": [[bar.label, bar.count] for bar in line.themes],
        "ranks": [[each.label, each.mean, each.n] for each in line.ranks],
    }  # fmt: skip


def mean_of_scales(survey: Survey, frozen: Frozen) -> float | None:
    """Over the questions with a scale, each weighing the same."""
    names = {variable for question in survey.version.questions if question.kind in SCALED for variable in question.variables}
    means = [line["mean"] for name, line in frozen["lines"].items() if name in names and line["mean"] is not None]
    return sum(means) / len(means) if means else None


def thaw(survey: Survey, frozen: Frozen, earlier: Sequence[tuple[str, Frozen]] = ()) -> Results:
    """The page again, with the means of `earlier` rounds (their names first) beside it."""
    blocks = count(survey.version.questions, [], survey.hide_below)
    for block in blocks:
        for line in block.lines:
            _fill(block, line, frozen["lines"].get(line.variable), [(name, each["lines"].get(line.variable)) for name, each in earlier])
    return Results(survey, frozen["invited"], frozen["answered"], True, blocks, frozen["surveys"])


def _fill(block: Block, line: Line, kept: Frozen | None, earlier: Sequence[tuple[str, Frozen | None]]) -> None:
    if kept is None:
        return
    line.n, line.is_hidden, line.mean, line.texts = kept["n"], kept["hidden"], kept["mean"], kept["texts"]
    line.themes = [Bar("", name, n, n / kept["n"]) for name, n in kept.get("themes", ())]
    options = block.question.codes_and_words
    if kept["counts"]:
        line.bars = [Bar(code, label, n, n / kept["n"]) for (code, label), n in zip(options, kept["counts"], strict=True)]
    line.ranks = [Beside(*each) for each in kept["ranks"]]
    if line.mean is None:
        return
    line.beside = [Beside(name, each["mean"] if each else None, each["n"] if each else 0) for name, each in earlier]
    if kept["area"] is not None:
        line.beside.append(Beside("area", *kept["area"]))
