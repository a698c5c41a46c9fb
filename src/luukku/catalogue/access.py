"""The one door to service cards. Cards are public; editing follows the role table."""

from django.db.models import QuerySet

from luukku.catalogue.models import Service, UnmetNeed
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, NotFound
from luukku.network.access import may
from luukku.network.enums import Right


def visible_services(actor: Actor) -> QuerySet[Service]:
    """Every active card, for anybody."""
    return Service.objects.for_reading()


def get_service(actor: Actor, code: str) -> Service:
    """One card by its code. Raises NotFound for a missing or deactivated one, unless the actor may edit it."""
    service = Service.objects.select_related("group", "owner").filter(code=code).first()
    if service is None or (service.deactivated_at and not can_edit_service(actor, service)):
        raise NotFound
    return service


def can_edit_service(actor: Actor, service: Service) -> bool:
    """The owner's editors, and for the common cards of the network those who edit the network."""
    if may(actor, Right.EDIT_NETWORK):
        return True
    return service.owner_id is not None and may(actor, Right.EDIT_CARDS, organisation_id=service.owner_id)


def can_edit_some(actor: Actor) -> bool:
    return may(actor, Right.EDIT_NETWORK) or may(actor, Right.EDIT_CARDS)


def get_service_to_edit(actor: Actor, code: str) -> Service:
    """The card if the actor may edit it. Raises NotFound or NotAllowed."""
    service = get_service(actor, code)
    if not can_edit_service(actor, service):
        raise NotAllowed
    return service


def visible_unmet_needs(actor: Actor) -> QuerySet[UnmetNeed]:
    """Searches that nothing fitted, of the regions whose coordinator the actor is."""
    regions = [s.region_id for s in actor.seats if s.region_id and may(actor, Right.SEE_UNMET_NEEDS, region_id=s.region_id)]
    return UnmetNeed.objects.filter(region_id__in=regions)


def can_see_unmet_needs(actor: Actor) -> bool:
    return actor.is_staff and may(actor, Right.SEE_UNMET_NEEDS)
