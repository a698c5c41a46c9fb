"""A customer of ours, a contract, and a shepherd whom she lets do things."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from luukku.core.actor import Actor, act_as
from luukku.customers.actions.contracts import Terms, agree_contract
from luukku.customers.enums import Mandate
from luukku.customers.models import Shepherd, ShepherdContract
from luukku.desk.actions.shepherding.giving import Keeping, give_shepherd
from luukku.desk.models import Case
from luukku.network.models import Seat
from tests.cast import Cast, Member


def seat_of(member: Member) -> Seat:
    return Seat.objects.select_related("organisation", "person").get(person=member.someone)


def terms(**more: Any) -> Terms:
    today = timezone.localdate()
    given: dict[str, Any] = {
        "reference": "H-1", "first_day": today, "last_day": today + timedelta(days=180), "hours": Decimal(20), "price": Decimal("85.00"),
        "price_for": "hour", "with_vat": False,
    }  # fmt: skip
    return Terms(**given | more)


@pytest.fixture
def contract(cast: Cast) -> ShepherdContract:
    with act_as(cast.coordinator.actor) as actor:
        return agree_contract(by=actor, region=cast.here.region, buyer=cast.here.organisation, provider=cast.provider, terms=terms())


@pytest.fixture
def give(cast: Cast, case: Case, contract: ShepherdContract) -> Callable[..., Shepherd]:
    """`give()`: the desk lead gives the case's customer the bought-in shepherd, with everything allowed."""

    def giving(of: Case = case, by: Member = cast.desklead, **more: Any) -> Shepherd:
        given: dict[str, Any] = {
            "seat": seat_of(cast.shepherd), "mandates": list(Mandate.values), "way": "phone", "agreed_at": timezone.now(), "contract": contract
        }  # fmt: skip
        with act_as(by.actor) as actor:
            return give_shepherd(by=actor, case=of, keeping=Keeping(**given | more))

    return giving


@pytest.fixture
def kept(give: Callable[..., Shepherd]) -> Shepherd:
    return give()


@pytest.fixture
def keeper(kept: Shepherd, cast: Cast) -> Actor:
    """The shepherd, once she keeps the customer."""
    return cast.shepherd.actor
