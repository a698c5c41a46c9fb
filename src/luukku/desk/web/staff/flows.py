"""Handovers between organisations, and how long things take: the page and its tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from luukku.core.actor import Actor
from luukku.core.months import ended_months
from luukku.core.ui.forms import actor_of, chosen, staff_only
from luukku.core.ui.tables import table_file
from luukku.desk.enums import SpanKind
from luukku.desk.queries.handover_figures import Result, handover_results
from luukku.desk.queries.network_figures import Cell, Matrix, SpanFigure, by_kind, handover_matrix, span_figures
from luukku.desk.queries.periods import YEAR
from luukku.desk.web.staff.told_flows import told_pairs, told_rows
from luukku.network.access.figures import figure_regions
from luukku.network.models import Region

_TOO_FEW = "–"
Results = Mapping[tuple[int, int | None], Result]
SPANS = {
    SpanKind.TAKEN_UP: gettext_lazy("From coming in to being taken up"),
    SpanKind.LEG: gettext_lazy("One organisation's part, from coming in to being settled"),
    SpanKind.CASE: gettext_lazy("The whole matter, from the first contact to being settled"),
    SpanKind.CONTACT: gettext_lazy("A handover, from sending to the receiver's contact"),
}


@dataclass(frozen=True)
class Pair:
    """Handovers from one organisation to another, as words."""

    passer: str
    receiver: str
    cell: Cell
    result: Result

    @property
    def median(self) -> str:
        return _median(self.result)

    @property
    def came(self) -> list[str]:
        """`12 helped`, `5 came to nothing`: what was handed over and has ended; empty where there are too few to say."""
        named = ((_("helped"), self.result.helped), (_("came to nothing"), self.result.nothing))
        ended = ((_("withdrawn"), self.result.withdrawn), (_("not for them"), self.result.not_for_us))
        return [f"{n} {words}" for words, n in (*named, *ended) if n]


@dataclass(frozen=True)
class Grid:
    """The matrix as a table: receivers as columns, a row for each passer with its sum. A cell is a count and the median to contact in words."""

    receivers: list[str]
    rows: list[tuple[str, list[tuple[int, str]], int]]


@dataclass(frozen=True)
class SpanRow:
    """How long one kind of thing took for the region, an organisation or a service."""

    what: str
    figure: SpanFigure

    @property
    def n(self) -> str:
        return ngettext("%(n)s matter", "%(n)s matters", self.figure.n) % {"n": self.figure.n}

    @property
    def median(self) -> str:
        return _days(self.figure.median)

    @property
    def p90(self) -> str:
        return _days(self.figure.p90)


def _days(days: float | None) -> str:
    """`3.5 days`; hours below two days; a dash where there are too few to say."""
    if days is None:
        return _TOO_FEW
    if days < 2:
        hours = round(days * 24)
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    return _("%(n)s days") % {"n": number_format(days, 1)}


def _matrix(actor: Actor, region: Region) -> Matrix:
    today = timezone.localdate()
    return handover_matrix(actor, region, today - YEAR, today, outside=_("Outside the network"))


def _median(result: Result) -> str:
    return _days(result.hours / 24 if result.hours is not None else None)


def _results(actor: Actor, region: Region) -> Results:
    return handover_results(actor, region, ended_months(12))


def _pairs(matrix: Matrix, results: Results) -> list[Pair]:
    pairs = [
        Pair(matrix.names[passer], matrix.names[receiver], cell, results.get((passer, receiver), Result()))
        for (passer, receiver), cell in matrix.cells.items()
    ]
    return sorted(pairs, key=lambda pair: (-pair.cell.sent, pair.passer, pair.receiver))


def _grid(matrix: Matrix, results: Results) -> Grid:
    receivers = sorted({receiver for _, receiver in matrix.cells}, key=lambda each: (each is None, matrix.names[each]))
    passers = sorted({passer for passer, _ in matrix.cells}, key=lambda each: matrix.names[each])
    rows = []
    for passer in passers:
        cells = [(matrix.cells.get((passer, each), Cell()).sent, _median(results.get((passer, each), Result()))) for each in receivers]
        rows.append((matrix.names[passer], [(n, median if median != _TOO_FEW else "") for n, median in cells], sum(n for n, _ in cells)))
    return Grid([matrix.names[each] for each in receivers], rows)


def _spans(figures: list[SpanFigure], *, thin: bool) -> list[tuple[str, list[SpanRow]]]:
    """Heading and rows by kind: the whole region first, then organisations, then services; the most first. Services too few to say if `thin`."""
    kinds = by_kind([each for each in figures if thin or each.median is not None or each.service_id is None])
    return [(str(SPANS[kind]), _rows(kinds[kind.value])) for kind in SpanKind if kind.value in kinds]


def _rows(figures: list[SpanFigure]) -> list[SpanRow]:
    ordered = sorted(figures, key=lambda each: (bool(each.organisation_id or each.service_id), bool(each.service_id), -each.n, each.name))
    return [SpanRow(each.name or _("The whole region"), each) for each in ordered]


@require_safe
@staff_only
def flows(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    regions = figure_regions(actor)
    region = chosen(request, "region", regions)
    matrix, results = _matrix(actor, region), _results(actor, region)
    figures, counted_at = span_figures(actor, region)
    context = {
        "regions": regions, "region": region, "total": matrix.total, "pairs": _pairs(matrix, results), "grid": _grid(matrix, results),
        "spans": _spans(figures, thin=False),
        "counted_at": counted_at,
        "shares": _shares(matrix.total),
    }  # fmt: skip
    return render(request, "desk/staff/flows.html", context)


def _shares(total: Cell) -> list[tuple[str, int, int]]:
    """What came of the handovers: words, how many, and the share of those sent in per cent."""
    named = ((_("accepted"), total.accepted), (_("declined"), total.declined), (_("customer contacted"), total.contacted), (_("warm"), total.warm))
    return [(words, number, round(100 * number / total.sent) if total.sent else 0) for words, number in named]


@require_safe
@staff_only
def flows_table(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    region = chosen(request, "region", figure_regions(actor))
    counted = [_("Sent"), _("Accepted"), _("Declined"), _("Customer contacted"), _("Warm")]
    came = [_("Ended with help"), _("Came to nothing"), _("Withdrawn by the customer"), _("Not for them")]
    heads = [_("From whom"), _("To whom"), *counted, _("Median to contact, days"), *came]
    return table_file(request, _name("siirrot", region), heads, told_pairs(_matrix(actor, region), _results(actor, region)))


@require_safe
@staff_only
def spans_table(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    region = chosen(request, "region", figure_regions(actor))
    figures, counted_at = span_figures(actor, region)
    heads = [_("What is measured"), _("Organisation or service"), _("Matters"), _("Median, days"), _("90th percentile, days"), _("Counted")]
    rows = [
        [heading, row.what, str(row.figure.n), _number(row.figure.median), _number(row.figure.p90), _moment(counted_at)]
        for heading, rows in _spans(figures, thin=True)
        for row in told_rows(rows)
    ]
    return table_file(request, _name("kestot", region), heads, rows)


def _number(value: float | None) -> str:
    return number_format(value, 2) if value is not None else ""


def _moment(value: datetime | None) -> str:
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else ""


def _name(what: str, region: Region) -> str:
    return f"{what}-{region.code}-{timezone.localdate().isoformat()}"
