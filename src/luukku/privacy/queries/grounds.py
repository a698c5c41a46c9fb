"""The table of grounds as the network reads it: a row for each type of organisation and purpose, a cell for each group of data; and its history."""

from dataclasses import dataclass

from luukku.customers.access import grounds_today
from luukku.customers.enums import FieldGroup, Ground, Purpose
from luukku.customers.models import LegalGround
from luukku.network.models import OrganisationType

COLOURS = {Ground.LAW: "blue", Ground.CONSENT: "green", Ground.NEVER: "grey"}


@dataclass(frozen=True)
class Cell:
    """What organisations of a type may read of one group; without a row in the table they read nothing."""

    group: str
    label: str
    ground: str
    words: str
    basis: str
    colour: str


@dataclass(frozen=True)
class TypeRow:
    of_type: OrganisationType
    cells: list[Cell]


def grounds_table(purpose: str = Purpose.SERVICE) -> list[TypeRow]:
    """Two statements."""
    held = {(each.organisation_type_id, each.group): each for each in grounds_today().filter(purpose=purpose)}
    return [TypeRow(kind, [_cell(held.get((kind.pk, group)), group) for group in FieldGroup.values]) for kind in OrganisationType.objects.all()]


def _cell(row: LegalGround | None, group: str) -> Cell:
    ground = Ground(row.ground) if row is not None else Ground.NEVER
    return Cell(group, str(FieldGroup(group).label), ground.value, str(ground.label), row.basis if row is not None else "", COLOURS[ground])


def former_grounds(most: int = 100) -> list[LegalGround]:
    """Cells that have been changed, the last change first. One statement."""
    return list(LegalGround.objects.filter(until__isnull=False).select_related("organisation_type", "set_by").order_by("-until", "-id")[:most])
