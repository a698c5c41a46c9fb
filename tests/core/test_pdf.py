"""Papers are accessible PDFs whose words are what they were, and nothing more."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from luukku.core.pdf import Boxed, Break, Facts, Heading, Items, Paper, Small, Table, Text, pdf_of, pdf_response
from luukku.core.pdf.blocks import Block

ROWS = [[f"Tavoite {number}", "Toimi", "Mittari"] for number in range(90)]
ALL: list[Block] = [
    Heading("Yhteistyö"),
    Heading("Toimet", level=2),
    Text("Ensin yksi.\nSitten toinen.\n\nJa uusi kappale."),
    Boxed("Päätös 1", "Hyväksyttiin."),
    Items(["Yksi", "Kaksi"]),
    Facts([("Paikka", "Seututalo")]),
    Table(["Tavoite", "Toimi", "Mittari"], ROWS, "Vuoden toimet", (2, 1, 1)),
    Break(),
    Small("Tiiviste"),
]


def paper(*blocks: Block, title: str = "Pöytäkirja", lying: bool = False) -> Paper:
    return Paper(title, "fi", blocks, datetime(2026, 3, 3, 10, 0, 0, 123456, tzinfo=UTC), about="Suupohja, 3.3.2026", draft="Luonnos", lying=lying)


def read(pdf: bytes) -> tuple[PdfReader, str]:
    reader = PdfReader(BytesIO(pdf))
    return reader, "\n".join(page.extract_text() for page in reader.pages)


def test_paper_is_tagged_named_and_in_its_language() -> None:
    reader, _words = read(pdf_of(paper(*ALL)))
    root: Any = reader.root_object
    assert root["/Lang"] == "fi"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Pöytäkirja"
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


def test_every_kind_of_block_is_shown() -> None:
    _reader, words = read(pdf_of(paper(*ALL)))
    for said in ("Luonnos", "Suupohja, 3.3.2026", "Toimet", "Sitten toinen.", "Hyväksyttiin.", "Kaksi", "Seututalo", "Tavoite 89", "Tiiviste"):
        assert said in words


def test_head_of_a_long_table_stands_on_every_page() -> None:
    reader, _words = read(pdf_of(paper(Table(["Tavoite", "Toimi", "Mittari"], ROWS, "Vuoden toimet"), lying=True)))
    assert len(reader.pages) > 2
    assert all("Mittari" in page.extract_text() for page in reader.pages)


@pytest.mark.parametrize(
    "words", ["#panic()", '#read("/etc/passwd")', "*a* _b_ `c` $d$", "= a\n- b\n+ c", "\\#", "a // b /* c */", "@ref <label>", "~ --- ..."]
)
def test_words_that_look_like_markup_stay_words(words: str) -> None:
    _reader, shown = read(pdf_of(paper(Text(words), title=words)))
    assert "".join(words.split()) in "".join(shown.split())


def test_same_paper_is_the_same_file() -> None:
    assert pdf_of(paper(*ALL)) == pdf_of(paper(*ALL))


def test_answer_is_shown_in_the_browser_and_kept_out_of_caches() -> None:
    answer = pdf_response(paper(title="Ohjausryhmä: pöytäkirja"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="ohjausryhma-poytakirja.pdf"'
    assert "no-store" in answer["Cache-Control"]
