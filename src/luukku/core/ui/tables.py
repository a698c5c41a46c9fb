"""Tables for spreadsheets: semicolons and a byte order mark, as Finnish ones expect."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from django.http import HttpResponse

BOM = "\ufeff"  # without it they take the file for Latin-1


def line(cells: Sequence[str]) -> str:
    out = StringIO()
    csv.writer(out, delimiter=";").writerow([harmless(cell) for cell in cells])
    return out.getvalue()


def harmless(cell: str) -> str:
    """A spreadsheet runs what begins like a formula; an apostrophe keeps it a text."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def table_file(name: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """A small table as a download."""
    body = BOM + line(heads) + "".join(line(row) for row in rows)
    return HttpResponse(body, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'})
