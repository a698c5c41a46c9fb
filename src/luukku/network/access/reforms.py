"""Reforms of organisations are their keepers' to see."""

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.network.access import can_edit_network
from luukku.network.models import Reform, ReformMove


def get_reform(actor: Actor, pk: int) -> Reform:
    """Raises NotFound for others than the network's keepers."""
    found = Reform.objects.select_related("made_by", "decided_by", "undone_by").filter(pk=pk).first() if can_edit_network(actor) else None
    if found is None:
        raise NotFound
    return found


def get_move(actor: Actor, pk: int) -> ReformMove:
    """Raises NotFound for others than the network's keepers."""
    found = ReformMove.objects.select_related("reform").filter(pk=pk).first() if can_edit_network(actor) else None
    if found is None:
        raise NotFound
    return found
