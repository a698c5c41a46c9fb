"""Two at once, with real commits."""

import threading
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from luukku.core.actor import PUBLIC, Actor, act_as
from luukku.core.errors import RuleBroken
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.models import Case, Clock, Leg
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    return assemble()


def at_once(*works: Callable[[], object]) -> list[object]:
    """What each gives, or its RuleBroken; all begin together."""
    gate, results = threading.Barrier(len(works)), [None] * len(works)

    def run(index: int, work: Callable[[], object]) -> None:
        gate.wait()
        try:
            results[index] = work()  # type: ignore[call-overload]
        except Exception as error:  # noqa: BLE001
            results[index] = error  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index, work)) for index, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return list(results)


def sending(need: NeedForm, key: str | None = None) -> Callable[[], Case]:
    def work() -> Case:
        with act_as(PUBLIC):
            return send_need(by=PUBLIC, need=need, submit_key=key)

    return work


def test_same_form_twice_at_once_makes_one_case(need: Callable[..., NeedForm]) -> None:
    for _ in range(4):
        work = sending(need(), str(uuid.uuid4()))
        cases = at_once(work, work, work)
        assert len({case.pk for case in cases if isinstance(case, Case)}) == 1, cases
        assert all(isinstance(case, Case) for case in cases), cases
    assert Case.objects.count() == 4


def test_many_needs_at_once_get_their_own_numbers(need: Callable[..., NeedForm]) -> None:
    cases = at_once(*[sending(need()) for _ in range(8)])
    assert all(isinstance(case, Case) for case in cases), cases
    assert sorted(Case.objects.values_list("number", flat=True)) == [f"KO-26-{n:04}" for n in range(1, 9)] or timezone.now().year != 2026


def test_two_take_up_at_once_and_one_is_told_who_has_it(need: Callable[..., NeedForm], cast: Cast) -> None:
    def taking(actor: Actor, leg: Leg) -> Callable[[], object]:
        def work() -> object:
            with act_as(actor):
                return take_up(by=actor, leg=leg)

        return work

    for _ in range(3):
        case = sending(need())()
        leg = Leg.objects.get(case=case)
        results = at_once(taking(cast.adviser.actor, leg), taking(cast.desklead.actor, leg))
        assert sum(isinstance(result, RuleBroken) for result in results) == 1, results
        leg.refresh_from_db()
        assert leg.handler is not None
        refused = next(result for result in results if isinstance(result, RuleBroken))
        assert leg.handler.name in refused.message
        assert Clock.objects.filter(leg=leg, ended_at=None).count() == 1
        assert timezone.now() - leg.received_at < timedelta(minutes=1)
