"""Who may change the network's own ground: areas, regions, municipalities, kinds of organisation."""

from django.http import HttpRequest

from luukku.core.actor import Actor
from luukku.core.ui.forms import actor_of
from luukku.network import access


def keeper(request: HttpRequest) -> Actor:
    """The actor of a page for the network's keepers. Raises NotAllowed for others."""
    actor = actor_of(request)
    access.require(access.can_edit_network(actor))
    return actor
