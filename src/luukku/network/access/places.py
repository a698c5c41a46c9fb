"""The door to borders and lists that the network's keepers edit: everybody who works here reads them, those that have ended too."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.network.access import is_inside
from luukku.network.models import Area, Municipality, OrganisationType, Region

T = TypeVar("T", bound=Model)


def get_area(actor: Actor, code: str) -> Area:
    """Of today or of the past. Raises NotFound."""
    return _inside(actor, Area.objects.all(), code=code)


def get_municipality(actor: Actor, pk: int) -> Municipality:
    """Of today or of the past. Raises NotFound."""
    return _inside(actor, Municipality.objects.select_related("successor"), pk=pk)


def get_organisation_type(actor: Actor, pk: int) -> OrganisationType:
    """In use or not. Raises NotFound."""
    return _inside(actor, OrganisationType.objects.all(), pk=pk)


def get_past_region(actor: Actor, code: str) -> Region:
    """A region of today or of the past. Raises NotFound."""
    return _inside(actor, Region.objects.all(), code=code)


def _inside(actor: Actor, query: "QuerySet[T]", **lookup: object) -> T:
    if not is_inside(actor) or (found := query.filter(**lookup).first()) is None:
        raise NotFound
    return found
