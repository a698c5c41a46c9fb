"""The door of a case that is not there yet: its key and principal are drawn first, so that its maker acts as the door and sees nothing else."""

import uuid
from dataclasses import dataclass, replace

from django.db import connection

from luukku.core.actor import Actor, act_as
from luukku.desk.models import Case


@dataclass(frozen=True)
class Door:
    """The key and the door of a case that is not there yet."""

    case_id: int
    principal: int


def open_door(key: uuid.UUID | None) -> tuple[Door, Door | None]:
    """Keys for a new case and its door; and the case that this form has already made, if it has."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval('desk_case_id_seq'), nextval('wall.principal'), f.case_id, f.principal"
            " from (select) as one left join wall.desk_case_of_form(%s) f on true",
            [key],
        )
        case_id, principal, earlier_id, earlier_principal = cursor.fetchone()
    return Door(case_id, principal), Door(earlier_id, earlier_principal) if earlier_id is not None else None


def case_behind(by: Actor, door: Door) -> Case:
    with act_as(acting_at(by, door.principal)):
        return Case.objects.select_related("region").get(pk=door.case_id)


def acting_at(by: Actor, door: int) -> Actor:
    """The actor with the eyes of a new case's door; the public as nothing but that door."""
    if by.kind in ("public", "link"):
        return Actor("link", (door,))
    return replace(by, principals=(*by.principals, door))
