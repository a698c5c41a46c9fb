"""The one door to selling the region and to situations. `readers` name the organisation that sells, whose the plot is, and who was invited."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.network.access import is_inside, may
from luukku.network.access.working import coordinated
from luukku.network.enums import Right, Role
from luukku.network.models import Organisation
from luukku.network.models.places import RegionArea
from luukku.vitality.models import Offer, Prospect, Site, Situation, SituationParty

PROSPECT_RELATED = ("region", "organisation", "company", "responsible")
SITE_RELATED = ("region", "organisation", "municipality")


def sells(actor: Actor) -> bool:
    """Whether she sells the region: those who handle cases."""
    return actor.is_staff and may(actor, Right.HANDLE_CASES)


def sells_for(actor: Actor, organisation_id: int) -> bool:
    return may(actor, Right.HANDLE_CASES, organisation_id=organisation_id)


def selling_organisations(actor: Actor) -> list[Organisation]:
    """Those for which she may sell. One statement."""
    keys = [pk for pk in actor.organisation_ids if sells_for(actor, pk)]
    return list(Organisation.objects.active().filter(pk__in=keys).order_by("code"))


def visible_prospects(actor: Actor) -> "QuerySet[Prospect]":
    """Those of the actor's organisations, and those shared with them."""
    if actor.kind == "house":
        return Prospect.objects.all()
    return Prospect.objects.filter(readers__overlap=list(actor.principals)) if actor.is_staff and actor.principals else Prospect.objects.none()


def get_prospect(actor: Actor, pk: int) -> Prospect:
    """Raises NotFound."""
    found = visible_prospects(actor).select_related(*PROSPECT_RELATED).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def visible_sites(actor: Actor) -> "QuerySet[Site]":
    """The network's own people read them all."""
    return Site.objects.all() if is_inside(actor) else Site.objects.none()


def get_site(actor: Actor, pk: int) -> Site:
    """Raises NotFound."""
    found = visible_sites(actor).select_related(*SITE_RELATED).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def can_change_site(actor: Actor, site: Site) -> bool:
    return sells_for(actor, site.organisation_id) or may(actor, Right.EDIT_REGION, region_id=site.region_id)


def visible_offers(actor: Actor) -> "QuerySet[Offer]":
    """Of own prospects, and of own sites."""
    if actor.kind == "house":
        return Offer.objects.all()
    return Offer.objects.filter(readers__overlap=list(actor.principals)) if actor.is_staff and actor.principals else Offer.objects.none()


def can_set_target(actor: Actor, region_id: int, organisation_id: int) -> bool:
    """An organisation's own leads say what it means to reach, and the region's coordinator."""
    return may(actor, Right.LEAD_DESK, organisation_id=organisation_id) or may(actor, Right.EDIT_REGION, region_id=region_id)


def led_regions(actor: Actor) -> set[int]:
    """Keys of the regions whose situations she leads: as their coordinator, or as the contact of their area. One statement at most."""
    areas = {seat.area_id for seat in actor.seats if seat.role == Role.AREA_CONTACT and seat.area_id is not None}
    spells = RegionArea.objects.on(timezone.localdate()).filter(area__in=areas).values_list("region", flat=True) if areas else []
    return coordinated(actor) | set(spells)


def visible_situations(actor: Actor) -> "QuerySet[Situation]":
    """Those that the actor leads, those to which her organisation was invited, and those where others ask her, while she has a seat there."""
    if actor.kind == "house":
        return Situation.objects.all()
    if not actor.is_staff:
        return Situation.objects.none()
    seats = {seat.organisation_id for seat in actor.seats if seat.organisation_id is not None}
    asked = SituationParty.objects.filter(situation=OuterRef("pk"), person=actor.person_id, organisation__in=seats)
    return Situation.objects.filter(Q(readers__overlap=list(actor.principals)) | Q(region__in=led_regions(actor)) | Exists(asked))


def get_situation(actor: Actor, pk: int) -> Situation:
    """Raises NotFound."""
    found = visible_situations(actor).select_related("region", "opened_by").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def sees_situations(actor: Actor) -> bool:
    """Whether the list is for her: who leads situations, and who may be invited to them."""
    return actor.is_staff and (sells(actor) or bool(coordinated(actor)) or any(seat.role == Role.AREA_CONTACT for seat in actor.seats))
