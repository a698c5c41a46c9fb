"""Workbooks (.xlsx). Imported where one is made: what it stands on is large."""

import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

LONGEST_CELL = 32_767  # letters; more breaks the file
_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,14}")  # one that begins with zero is a code or a phone number


def workbook(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """One sheet, its heads bold and in view. Whole numbers are numbers, so that they can be summed; everything else is a text that no spreadsheet
    runs, whatever it begins with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Table")[:31])
    sheet.freeze_panes = "A2"
    for place, head in enumerate(heads, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = max(12, min(40, len(head) + 4))
    sheet.append([_cell(sheet, head, bold=True) for head in heads])
    for row in rows:
        sheet.append([_cell(sheet, cell) for cell in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, text: str, *, bold: bool = False) -> Any:
    plain = ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_CELL]
    if _NUMBER.fullmatch(plain):
        return WriteOnlyCell(sheet, int(plain))
    cell = WriteOnlyCell(sheet, plain)
    cell.data_type = "s"  # never a formula
    if bold:
        cell.font = Font(bold=True)
    return cell
