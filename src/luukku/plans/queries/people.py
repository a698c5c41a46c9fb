"""Whom news of a plan concerns."""

from django.db.models import Q
from django.utils import timezone

from luukku.network.enums import Role
from luukku.network.models import Participation, Person, Region, Seat
from luukku.plans.models import Measure
from luukku.plans.queries.seats import Key, by_key

PARTY_ROLES = (
    Role.COORDINATOR, Role.STEERING_CHAIR, Role.STEERING_MEMBER, Role.WORKING_CHAIR, Role.WORKING_MEMBER, Role.PROCESS_OWNER,
)  # fmt: skip


def party_people(region_id: int) -> list[int]:
    """Keys of those who speak for the region's parties: seats of its groups, and the heads of the organisations. One statement."""
    today = timezone.localdate()
    parties = Participation.objects.on(today).filter(region=region_id).values("organisation")
    seats = Seat.objects.on(today).filter(
        Q(region=region_id, role__in=PARTY_ROLES) | Q(role=Role.ORGANISATION_HEAD, organisation__in=parties), person__deactivated_at=None
    )
    return sorted(set(seats.order_by().values_list("person_id", flat=True)))


def answerers(measure: Measure) -> list[Person]:
    """Who holds the seats that answer for a measure today, the leading one's first; of somebody's own plan she. Three statements."""
    if measure.plan.person_id is not None:
        return list(Person.objects.active().filter(pk=measure.plan.person_id))
    seats = list(measure.seats.order_by("-is_lead", "id"))
    known = by_key(measure.plan.region, {seat.key for seat in seats})
    found = [person for seat in seats if seat.key in known for person in known[seat.key].people]
    return list(dict.fromkeys(found))


def holders(region: Region, key: Key) -> list[Person]:
    """Who holds one seat today. Two statements."""
    choice = by_key(region, {key}).get(key)
    return list(choice.people) if choice is not None else []
