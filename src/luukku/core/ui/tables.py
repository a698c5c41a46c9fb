"""Tables for spreadsheets: as text with semicolons and a byte order mark, as Finnish ones expect, and as workbooks (.xlsx)."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from django.http import HttpRequest, HttpResponse

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
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
    """The same as a workbook."""
    from luukku.core.ui.workbooks import workbook  # ten megabytes that most web processes never need

    return HttpResponse(workbook(heads, rows), content_type=SHEET, headers=_named(f"{name}.xlsx"))


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
