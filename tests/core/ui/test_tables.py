"""Lists as files for spreadsheets: nothing in them is run."""

from io import BytesIO

import pytest
from django.test import RequestFactory
from openpyxl import load_workbook

from luukku.core.ui.tables import SHEET, table_file

CELLS = ["=1+1", "+358 40 123", "-2", "@sum", "0405550142", "049", "12", "\x07äö", '=HYPERLINK("http://x")', ""]


def sheet(*cells: str) -> list[object]:
    answer = table_file(RequestFactory().get("/?as=xlsx"), "taulu", ["Otsikko"] * len(cells), [list(cells)])
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (SHEET, 'attachment; filename="taulu.xlsx"')
    rows = list(load_workbook(BytesIO(answer.content)).active.rows)
    assert [cell.data_type for cell in rows[1]].count("f") == 0
    return [cell.value for cell in rows[1]]


def test_sheet_holds_numbers_as_numbers_and_formulas_as_text() -> None:
    assert sheet(*CELLS) == ["=1+1", "+358 40 123", -2, "@sum", "0405550142", "049", 12, "äö", '=HYPERLINK("http://x")', None]


def test_sheet_cuts_what_would_break_the_file() -> None:
    assert len(str(sheet("a" * 40_000)[0])) == 32_767


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_text_file_marks_what_a_spreadsheet_would_run(cell: str) -> None:
    answer = table_file(RequestFactory().get("/"), "taulu", ["Otsikko"], [[cell]])
    assert f"'{cell}" in answer.content.decode()
    assert answer["Content-Disposition"] == 'attachment; filename="taulu.csv"'
