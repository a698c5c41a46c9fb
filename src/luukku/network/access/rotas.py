"""Seats that go round: the network's own people see whose turn it is, those who give the seat say so."""

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.network.access import can_give_seat, is_inside
from luukku.network.enums import ROLES, Level, Role
from luukku.network.models import SeatRota, SeatTurn

ROUND = [role for role, row in ROLES.items() if row.level is Level.REGION]  # roles whose seats may go round


def can_keep_rota(actor: Actor, region_id: int) -> bool:
    """The region's coordinator, and those who keep the network."""
    return can_give_seat(actor, Role.STEERING_CHAIR, organisation_id=None, region_id=region_id)


def get_rota(actor: Actor, pk: int) -> SeatRota:
    """Staff only; one that goes on. Raises NotFound."""
    found = SeatRota.objects.select_related("region").filter(pk=pk, ended_at=None).first() if is_inside(actor) else None
    if found is None:
        raise NotFound
    return found


def get_turn(actor: Actor, pk: int) -> SeatTurn:
    """Staff only. Raises NotFound."""
    turns = SeatTurn.objects.select_related("rota__region", "organisation", "person", "seat").filter(pk=pk, rota__ended_at=None)
    found = turns.first() if is_inside(actor) else None
    if found is None:
        raise NotFound
    return found
