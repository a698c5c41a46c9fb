"""A contract on shepherds ends soon: the buyer and the shepherds hear of it once, in time to go on or to tell the customers."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from luukku.core import mail
from luukku.core.actor import HOUSE
from luukku.customers.access import visible_contracts
from luukku.customers.models import Shepherd, ShepherdContract
from luukku.desk.queries.shepherds import WARN_DAYS
from luukku.network.enums import Right, Role, roles_with
from luukku.network.models import Seat


def warn_of_contracts(at: datetime | None = None) -> int:
    """Mail the leads and head of each buyer, the region's coordinator and the contract's shepherds; returns how many contracts. As the house."""
    now = at or timezone.now()
    today = timezone.localdate(now)
    ending = visible_contracts(HOUSE).select_for_update(of=("self",), skip_locked=True).filter(
        ended_on=None, warned_at=None, first_day__lte=today, last_day__gte=today, last_day__lte=today + timedelta(days=WARN_DAYS)
    )  # fmt: skip
    found = list(ending)
    for contract in found:
        contract.warned_at = now
        contract.save(update_fields=["warned_at"])
        for person_id in _buyers(contract):
            mail.queue("desk.contract_ends", contract, person=person_id, buyer=1)
        for person_id in _shepherds(contract):
            mail.queue("desk.contract_ends", contract, person=person_id, buyer=0)
    return len(found)


def _buyers(contract: ShepherdContract) -> list[int]:
    buys = Q(role__in=roles_with(Right.BUY_SHEPHERDS), organisation=contract.buyer_id) | Q(role=Role.COORDINATOR, region=contract.region_id)
    seats = Seat.objects.on(timezone.localdate()).filter(buys, person__deactivated_at=None)
    return list(dict.fromkeys(seats.order_by("id").values_list("person_id", flat=True)))


def _shepherds(contract: ShepherdContract) -> list[int]:
    kept = Shepherd.objects.in_force().filter(contract=contract).order_by("id")
    return list(dict.fromkeys(kept.values_list("person_id", flat=True)))
