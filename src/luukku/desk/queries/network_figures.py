"""The handover matrix and how long things take, of a region: numbers only."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Sum

from luukku.core.actor import Actor
from luukku.core.registries import Check
from luukku.core.suppression import FEWEST
from luukku.desk.models import HandoverCount, Span
from luukku.network.access.figures import require_figures
from luukku.network.models import Organisation, Region

_COUNTED = ("sent", "accepted", "declined", "contacted", "warm")


@dataclass(frozen=True)
class Cell:
    """Handovers from one organisation to another in a period."""

    sent: int = 0
    accepted: int = 0
    declined: int = 0
    contacted: int = 0
    warm: int = 0

    def __add__(self, other: "Cell") -> "Cell":
        return Cell(*(getattr(self, name) + getattr(other, name) for name in _COUNTED))


@dataclass(frozen=True)
class Matrix:
    """Organisations by id (None: outside the network) and the cells that are not empty, by passer and receiver."""

    names: dict[int | None, str]
    cells: dict[tuple[int, int | None], Cell]

    @property
    def total(self) -> Cell:
        return sum(self.cells.values(), Cell())

    def made_by(self, organisation_id: int) -> Cell:
        return sum((cell for (passer, _), cell in self.cells.items() if passer == organisation_id), Cell())


def handover_matrix(actor: Actor, region: Region, first: date, last: date, outside: str) -> Matrix:
    """Handovers sent from `first` to `last`; `outside` is the name of all that lies outside the network. Three statements. Raises NotAllowed."""
    require_figures(actor, region.pk)
    rows = HandoverCount.objects.filter(region=region, day__gte=first, day__lte=last).order_by()
    summed = rows.values_list("from_organisation_id", "to_organisation_id").annotate(*(Sum(name) for name in _COUNTED))
    cells = {(passer, receiver): Cell(*counts) for passer, receiver, *counts in summed if counts[0]}
    ids = {each for pair in cells for each in pair if each is not None}
    names: dict[int | None, str] = {each.pk: str(each.name) for each in Organisation.objects.filter(pk__in=ids)}
    if any(receiver is None for _, receiver in cells):
        names[None] = outside
    return Matrix(names, cells)


@dataclass(frozen=True)
class SpanFigure:
    """Days of one kind of thing, of the region (both None), an organisation or a service. `median` is None when there are too few."""

    kind: str
    organisation_id: int | None
    service_id: int | None
    name: str
    n: int
    median: float | None
    p90: float | None


def span_figures(actor: Actor, region: Region) -> tuple[list[SpanFigure], datetime | None]:
    """The last year's, as they were when last counted, and that moment. Two statements. Raises NotAllowed."""
    require_figures(actor, region.pk)
    rows = list(Span.objects.filter(region=region).select_related("organisation", "service").order_by("kind", "id"))
    return [_figure(row) for row in rows], max((row.counted_at for row in rows), default=None)


def _figure(row: Span) -> SpanFigure:
    thing = row.organisation or row.service
    enough = row.n >= FEWEST  # a median of fewer tells of single matters
    return SpanFigure(
        row.kind, row.organisation_id, row.service_id, str(thing.name) if thing else "", row.n,
        row.median_days if enough else None, row.p90_days if enough else None,
    )  # fmt: skip


_RECOUNT = """
with anew as (
  select (h.sent_at at time zone 'Europe/Helsinki')::date as day, h.region_id, coalesce(h.counted_from_id, f.organisation_id) as passer,
    coalesce(h.counted_to_id, t.organisation_id) as receiver,
    h.service_id, count(*) as sent, count(h.accepted_at) as accepted, count(*) filter (where h.state = 'declined') as declined,
    count(h.contacted_at) as contacted, count(h.met_at) as warm
  from desk_handover h join network_desk f on f.id = h.from_desk_id left join network_desk t on t.id = h.to_desk_id
  where h.sent_at is not null group by 1, 2, 3, 4, 5)
select count(*) from desk_handovercount c full join anew a on a.day = c.day and a.region_id = c.region_id and a.passer = c.from_organisation_id
  and coalesce(a.receiver, 0) = coalesce(c.to_organisation_id, 0) and coalesce(a.service_id, 0) = coalesce(c.service_id, 0)
where (coalesce(a.sent, 0), coalesce(a.accepted, 0), coalesce(a.declined, 0), coalesce(a.contacted, 0), coalesce(a.warm, 0))
  <> (coalesce(c.sent, 0), coalesce(c.accepted, 0), coalesce(c.declined, 0), coalesce(c.contacted, 0), coalesce(c.warm, 0))
"""


def wrong_counts() -> Sequence[str]:
    """A sentence when the kept counts of handovers differ from a recount. Runs as the house."""
    with connection.cursor() as cursor:
        cursor.execute(_RECOUNT)
        wrong = int(cursor.fetchone()[0])
    return [f"{wrong} cells of the handover matrix differ from a recount"] if wrong else []


ROLLUPS = Check("Counts kept as things happen equal a recount", wrong_counts)


def by_kind(figures: Sequence[SpanFigure]) -> dict[str, list[SpanFigure]]:
    """The figures by kind, in the order given."""
    found: dict[str, list[SpanFigure]] = defaultdict(list)
    for each in figures:
        found[each.kind].append(each)
    return dict(found)
