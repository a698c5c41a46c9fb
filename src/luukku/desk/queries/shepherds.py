"""Who may be chosen to keep a customer, and the contracts by which keepers are bought."""

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.customers.access import visible_contracts, visible_shepherds
from luukku.customers.models import Shepherd, ShepherdContract
from luukku.desk.models import Case
from luukku.network.access import visible_organisations, visible_regions
from luukku.network.enums import ROLES, Level, Right, Role, roles_with
from luukku.network.models import Organisation, Participation, Region, Seat


@dataclass(frozen=True)
class Keeper:
    """A seat by which somebody can keep a customer, and the contract if the service is bought."""

    seat: Seat
    contract: ShepherdContract | None

    @property
    def key(self) -> str:
        return f"{self.seat.pk}-{self.contract.pk if self.contract else 0}"


def keepers_for(actor: Actor, case: Case) -> list[Keeper]:
    """Colleagues of the actor's own organisations, then people of those of whom she buys in the case's region. Three statements."""
    today = timezone.localdate()
    seats = (
        Seat.objects.on(today).filter(person__deactivated_at=None, role__in=roles_with(Right.KEEP_CUSTOMERS)).select_related("person", "organisation")
    )
    own = seats.filter(organisation__in=actor.organisation_ids).exclude(role=Role.SHEPHERD).order_by("person__name", "pk")
    found = {seat.person_id: Keeper(seat, None) for seat in own}
    contracts = [
        each for each in visible_contracts(actor).filter(region=case.region_id, last_day__gte=today, ended_on=None) if each.first_day <= today
    ]
    bought = seats.filter(organisation__in={each.provider_id for each in contracts}).order_by("person__name", "pk")
    return [*found.values(), *(Keeper(seat, each) for each in contracts for seat in bought if seat.organisation_id == each.provider_id)]


def former_shepherds(actor: Actor, case: Case) -> list[Shepherd]:
    """All who have kept the case's customer, the latest first. Two statements."""
    return list(visible_shepherds(actor).filter(customer_id=case.customer_id).select_related("decided_by")) if case.customer_id else []


@dataclass(frozen=True)
class ContractLine:
    contract: ShepherdContract
    state: str  # ended, to-come, ends-soon, used, or nothing special

    @property
    def left(self) -> int:
        """Minutes; below zero when more has been used than agreed."""
        return self.contract.minutes - self.contract.minutes_used


WARN_DAYS = 30


def contract_lines(actor: Actor) -> list[ContractLine]:
    """The contracts that the actor keeps: those in force first, by their last day. One statement."""
    today = timezone.localdate()
    rows = visible_contracts(actor).order_by(F("ended_on").asc(nulls_first=True), "last_day", "pk")
    lines = [ContractLine(each, _state(each, (each.last - today).days, (each.first_day - today).days)) for each in rows]
    return sorted(lines, key=lambda line: line.state == "ended")


def _state(contract: ShepherdContract, left: int, until: int) -> str:
    if left < 0:
        return "ended"
    if until > 0:
        return "to-come"
    if left <= WARN_DAYS:
        return "ends-soon"
    return "used" if contract.minutes_used * 10 >= contract.minutes * 9 else ""


def regions_for(actor: Actor) -> QuerySet[Region]:
    """Where the actor may agree on bought-in shepherds: her region, and those in which her organisation takes part."""
    seats = [seat for seat in actor.seats if Right.BUY_SHEPHERDS in ROLES[Role(seat.role)].rights]
    regions = {seat.region_id for seat in seats if seat.region_id}
    organisations = {seat.organisation_id for seat in seats if seat.organisation_id}
    taken = Participation.objects.on(timezone.localdate()).filter(organisation__in=organisations).values("region")
    return visible_regions(actor).filter(Q(pk__in=regions) | Q(pk__in=taken)).order_by("name_fi")


def buyers_for(actor: Actor) -> QuerySet[Organisation]:
    """Whose contracts she may make: her organisations', and as coordinator those of all who take part in her region."""
    seats = [seat for seat in actor.seats if Right.BUY_SHEPHERDS in ROLES[Role(seat.role)].rights]
    regions = {seat.region_id for seat in seats if ROLES[Role(seat.role)].level is Level.REGION and seat.region_id}
    organisations = {seat.organisation_id for seat in seats if seat.organisation_id}
    taken = Participation.objects.on(timezone.localdate()).filter(region__in=regions).values("organisation")
    return visible_organisations(actor).active().filter(Q(pk__in=organisations) | Q(pk__in=taken)).order_by("name_fi")


def providers() -> QuerySet[Organisation]:
    """Organisations in which somebody has a shepherd's seat."""
    seats = Seat.objects.on(timezone.localdate()).filter(role=Role.SHEPHERD, person__deactivated_at=None).values("organisation")
    return Organisation.objects.active().filter(pk__in=seats).order_by("name_fi")
