"""Style sheet and templates agree: no class is styled that nothing wears, none is worn that nothing styles."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CLASS = re.compile(r"(?<![\w-])lu-[\w-]+")
OPEN_END = ("--", "__")  # `lu-clock--{state}`: the rest is filled in


def text_of(*patterns: str) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for pattern in patterns for path in sorted(ROOT.glob(pattern)))


def styled() -> set[str]:
    sheet = re.sub(r"/\*.*?\*/", "", text_of("styles/theme/*.css"), flags=re.DOTALL)
    return set(re.findall(r"\.(lu-[\w-]+)", sheet))


def worn() -> tuple[set[str], tuple[str, ...]]:
    """Names in templates, Python and scripts, and the beginnings of those that are put together there."""
    found = set(CLASS.findall(text_of("src/luukku/**/templates/**/*.html", "src/luukku/**/*.py", "styles/scripts/*.js")))
    begun = {name for name in found if name.endswith(OPEN_END)}
    return found - begun, tuple(begun)


def test_every_class_of_the_style_sheet_is_worn() -> None:
    names, begun = worn()
    assert sorted(name for name in styled() - names if not name.startswith(begun)) == []


def test_every_class_that_is_worn_is_styled() -> None:
    names, begun = worn()
    known = styled()
    assert sorted(names - known) == []
    assert [start for start in begun if not any(name.startswith(start) for name in known)] == []


def test_each_field_of_a_filter_row_stands_in_a_box_of_its_own() -> None:
    """A label that is not in one takes the whole width of a wide screen, and half of a phone's."""
    rows = re.findall(r'<form class="lu-filter.*?</form>', text_of("src/luukku/**/templates/**/*.html"), flags=re.DOTALL)
    assert rows
    assert [
        row[:200]
        for row in rows
        if re.search(
            r"</?(?:form|input|button|p|a|div)\b[^>]*>\s*(?:\{%[^%]*%\}\s*)*<label", re.sub(r"<div[^>]*>.*?</div>", "", row, flags=re.DOTALL)
        )
    ] == []
