"""Two at once, with real commits: the database decides, and nothing is lost."""

from collections.abc import Callable

import pytest
from django.db import transaction

from luukku.core.actor import PUBLIC, Actor, act_as
from luukku.core.errors import NotFound, RuleBroken
from luukku.desk.access.links import first_token, link_actor, link_case
from luukku.desk.actions.customer import customer_writes
from luukku.desk.actions.ending import OutcomeForm, settle
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.handover.sending import Passing, hand_over
from luukku.desk.actions.intake import NeedForm
from luukku.desk.actions.joining.join import join
from luukku.desk.actions.joining.undo import undo
from luukku.desk.models import Case, Handover, Joining, Leg, Message
from tests.cast import Cast, assemble
from tests.desk.test_integrity import complaints
from tests.desk.test_races import at_once, sending

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 3


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def pair(need: Callable[..., NeedForm]) -> Callable[[], tuple[Case, Case]]:
    return lambda: (sending(need())(), sending(need())())


def by(actor: Actor, work: Callable[[Actor], object]) -> Callable[[], object]:
    def run() -> object:
        with act_as(actor):
            return work(actor)

    return run


def passing(cast: Cast) -> Passing:
    return Passing(reason="Kuuluu teille", consent="phone", to_desk=cast.partner_desk)


def broken(results: list[object]) -> int:
    assert all(not isinstance(each, Exception) or isinstance(each, RuleBroken | NotFound) for each in results), results
    return sum(isinstance(each, RuleBroken | NotFound) for each in results)


def test_two_join_the_same_pair_crosswise_and_one_wins(cast: Cast, pair: Callable[[], tuple[Case, Case]]) -> None:
    for _each in range(ROUNDS):
        one, other = pair()
        results = at_once(
            by(cast.adviser.actor, lambda actor, a=one, b=other: join(by=actor, case=a, into=b, both_agree=True)),  # type: ignore[misc]
            by(cast.desklead.actor, lambda actor, a=one, b=other: join(by=actor, case=b, into=a, both_agree=True)),  # type: ignore[misc]
        )
        assert broken(results) == 1, results
        assert Case.objects.filter(pk__in=(one.pk, other.pk), joined_into=None).count() == 1
    assert complaints() == []


def test_customer_who_writes_while_it_is_joined_loses_no_word(cast: Cast, pair: Callable[[], tuple[Case, Case]]) -> None:
    for _each in range(ROUNDS):
        one, other = pair()

        def writes(token: str = first_token(other)) -> object:
            with act_as(PUBLIC):
                actor = link_actor(token)
            assert actor is not None
            with act_as(actor):
                return customer_writes(by=actor, case=link_case(actor), body="Vielä tämä")

        results = at_once(by(cast.adviser.actor, lambda actor, a=one, b=other: join(by=actor, case=b, into=a, both_agree=True)), writes)  # type: ignore[misc]
        if broken(results):
            assert isinstance(results[1], RuleBroken)  # told to open the page again: her words are in the form
            writes()
        assert Message.objects.filter(case=one, body="Vielä tämä").count() == 1
        assert not Message.objects.filter(case=other).exists()
    assert complaints() == []


@pytest.mark.parametrize("side", [0, 1])
def test_settled_while_it_is_joined(cast: Cast, pair: Callable[[], tuple[Case, Case]], side: int) -> None:
    for _each in range(ROUNDS):
        cases = pair()
        results = at_once(
            by(cast.adviser.actor, lambda actor, c=cases: join(by=actor, case=c[1], into=c[0], both_agree=True)),  # type: ignore[misc]
            by(
                cast.desklead.actor,
                lambda actor, c=cases[side]: settle(by=actor, case=c, outcomes=[OutcomeForm("advice")], words="Valmis"),  # type: ignore[misc]
            ),
        )
        broken(results)
        assert Leg.objects.filter(case__in=cases).count() == 2
    assert complaints() == []


def test_handed_over_while_it_is_joined(cast: Cast, pair: Callable[[], tuple[Case, Case]]) -> None:
    for _each in range(ROUNDS):
        one, other = pair()
        with act_as(cast.adviser.actor) as actor:
            leg = take_up(by=actor, leg=Leg.objects.get(case=other))
        results = at_once(
            by(cast.desklead.actor, lambda actor, a=one, b=other: join(by=actor, case=b, into=a, both_agree=True)),  # type: ignore[misc]
            by(cast.adviser.actor, lambda actor, mine=leg: hand_over(by=actor, leg=mine, passing=passing(cast))),  # type: ignore[misc]
        )
        assert broken(results) == 1, results
        assert Handover.objects.filter(case=other).exists() is not Joining.objects.filter(case=other).exists()
    assert complaints() == []


def test_undone_twice_at_once_is_undone_once(cast: Cast, pair: Callable[[], tuple[Case, Case]]) -> None:
    one, other = pair()
    with transaction.atomic(), act_as(cast.adviser.actor) as actor:
        joining = join(by=actor, case=other, into=one, both_agree=True)
    work = [by(member.actor, lambda actor: undo(by=actor, joining=joining)) for member in (cast.adviser, cast.desklead)]
    assert broken(at_once(*work)) == 1
    assert complaints() == []
