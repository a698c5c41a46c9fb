"""Tables of handovers that leave the network name no count under five, and give none away."""

from collections.abc import Sequence

from luukku.core.suppression import is_small
from luukku.desk.queries.handover_figures import Result
from luukku.desk.queries.network_figures import Cell, Matrix, SpanFigure
from luukku.desk.web.staff.flows import SpanRow
from luukku.desk.web.staff.told_flows import HIDDEN, told_pairs, told_rows

NAMES: dict[int | None, str] = {1: "A", 2: "B", 3: "C", None: "Ulkona"}


def test_few_handovers_stand_together_and_small_parts_are_hidden() -> None:
    cells = {(1, 2): Cell(40, 30, 7, 28, 2), (2, 1): Cell(20, 14, 6, 14, 14), (3, 1): Cell(2, 1, 1, 1, 0), (1, None): Cell(1, 0, 0, 0, 0)}
    rows = told_pairs(Matrix(NAMES, cells), {(1, 2): Result(hours=48.0, helped=12)})
    shown = [int(cell) for row in rows for cell in row[2:7] if cell != HIDDEN]
    assert not any(is_small(count) for count in shown)
    assert not any("C" in row or "Ulkona" in row for row in rows)


def test_spans_leave_small_ones_and_the_smallest_other_out() -> None:
    def row(organisation: int | None, n: int) -> SpanRow:
        return SpanRow(str(organisation), SpanFigure("leg", organisation, None, "", n, 1.0, 2.0))

    rows: Sequence[SpanRow] = [row(None, 33), row(1, 20), row(2, 10), row(3, 3)]
    assert [each.what for each in told_rows(rows)] == ["None", "1"]
