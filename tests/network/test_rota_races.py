"""Turns at one seat never overlap, whoever plans them at the same moment: with real threads and commits."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from luukku.core.actor import act_as
from luukku.core.errors import RuleBroken
from luukku.network.actions.rotas import TurnForm, change_turn, make_rota, plan_turn
from luukku.network.enums import Role
from luukku.network.models import SeatRota, SeatTurn
from tests.cast import Cast, assemble
from tests.desk.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def days(first: date, last: date, cast: Cast) -> TurnForm:
    return TurnForm(first_day=first, last_day=last, organisation=cast.partners)


def planning(cast: Cast, rota: SeatRota, form: TurnForm) -> Callable[[], object]:
    def work() -> object:
        with act_as(cast.coordinator.actor) as by:
            return plan_turn(by=by, rota=rota, form=form)

    return work


def test_of_two_who_plan_the_same_days_at_once_one_is_told(cast_in_use: Cast, rota: SeatRota) -> None:
    for year in (2040, 2041, 2042):
        first = planning(cast_in_use, rota, days(date(year, 1, 1), date(year, 12, 31), cast_in_use))
        second = planning(cast_in_use, rota, days(date(year, 6, 1), date(year, 7, 31), cast_in_use))
        told = at_once(first, second)
        assert sorted(type(each).__name__ for each in told) == ["RuleBroken", "SeatTurn"], told
    assert rota.turns.count() == 3


def test_turn_that_grows_and_turn_that_is_planned_at_once_do_not_overlap(cast_in_use: Cast, rota: SeatRota) -> None:
    turn = planning(cast_in_use, rota, days(date(2040, 1, 1), date(2040, 6, 30), cast_in_use))()
    assert isinstance(turn, SeatTurn)

    def grow() -> object:
        with act_as(cast_in_use.coordinator.actor) as by:
            return change_turn(by=by, turn=SeatTurn.objects.get(pk=turn.pk), form=days(date(2040, 1, 1), date(2040, 12, 31), cast_in_use))

    told = at_once(grow, planning(cast_in_use, rota, days(date(2040, 7, 1), date(2040, 12, 31), cast_in_use)))
    assert sum(isinstance(each, RuleBroken) for each in told) == 1, told


def test_database_itself_takes_no_two_turns_on_one_day(cast_in_use: Cast, rota: SeatRota) -> None:
    """What no action does, no import or later code can do either; two rotas do not concern each other."""
    SeatTurn.objects.create(rota=rota, valid_from=date(2040, 1, 1), valid_until=date(2040, 6, 30), organisation=cast_in_use.partners)
    with pytest.raises(IntegrityError, match="seat_turn_alone"), transaction.atomic():
        SeatTurn.objects.create(rota=rota, valid_from=date(2040, 6, 30), valid_until=date(2040, 12, 31), organisation=cast_in_use.partners)
    SeatTurn.objects.create(rota=rota, valid_from=date(2040, 7, 1), valid_until=date(2040, 12, 31), organisation=cast_in_use.partners)
    with act_as(cast_in_use.coordinator.actor) as by:
        other = make_rota(by=by, region=cast_in_use.here.region, role=Role.STEERING_MEMBER, note="Toinen")
    SeatTurn.objects.create(rota=other, valid_from=date(2040, 1, 1), valid_until=date(2040, 12, 31), organisation=cast_in_use.partners)


@pytest.fixture
def cast_in_use() -> Cast:
    return assemble()


@pytest.fixture
def rota(cast_in_use: Cast) -> SeatRota:
    with act_as(cast_in_use.coordinator.actor) as by:
        return make_rota(by=by, region=cast_in_use.here.region, role=Role.STEERING_CHAIR)
