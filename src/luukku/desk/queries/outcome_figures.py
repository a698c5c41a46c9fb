"""What came of a region's matters, in numbers: of the whole region each thing once, of each organisation all that it had a part in.

What handlers wrote down, and beside it what their customers have confirmed.
"""

from dataclasses import dataclass

from django.db import connection

from luukku.core.actor import Actor
from luukku.core.months import Months
from luukku.desk.enums import OutcomeKind
from luukku.network.access.figures import require_figures
from luukku.network.models import Organisation


@dataclass(frozen=True)
class Amounts:
    """In how many matters; euros and people where the kind has them."""

    matters: int = 0
    euros: int = 0
    people: int = 0


@dataclass(frozen=True)
class OutcomeFigure:
    """Of one kind (and kind of finance), as it was written down. No organisation: the whole region.

    `confirmed`: of these, what the customer has confirmed, with her own figure where she gave one; None where that may not be told.
    """

    kind: str
    finance: str
    organisation: str
    matters: int
    euros: int
    people: int
    confirmed: Amounts | None = None


_CLAIMED = "select kind, finance, organisation_id, again, matters, euros, people from wall.desk_outcome_figures(%s, %s, %s)"
_CONFIRMED = "select kind, finance, organisation_id, again, matters, euros, people from wall.desk_confirmed_figures(%s, %s, %s)"


def region_outcomes(region_id: int, months: Months) -> list[OutcomeFigure]:
    """Each thing once, though several organisations had a part in it; fewer than five of a kind and organisation are left out. Two statements."""
    return _figures(None, _rows(_CLAIMED, region_id, months), _rows(_CONFIRMED, region_id, months))


def outcome_figures(actor: Actor, region_id: int, months: Months) -> list[OutcomeFigure]:
    """Of the region and then of each organisation, in the order of the kinds. Four statements. Raises NotAllowed for who may not see the figures."""
    require_figures(actor, region_id)
    claimed, confirmed = _rows(_CLAIMED, region_id, months), _rows(_CONFIRMED, region_id, months)
    asked = {row[2] for row in claimed + confirmed} or {0}  # as many statements for none
    names = {each.pk: str(each.name) for each in Organisation.objects.filter(pk__in=asked)}
    return _figures(None, claimed, confirmed) + _figures(names, claimed, confirmed)


_Row = tuple[str, str, int, bool, int, int, int]
_Key = tuple[str, str, str]


def _rows(statement: str, region_id: int, months: Months) -> list[_Row]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [region_id, months.first, months.until])
        return [(*row[:5], int(row[5] or 0), int(row[6] or 0)) for row in cursor.fetchall()]


def _figures(names: dict[int, str] | None, claimed: list[_Row], confirmed: list[_Row]) -> list[OutcomeFigure]:
    """Of the organisations in `names`; without them of the whole region, in which what is the same as another's counts once."""
    total, sure = _summed(names, claimed), _summed(names, confirmed)
    order = list(OutcomeKind.values)
    keys = sorted(total, key=lambda key: (key[0], order.index(key[1]), key[2]))
    return [_figure(key, total[key], sure.get(key)) for key in keys]


def _figure(key: _Key, claimed: list[int], confirmed: list[int] | None) -> OutcomeFigure:
    (organisation, kind, finance), (matters, euros, people) = key, claimed
    return OutcomeFigure(kind, finance, organisation, matters, euros, people, Amounts(*confirmed) if confirmed else None)


def _summed(names: dict[int, str] | None, rows: list[_Row]) -> dict[_Key, list[int]]:
    total: dict[_Key, list[int]] = {}
    for kind, finance, organisation_id, again, *numbers in rows:
        if names is None and again:
            continue
        key = (names[organisation_id] if names is not None else "", kind, finance)
        total[key] = [x + y for x, y in zip(total.get(key, [0, 0, 0]), numbers, strict=True)]
    return total
