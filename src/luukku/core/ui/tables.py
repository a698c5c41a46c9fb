"""Tables for spreadsheets: as text with semicolons and a byte order mark, as Finnish ones expect, and as workbooks (.xlsx)."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767  # letters; more breaks the file
_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,14}")  # one that begins with zero is a code or a phone number
BOM = "\ufeff"  # without it they take the file for Latin-1


def line(cells: Sequence[str]) -> str:
    out = StringIO()
    csv.writer(out, delimiter=";").writerow([harmless(cell) for cell in cells])
    return out.getvalue()


def harmless(cell: str) -> str:
    """A spreadsheet runs what begins like a formula; an apostrophe keeps it a text."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def table_file(request: HttpRequest, name: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """A table as a download, `name` without its ending: for any spreadsheet, or as a sheet of its own kind when the address asks so (`as=xlsx`)."""
    if wants_sheet(request):
        return sheet_file(name, heads, rows)
    body = BOM + line(heads) + "".join(line(row) for row in rows)
    return HttpResponse(body, content_type="text/csv; charset=utf-8", headers=_named(f"{name}.csv"))


def wants_sheet(request: HttpRequest) -> bool:
    return request.GET.get("as") == "xlsx"


def sheet_file(name: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """The same as a workbook of one sheet, its heads bold and in view. Whole numbers are numbers, so that they can be summed; everything else is a
    text that no spreadsheet runs, whatever it begins with."""
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
    return HttpResponse(out.getvalue(), content_type=SHEET, headers=_named(f"{name}.xlsx"))


def _cell(sheet: Any, text: str, *, bold: bool = False) -> Any:
    plain = ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_CELL]
    if _NUMBER.fullmatch(plain):
        return WriteOnlyCell(sheet, int(plain))
    cell = WriteOnlyCell(sheet, plain)
    cell.data_type = "s"  # never a formula
    if bold:
        cell.font = Font(bold=True)
    return cell


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
