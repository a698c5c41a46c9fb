"""A matter in the adviser's hands, and ways to hand it over."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from luukku.catalogue.models import Service
from luukku.core.actor import act_as
from luukku.core.months import ended_months
from luukku.desk.access import get_handover
from luukku.desk.actions.appointments.plan import Plan
from luukku.desk.actions.ending import OutcomeForm, settle
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


@pytest.fixture
def settled(send: Callable[..., Case], cast: Cast) -> Callable[[Service, int], None]:
    """`settled(service, 5)`: so many matters of the service were settled at the adviser's desk last month, each in ten days."""

    def settling(service: Service, count: int) -> None:
        ended = timezone.make_aware(datetime.combine(ended_months(1).last, time(12)))
        for _ in range(count):
            case = send(service=service, at=ended - timedelta(days=10))
            with act_as(cast.adviser.actor) as actor:
                take_up(by=actor, leg=Leg.objects.get(case=case), at=ended)
                settle(by=actor, case=case, outcomes=[OutcomeForm("advice")], words="Valmis", at=ended)

    return settling
