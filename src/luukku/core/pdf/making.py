"""Blocks become a PDF: Typst sets them by one template, and refuses what a screen reader could not follow."""

import json
from dataclasses import asdict
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from luukku.core.pdf.blocks import Paper

if TYPE_CHECKING:
    import typst

TEMPLATE = Path(__file__).with_name("paper.typ")


def pdf_of(paper: Paper) -> bytes:
    """An A4 PDF that keeps PDF/UA-1 (ISO 14289-1): tagged, with title and language. The same paper gives the same bytes."""
    import typst

    content = asdict(paper) | {"dated": None, "blocks": [{"kind": each.kind} | asdict(each) for each in paper.blocks]}
    made: bytes = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=_fonts(),
        sys_inputs={"paper": json.dumps(content)},
        pdf_standards=["ua-1"],
        timestamp=paper.dated.replace(microsecond=0),
    )
    return made


@cache
def _fonts() -> "typst.Fonts":
    """The letters of the screens (Source Sans, SIL OFL 1.1); none of the machine's own, so that a paper looks the same everywhere."""
    import typst

    found = find_spec("font_source_sans_pro")
    if found is None or found.origin is None:
        raise RuntimeError("The package font-source-sans-pro is not installed.")
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[Path(found.origin).parent / "files"])
