"""The one door to selling the region. `readers` name the organisation that sells, and whose the plot is (first wall here, second in the database)."""

from django.db.models import QuerySet

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.network.access import is_inside, may
from luukku.network.enums import Right
from luukku.network.models import Organisation
from luukku.vitality.models import Offer, Prospect, Site

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
    """Those of the actor's organisations."""
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
