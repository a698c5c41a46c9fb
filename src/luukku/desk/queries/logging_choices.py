"""What a contact can be logged to: the actor's own desks, the other desks of their regions, and the regions' municipalities."""

from dataclasses import dataclass

from luukku.core.actor import Actor
from luukku.core.finnish import finnish_key
from luukku.desk.access.desks import handling_organisations
from luukku.network.models import Desk, Municipality


@dataclass(frozen=True)
class LoggingChoices:
    """`own` are desks where the actor handles cases, the front desk first; `others` are the neighbours' in the same regions."""

    own: list[Desk]
    others: list[Desk]
    municipalities: list[Municipality]


def logging_choices(actor: Actor) -> LoggingChoices:
    """Two statements."""
    handles = handling_organisations(actor)
    here = Desk.objects.filter(organisation_id__in=handles, deactivated_at=None, region__is_live=True)
    desks = list(
        Desk.objects.filter(region_id__in=here.values("region_id"), deactivated_at=None)
        .select_related("organisation", "region")
        .order_by("-is_front", "id")
    )
    places = list(
        Municipality.objects.filter(region_spells__valid_until=None, region_spells__region_id__in={desk.region_id for desk in desks}).distinct()
    )
    places.sort(key=lambda place: finnish_key(str(place.name)))
    own = [desk for desk in desks if desk.organisation_id in handles]
    return LoggingChoices(own, [desk for desk in desks if desk.organisation_id not in handles], places)
