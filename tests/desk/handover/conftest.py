"""A matter in the adviser's hands, and ways to hand it over."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from luukku.core.actor import act_as
from luukku.desk.access import get_handover
from luukku.desk.actions.appointments.plan import Plan
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.handover.receiving import accept
from luukku.desk.actions.handover.sending import Passing, hand_over
from luukku.desk.enums import MeetingPlace
from luukku.desk.models import Case, Handover, Leg
from luukku.network.models import Person
from tests.cast import Cast


def plan_of_three(cast: Cast, starts_at: datetime, *people: Person) -> Plan:
    """The adviser and the partner meet the customer for 45 minutes, or these people do."""
    ends_at = starts_at + timedelta(minutes=45)
    both = people or (cast.adviser.someone, cast.partner.someone)
    return Plan(cast.here.desk, both, starts_at, ends_at, ends_at, starts_at, MeetingPlace.PHONE)


REASON = "Asia koskee vientiä, jonka kauppakamari tuntee."


@pytest.fixture
def mine(case: Case, leg: Leg, cast: Cast) -> Leg:
    """The case's part, taken up by the adviser."""
    with act_as(cast.adviser.actor) as actor:
        return take_up(by=actor, leg=leg)


@pytest.fixture
def hand(mine: Leg, cast: Cast) -> Callable[..., Handover]:
    """`hand()`: the adviser hands her part over to the partner's desk, agreed on the phone."""

    def handing(leg: Leg | None = None, **fields: Any) -> Handover:
        given: dict[str, Any] = {"reason": REASON, "consent": "phone"}
        if "outside" not in fields:
            given["to_desk"] = cast.partner_desk
        at = fields.pop("at", None)
        with act_as(cast.adviser.actor) as actor:
            return hand_over(by=actor, leg=leg or mine, passing=Passing(**given | fields), at=at)

    return handing


@pytest.fixture
def accepted(hand: Callable[..., Handover], cast: Cast) -> Handover:
    handover = hand()
    with act_as(cast.partner.actor) as actor:
        return accept(by=actor, handover=get_handover(actor, handover.pk))
