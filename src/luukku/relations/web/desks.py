"""For which of her desks somebody acts on a page of the work with companies."""

from django.http import HttpRequest

from luukku.core.errors import NotFound
from luukku.core.keys import key_of
from luukku.network.models import Desk


def desk_of(request: HttpRequest, desks: list[Desk]) -> Desk:
    """The desk for which one acts: that of the address or the form, else the first. Raises NotFound when there is none."""
    key = key_of(request.POST.get("desk") or request.GET.get("desk"))
    found = next((each for each in desks if key is None or each.pk == key), None)
    if found is None:
        raise NotFound
    return found
