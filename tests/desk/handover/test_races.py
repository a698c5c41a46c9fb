"""Two at once on one handover, with real threads and commits: the database decides, and the second is told."""

from collections.abc import Callable

import pytest

from luukku.core.actor import PUBLIC, Actor, act_as
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.desk.access import get_handover
from luukku.desk.actions.customer import withdraw
from luukku.desk.actions.ending import OutcomeForm, settle
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.handover import passing, receiving
from luukku.desk.actions.handover.sending import Passing, hand_over
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.actions.legs import add_leg, wait_for_leg
from luukku.desk.enums import HandoverState
from luukku.desk.models import Case, Handover, Leg
from luukku.network.enums import Role
from tests.cast import Cast, Member, assemble, member
from tests.desk.handover.conftest import REASON
from tests.desk.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
REFUSED = (RuleBroken, NotAllowed, NotFound)


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def second(cast: Cast) -> Member:
    """Another adviser at the partner's desk."""
    return member("second", "Sanna Second", Role.ADVISER, organisation=cast.partners, region=cast.here.region)


@pytest.fixture
def sent(cast: Cast, need: Callable[..., NeedForm]) -> Callable[[], Handover]:
    """`sent()`: a matter that waits for the partner's answer."""

    def sending() -> Handover:
        with act_as(PUBLIC):
            case = send_need(by=PUBLIC, need=need())
        with act_as(cast.adviser.actor) as actor:
            leg = take_up(by=actor, leg=Leg.objects.get(case=case))
            return hand_over(by=actor, leg=leg, passing=Passing(reason=REASON, to_desk=cast.partner_desk, consent="phone"))

    return sending


def accepting(handover: Handover) -> Callable[[Actor], object]:
    return lambda actor: receiving.accept(by=actor, handover=get_handover(actor, handover.pk))


def declining(handover: Handover) -> Callable[[Actor], object]:
    return lambda actor: receiving.decline(by=actor, handover=get_handover(actor, handover.pk), reason="Ei", next_words="Muualle")


def acting(who: Actor, act: Callable[[Actor], object]) -> Callable[[], object]:
    def work() -> object:
        with act_as(who) as actor:
            return act(actor)

    return work


def one_refused(results: list[object]) -> bool:
    assert all(not isinstance(result, Exception) or isinstance(result, REFUSED) for result in results), results
    return sum(isinstance(result, REFUSED) for result in results) == 1


def test_two_accept_at_once_and_one_gets_it(sent: Callable[[], Handover], cast: Cast, second: Member) -> None:
    for _ in range(3):
        handover = sent()
        results = at_once(acting(cast.partner.actor, accepting(handover)), acting(second.actor, accepting(handover)))
        assert one_refused(results), results
        assert Leg.objects.filter(case=handover.case_id).count() == 2


def test_decline_and_accept_at_once_are_one_of_them(sent: Callable[[], Handover], cast: Cast, second: Member) -> None:
    for _ in range(3):
        handover = sent()
        results = at_once(
            acting(cast.partner.actor, accepting(handover)),
            acting(second.actor, declining(handover)),
        )
        assert one_refused(results), results
        handover.refresh_from_db()
        assert (handover.state == HandoverState.ACCEPTED) == Leg.objects.filter(case=handover.case_id, desk=cast.partner_desk).exists()


def test_taking_back_and_accepting_at_once_are_one_of_them(sent: Callable[[], Handover], cast: Cast) -> None:
    for _ in range(3):
        handover = sent()
        results = at_once(
            acting(cast.partner.actor, accepting(handover)),
            acting(cast.adviser.actor, lambda actor, h=handover: passing.take_back(by=actor, handover=get_handover(actor, h.pk))),  # type: ignore[misc]
        )
        assert one_refused(results), results


def test_customer_withdraws_while_it_is_accepted_and_nothing_stays_open(sent: Callable[[], Handover], cast: Cast) -> None:
    for _ in range(3):
        handover = sent()
        case = Case.objects.get(pk=handover.case_id)
        door = Actor("link", (case.door_principal,))
        results = at_once(
            acting(cast.partner.actor, accepting(handover)),
            acting(door, lambda actor, c=case: withdraw(by=actor, case=c)),  # type: ignore[misc]
        )
        assert all(not isinstance(result, Exception) or isinstance(result, REFUSED) for result in results), results
        handover.refresh_from_db()
        case.refresh_from_db()
        assert (handover.state, case.state) == (HandoverState.WITHDRAWN, "withdrawn")
        assert not Leg.objects.open().filter(case=case).exists()


def test_settling_while_it_is_handed_over_is_refused(sent: Callable[[], Handover], cast: Cast) -> None:
    handover = sent()
    case = Case.objects.get(pk=handover.case_id)
    results = at_once(
        acting(cast.partner.actor, accepting(handover)),
        acting(cast.adviser.actor, lambda actor: settle(by=actor, case=case, outcomes=[OutcomeForm("advice")], words="Valmis")),
    )
    assert isinstance(results[1], RuleBroken), results
    assert not isinstance(results[0], Exception), results


def test_two_parts_never_wait_for_each_other(cast: Cast, need: Callable[..., NeedForm]) -> None:
    for _ in range(3):
        with act_as(PUBLIC):
            case = send_need(by=PUBLIC, need=need())
        with act_as(cast.adviser.actor) as actor:
            one = take_up(by=actor, leg=Leg.objects.get(case=case))
            two = add_leg(by=actor, leg=one, need="Toinen")
        results = at_once(
            acting(cast.adviser.actor, lambda actor, a=one, b=two: wait_for_leg(by=actor, leg=a, other=b)),  # type: ignore[misc]
            acting(cast.adviser.actor, lambda actor, a=two, b=one: wait_for_leg(by=actor, leg=a, other=b)),  # type: ignore[misc]
        )
        assert one_refused(results), results
