"""What a plan of a visit and a lead let one choose from: own desks, visitors of the region, desks that take leads."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.finnish import FinnishKey
from luukku.core.translated import best
from luukku.desk.access.desks import handling_organisations
from luukku.network.enums import Right, roles_with
from luukku.network.models import Desk, Organisation, Person, Seat
from luukku.relations.models import NeedMap


def own_desks(actor: Actor) -> list[Desk]:
    """Desks where the actor handles cases, in live regions, the front ones first. One statement."""
    handles = handling_organisations(actor)
    desks = Desk.objects.filter(organisation_id__in=handles, deactivated_at=None, region__is_live=True)
    return list(desks.select_related("organisation", "region").order_by("-is_front", "id"))


@dataclass(frozen=True)
class Visitor:
    """Somebody who may go, for an organisation; `key` names both in a form."""

    person: Person
    organisation: Organisation

    @property
    def key(self) -> str:
        return f"{self.organisation.pk}-{self.person.pk}"


def visitors_of(region_id: int) -> list[Visitor]:
    """Who handles cases at an organisation with a desk in the region, by organisation and name. One statement."""
    desks = Desk.objects.filter(region=region_id, deactivated_at=None, organisation__deactivated_at=None)
    seats = (
        Seat.objects.on(timezone.localdate())
        .filter(role__in=roles_with(Right.HANDLE_CASES), organisation__in=desks.values("organisation"), person__deactivated_at=None)
        .select_related("person", "organisation").order_by(FinnishKey(best("organisation__name")), FinnishKey("person__name"), "id")
    )  # fmt: skip
    found = {(s.organisation_id, s.person_id): Visitor(s.person, s.organisation) for s in seats if s.organisation is not None}
    return list(found.values())


def desks_for_leads(actor: Actor, region_id: int) -> list[Desk]:
    """The region's desks of other organisations than those for which the actor handles cases, and her own; by name. One statement."""
    desks = Desk.objects.filter(region=region_id, deactivated_at=None, organisation__deactivated_at=None)
    return list(desks.select_related("organisation").order_by(FinnishKey(best("organisation__name")), "id"))


def maps_on_offer(region_id: int) -> list[NeedMap]:
    """The whole network's and the region's own. One statement."""
    return list(NeedMap.objects.filter(Q(region=None) | Q(region=region_id), is_hidden=False).order_by("position", "id"))
