"""The companies of a region by segment and something else: what may leave the organisation, small numbers hidden."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils.translation import gettext_lazy

from luukku.catalogue.enums import Segment
from luukku.core.actor import Actor
from luukku.core.registries import SegmentColumns, segment_columns
from luukku.core.suppression import publish
from luukku.customers.queries.segments.industries import NAMES, section_of
from luukku.customers.queries.segments.words import segment_name
from luukku.network.access.figures import require_figures
from luukku.network.models import Municipality, Region

OTHERS = gettext_lazy("Others")
UNKNOWN = gettext_lazy("Not known")
AGES = {"0": gettext_lazy("Under 3 years"), "3": gettext_lazy("3 to 9 years"), "10": gettext_lazy("10 years or more")}

CHANGES = {
    "owners": gettext_lazy("Changing owners"),
    "abroad": gettext_lazy("Considering to go abroad"),
    "home": gettext_lazy("Growing at home"),
    "none": gettext_lazy("No change known"),
}


@dataclass(frozen=True)
class AnalysisRow:
    """A segment; `cells` in the order of the columns, None where it is hidden."""

    name: str
    cells: Sequence[int | None]
    total: int


@dataclass(frozen=True)
class Analysis:
    """`total` None: there are too few companies to tell anything."""

    columns: Sequence[str]
    rows: Sequence[AnalysisRow]
    column_totals: Sequence[int]
    total: int | None

    @property
    def hides(self) -> bool:
        return any(cell is None for row in self.rows for cell in row.cells)


def _cells(what: str, region_id: int, day: date) -> Counter[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("select segment, key, companies from wall.customers_segment_cells(%s, %s) where what = %s", [region_id, day, what])
        return Counter({(segment, key): count for segment, key, count in cursor.fetchall()})


def _by_change(region_id: int, day: date) -> dict[tuple[str, str], int]:
    with connection.cursor() as cursor:
        cursor.execute("select segment, key, companies from wall.customers_segment_change(%s, %s)", [region_id, day])
        return {(segment, key): count for segment, key, count in cursor.fetchall()}


def _by_industry(region_id: int, day: date) -> dict[tuple[str, str], int]:
    found: Counter[tuple[str, str]] = Counter()
    for (segment, division), count in _cells("industry", region_id, day).items():
        found[segment, section_of(division)] += count
    return found


def _place(code: str) -> str:
    found = Municipality.objects.filter(code=code).order_by("-valid_from").first()
    return str(found.name) if found else code


COLUMNS = {
    "industry": SegmentColumns(gettext_lazy("Industry"), 10, _by_industry, lambda key: str(NAMES.get(key, UNKNOWN))),
    "municipality": SegmentColumns(gettext_lazy("Municipality"), 20, lambda region, day: _cells("municipality", region, day), _place),
    "age": SegmentColumns(gettext_lazy("Age"), 30, lambda region, day: _cells("age", region, day), lambda key: str(AGES.get(key, UNKNOWN))),
    "change": SegmentColumns(gettext_lazy("Companies in change"), 35, _by_change, lambda key: str(CHANGES[key])),
}


def columns_to_choose() -> list[tuple[str, str]]:
    """Codes and names of what companies can be counted by."""
    return [(code, str(each.label)) for code, each in sorted(segment_columns.items(), key=lambda item: item[1].order)]


def analyse(actor: Actor, region: Region, by: str, day: date) -> Analysis:
    """The region's companies as of a day. Statements: one for the cells, one for each municipality named. Raises NotAllowed.

    Tables of one region and day share the totals of their segments, so that they may stand side by side (core.suppression).
    """
    require_figures(actor, region.pk)
    columns = segment_columns[by]
    return shown_of(columns.cells(region.pk, day), columns)


def shown_of(cells: Mapping[tuple[str, str], int], columns: SegmentColumns) -> Analysis:
    """What may be shown, in the order of the list of segments; columns from the largest on."""
    order = {code: place for place, code in enumerate(Segment.values)}
    totals = Counter[str]()
    for (_segment, key), count in cells.items():
        totals[key] += count
    ordered = dict(sorted(cells.items(), key=lambda cell: (order.get(cell[0][0], 99), -totals[cell[0][1]], cell[0][1])))
    keys = sorted(totals, key=lambda key: (-totals[key], key))
    ordered = {(segment, key): cells.get((segment, key), 0) for segment in dict.fromkeys(code for code, _ in ordered) for key in keys}
    found = publish(ordered)
    rows = [
        AnalysisRow(_name(group, segment_name), [found.cells[row, column] for column in range(len(found.columns))], found.row_totals[row])
        for row, group in enumerate(found.rows)
    ]
    return Analysis([_name(group, columns.name) for group in found.columns], rows, found.column_totals, found.total)


def _name(group: tuple[str, ...], name: Callable[[str], str]) -> str:
    if len(group) > 1:
        return str(OTHERS)
    return name(group[0]) if group[0] else str(UNKNOWN)
