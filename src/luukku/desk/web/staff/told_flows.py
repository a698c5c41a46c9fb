"""Handovers and spans as tables that leave the network: no count under five can be read or reckoned from them (core.suppression)."""

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from luukku.core.suppression import FEWEST, grouped, publish, told, told_apart
from luukku.desk.queries.handover_figures import Result
from luukku.desk.queries.network_figures import Cell, Matrix, SpanFigure

HIDDEN = ".."
Pair = tuple[int, int | None]


class Spanned(Protocol):
    """A line of the spans."""

    @property
    def figure(self) -> SpanFigure: ...


S = TypeVar("S", bound=Spanned)


def told_pairs(matrix: Matrix, results: Mapping[Pair, Result]) -> list[list[str]]:
    """From whom, to whom, counts, median days to contact, what came of it: organisations with few handovers stand together as others."""
    published = publish({pair: cell.sent for pair, cell in matrix.cells.items()})
    rows = []
    for (row, column), sent in published.cells.items():
        pairs = [(passer, receiver) for passer in published.rows[row] for receiver in published.columns[column]]
        cell = sum((matrix.cells.get(pair, Cell()) for pair in pairs), Cell())
        if cell.sent:
            result = results.get(pairs[0], Result()) if len(pairs) == 1 else Result()
            names = [_called(matrix, published.rows[row]), _called(matrix, published.columns[column])]
            rows.append((-(sent or 0), [*names, *_counts(cell, sent), *_came(result)]))
    return [cells for _order, cells in sorted(rows)]


def _called(matrix: Matrix, group: Sequence[int | None]) -> str:
    return matrix.names[group[0]] if len(group) == 1 else _("Others")


def _counts(cell: Cell, sent: int | None) -> list[str]:
    """Sent, accepted, declined, contacted, warm."""
    if sent is None:
        return [HIDDEN] * 5
    accepted, declined = told_apart(sent, cell.accepted, cell.declined)
    contacted = told(cell.contacted, sent, cell.accepted)
    return [str(sent), *(HIDDEN if each is None else str(each) for each in (accepted, declined, contacted, told(cell.warm, sent, cell.contacted)))]


def _came(result: Result) -> list[str]:
    days = number_format(result.hours / 24, 2) if result.hours is not None else ""
    counts = (result.helped, result.nothing, result.withdrawn, result.not_for_us)
    return [days, *("" if each is None else str(each) for each in counts)]


def told_rows(rows: Sequence[S]) -> list[S]:
    """Of one kind: the region, and its organisations and services, each list without the small ones and the smallest of the others, by which
    they could be reckoned from the region's number."""
    whole = [place for place, row in enumerate(rows) if not row.figure.organisation_id and not row.figure.service_id and row.figure.n >= FEWEST]
    organisations = {place: row.figure.n for place, row in enumerate(rows) if row.figure.organisation_id and not row.figure.service_id}
    services = {place: row.figure.n for place, row in enumerate(rows) if row.figure.service_id}
    kept = {each for counts in (organisations, services) for group in grouped(counts) if len(group) == 1 for each in group} | set(whole)
    return [row for place, row in enumerate(rows) if place in kept]
