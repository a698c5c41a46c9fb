"""What came of a region's matters, in numbers: of the whole region each thing once, of each organisation all that it had a part in."""

from dataclasses import dataclass

from django.db import connection

from luukku.core.actor import Actor
from luukku.core.months import Months
from luukku.desk.enums import OutcomeKind
from luukku.network.access.figures import require_figures
from luukku.network.models import Organisation


@dataclass(frozen=True)
class OutcomeFigure:
    """Of one kind (and kind of finance), in how many matters; euros and people where the kind has them. No organisation: the whole region."""

    kind: str
    finance: str
    organisation: str
    matters: int
    euros: int
    people: int


def region_outcomes(region_id: int, months: Months) -> list[OutcomeFigure]:
    """Each thing once, though several organisations had a part in it; fewer than five of a kind and organisation are left out. One statement."""
    return _summed([("", *row[:2], *row[4:]) for row in _rows(region_id, months) if not row[3]])


def outcome_figures(actor: Actor, region_id: int, months: Months) -> list[OutcomeFigure]:
    """Of the region and then of each organisation, in the order of the kinds. Three statements. Raises NotAllowed for who may not see the figures."""
    require_figures(actor, region_id)
    rows = _rows(region_id, months)
    asked = {row[2] for row in rows} or {0}  # as many statements for none
    names = {each.pk: str(each.name) for each in Organisation.objects.filter(pk__in=asked)}
    whole = _summed([("", *row[:2], *row[4:]) for row in rows if not row[3]])
    return whole + _summed([(names[row[2]], *row[:2], *row[4:]) for row in rows])


_Row = tuple[str, str, int, bool, int, int, int]


def _rows(region_id: int, months: Months) -> list[_Row]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select kind, finance, organisation_id, again, matters, euros, people from wall.desk_outcome_figures(%s, %s, %s)",
            [region_id, months.first, months.until],
        )
        return [(*row[:5], int(row[5] or 0), int(row[6] or 0)) for row in cursor.fetchall()]


def _summed(rows: "list[tuple[str, str, str, int, int, int]]") -> list[OutcomeFigure]:
    total: dict[tuple[str, str, str], list[int]] = {}
    for organisation, kind, finance, *numbers in rows:
        before = total.get((organisation, kind, finance), [0, 0, 0])
        total[organisation, kind, finance] = [x + y for x, y in zip(before, numbers, strict=True)]
    order = list(OutcomeKind.values)
    keys = sorted(total, key=lambda key: (key[0], order.index(key[1]), key[2]))
    return [OutcomeFigure(kind, finance, organisation, *total[organisation, kind, finance]) for organisation, kind, finance in keys]
