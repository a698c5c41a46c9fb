"""The one door to service cards. Cards are public; editing follows the role table."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from luukku.catalogue.models import Service, ServiceGroup, ServiceProvider, UnmetNeed
from luukku.catalogue.models.places import Place
from luukku.catalogue.models.services import ServiceQuerySet
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, NotFound
from luukku.network.access import may, require
from luukku.network.enums import Right
from luukku.network.models import Organisation, Participation, Region

EVERYWHERE = 0  # the id of no region: only a seat that reaches the whole nation gives a right there


def visible_services(actor: Actor) -> ServiceQuerySet:
    """Every active card, for anybody, wherever it holds."""
    return Service.objects.for_reading()


def services_in(actor: Actor, place: Place) -> ServiceQuerySet:
    """The active cards that hold where a customer is: what may be proposed to her."""
    return visible_services(actor).holding_in(place)


def get_service(actor: Actor, code: str) -> Service:
    """One card by its code. Raises NotFound for a missing, deactivated or unpublished one, unless the actor may edit it."""
    service = Service.objects.select_related("group", "owner__type", "reviewed_by").filter(code=code).first()
    hidden = service is None or service.deactivated_at or service.is_draft or not service.is_in_its_days
    if service is None or (hidden and not can_edit_service(actor, service)):
        raise NotFound
    return service


def can_edit_service(actor: Actor, service: Service) -> bool:
    """The owner's editors, and for the common cards of the network those who edit the network."""
    if may(actor, Right.EDIT_NETWORK):
        return True
    return service.owner_id is not None and may(actor, Right.EDIT_CARDS, organisation_id=service.owner_id)


def can_create_service(actor: Actor, organisation_id: int | None) -> bool:
    """A card of the organisation's own: its editors. A common card of the network: those who edit the network."""
    if organisation_id is None:
        return may(actor, Right.EDIT_NETWORK)
    return may(actor, Right.EDIT_CARDS, organisation_id=organisation_id)


def keeps_cards(actor: Actor) -> bool:
    """Whether there may be cards that are hers to keep right."""
    return may(actor, Right.EDIT_NETWORK) or bool(edited_organisations(actor))


def coordinated_regions(actor: Actor) -> QuerySet[Region]:
    """Regions that the actor runs by a seat of her own."""
    own = [seat.region_id for seat in actor.seats if seat.region_id and may(actor, Right.EDIT_REGION, region_id=seat.region_id)]
    return Region.objects.filter(pk__in=own).order_by("code")


def can_follow_reviews(actor: Actor) -> bool:
    """How fresh a region's cards are, its coordinator follows."""
    return any(seat.region_id and may(actor, Right.EDIT_REGION, region_id=seat.region_id) for seat in actor.seats)


def kept_services(actor: Actor) -> ServiceQuerySet:
    """Cards that the actor keeps right, drafts and those out of use too: her organisations' own, and for who edits the network the common ones."""
    common = Q(owner=None) if may(actor, Right.EDIT_NETWORK) else Q(pk__in=())
    return Service.objects.select_related("group", "owner").filter(Q(owner__in=edited_organisations(actor)) | common)


def can_edit_groups(actor: Actor) -> bool:
    """The tree of service groups is the network's own."""
    return may(actor, Right.EDIT_NETWORK)


def visible_groups(actor: Actor) -> QuerySet[ServiceGroup]:
    """The groups in use; for who edits them all of them."""
    return ServiceGroup.objects.all() if can_edit_groups(actor) else ServiceGroup.objects.active()


def get_group_to_edit(actor: Actor, code: str) -> ServiceGroup:
    """Raises NotAllowed, NotFound."""
    require(can_edit_groups(actor))
    if (found := visible_groups(actor).filter(code=code).first()) is None:
        raise NotFound
    return found


def get_service_to_edit(actor: Actor, code: str) -> Service:
    """The card if the actor may edit it. Raises NotFound or NotAllowed."""
    service = get_service(actor, code)
    if not can_edit_service(actor, service):
        raise NotAllowed
    return service


def edited_organisations(actor: Actor) -> list[int]:
    """Ids of the organisations whose cards and services the actor keeps."""
    mine = {seat.organisation_id for seat in actor.seats if seat.organisation_id}
    return sorted(pk for pk in mine if may(actor, Right.EDIT_CARDS, organisation_id=pk))


def can_provide(actor: Actor, organisation_id: int, region_id: int) -> bool:
    """Whether the actor says what the organisation gives in the region: its own editors, and the region's coordinator."""
    return may(actor, Right.EDIT_CARDS, organisation_id=organisation_id) or may(actor, Right.EDIT_REGION, region_id=region_id)


def can_reach_out(actor: Actor, organisation_id: int) -> bool:
    """Whether the actor says that the organisation serves regions of which it is no party: by its own act, or for those who keep the network."""
    return may(actor, Right.EDIT_CARDS, organisation_id=organisation_id) or may(actor, Right.EDIT_NETWORK)


def organisations_to_reach_out(actor: Actor) -> QuerySet[Organisation]:
    """Those for which the actor may say so."""
    found = Organisation.objects.active()
    return found if may(actor, Right.EDIT_NETWORK) else found.filter(pk__in=edited_organisations(actor))


def can_choose_primary(actor: Actor, region_id: int) -> bool:
    """Which of several is primarily responsible, the region settles."""
    return may(actor, Right.EDIT_REGION, region_id=region_id)


def visible_providers(actor: Actor) -> QuerySet[ServiceProvider]:
    """Who gives what where, for those who work in the network; the public sees it on the card, place by place."""
    return ServiceProvider.objects.as_of_today() if actor.is_staff or actor.kind == "house" else ServiceProvider.objects.none()


def get_provider_to_edit(actor: Actor, code: str, pk: int) -> ServiceProvider:
    """A provider of the card with this code. Raises NotFound, NotAllowed."""
    found = visible_providers(actor).select_related("service", "organisation", "region").filter(service__code=code, pk=pk).first()
    if found is None:
        raise NotFound
    require(can_provide(actor, found.organisation_id, found.region_id))
    return found


def parts_to_provide(actor: Actor, service: Service) -> QuerySet[Participation]:
    """Organisations in their regions for which the actor may say that they give the service, less those that give it already."""
    here = Participation.objects.filter(valid_until=None, organisation__deactivated_at=None)
    if not may(actor, Right.EDIT_REGION, region_id=EVERYWHERE):
        coordinated = {seat.region_id for seat in actor.seats if seat.region_id and may(actor, Right.EDIT_REGION, region_id=seat.region_id)}
        here = here.filter(Q(organisation__in=edited_organisations(actor)) | Q(region__in=coordinated))
    given = ServiceProvider.objects.filter(service=service, organisation=OuterRef("organisation"), region=OuterRef("region"))
    return here.exclude(Exists(given)).select_related("organisation", "region")


def visible_unmet_needs(actor: Actor) -> QuerySet[UnmetNeed]:
    """Searches that nothing fitted, of the regions whose coordinator the actor is."""
    regions = [s.region_id for s in actor.seats if s.region_id and may(actor, Right.SEE_UNMET_NEEDS, region_id=s.region_id)]
    return UnmetNeed.objects.filter(region_id__in=regions)


def can_see_unmet_needs(actor: Actor) -> bool:
    return actor.is_staff and may(actor, Right.SEE_UNMET_NEEDS)
