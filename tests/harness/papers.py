"""Whether a paper can be read by everybody: by a screen reader, in its language, under its name."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader

TABLE = {"/Table", "/TR", "/TH", "/TD"}


def check_accessible(pdf: bytes, title: str, *, language: str = "fi", tables: bool = False) -> str:
    """Its words. Fails when it has no tags, no language, no title that the window shows, no first heading, or a table without heads."""
    reader = PdfReader(BytesIO(pdf))
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith(language)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert title in str(reader.metadata.title)
    tags = list(_tags(root["/StructTreeRoot"]))
    assert "/H1" in tags
    assert not tables or set(tags) >= TABLE
    assert all("/StructParents" in page for page in reader.pages), "words of a page outside the tags"
    return "\n".join(page.extract_text() for page in reader.pages)


def _tags(node: Any) -> Iterator[str]:
    found = node.get_object()
    if isinstance(found, list):
        for each in found:
            yield from _tags(each)
    elif isinstance(found, dict):
        if "/S" in found:
            yield str(found["/S"])
        if "/K" in found:
            yield from _tags(found["/K"])
