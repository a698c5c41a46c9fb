"""What the form of a project lets one choose from."""

from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.finnish import FinnishKey
from luukku.network.access import visible_regions
from luukku.network.models import Desk, Organisation, Person, Region, Seat


def regions_of(actor: Actor, lead: Organisation) -> list[Region]:
    """Live regions, those where the organisation has a desk first. Two statements."""
    own = set(Desk.objects.filter(organisation=lead, deactivated_at=None).order_by("id").values_list("region", flat=True))
    return sorted(visible_regions(actor).filter(is_live=True).order_by("code"), key=lambda each: each.pk not in own)


def people_of(organisation_id: int) -> list[Person]:
    """Who works there today, by name. One statement."""
    seats = Seat.objects.on(timezone.localdate()).filter(organisation=organisation_id).values("person")
    return list(Person.objects.filter(pk__in=seats, deactivated_at=None).order_by(FinnishKey("name"), "id"))
