"""A handover step by step: what the passer sees before she sends, the sending, the receiver's yes. `luukku bench handover [--rounds 100]`.

On the load data (100,000 cases), each round with another open leg, in a transaction that is undone; what waits for the commit is done inside the
measured step. The floor is what any write must do: to be somebody, lock one leg by its key and write one column of it.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from bench.subjects import prepare
from luukku.core.actor import Actor, act_as
from luukku.customers.enums import ConsentWay
from luukku.desk.access import get_handover, get_leg
from luukku.desk.actions.handover.receiving import accept
from luukku.desk.actions.handover.sending import Passing, hand_over
from luukku.desk.enums import OPEN_HANDOVER
from luukku.desk.models import Handover, Leg
from luukku.desk.queries.needed import misfit_of
from luukku.desk.queries.package import package_of
from luukku.desk.queries.receivers import how_busy, receivers_for
from luukku.network.access import actor_of_person
from luukku.network.enums import Right, roles_with
from luukku.network.models import Desk, Seat

STEPS = ("floor", "preview", "send", "accept")
AIM_RATIO = 40.0  # of the p50 of sending to the floor


@dataclass
class Step:
    """Seconds of each round, and SQL statements of the last."""

    seconds: list[float] = field(default_factory=list)
    statements: int = 0

    def at(self, share: float) -> float:
        """A percentile in milliseconds."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, round(share * len(ordered)))] * 1000


@dataclass(frozen=True)
class Round:
    """One leg to hand over: who passes it, to which desk, and who says yes there."""

    leg_id: int
    passer: Actor
    desk: Desk
    receiver: Actor


def main(arguments: list[str]) -> list[str]:
    """Prepare, hand over, print p50, p95 and statements of each step; returns the aim if it was missed."""
    parser = argparse.ArgumentParser(prog="luukku bench handover")
    parser.add_argument("--rounds", type=int, default=100)
    options = parser.parse_args(arguments)
    prepare()
    steps = {name: Step() for name in STEPS}
    for each in rounds(options.rounds):
        one_round(each, steps)
    base = steps["floor"].at(0.5)
    for name, step in steps.items():
        p50 = statistics.median(step.seconds) * 1000
        print(f"{name}: p50 {p50:.1f} ms ({p50 / base:.1f} × floor), p95 {step.at(0.95):.1f} ms, {step.statements} statements")
    return [f"sending at {AIM_RATIO:g} × floor"] if steps["send"].at(0.5) > AIM_RATIO * base else []


def rounds(count: int) -> Iterator[Round]:
    """Open legs that somebody handles, each with another desk of its region where somebody works."""
    waiting = Handover.objects.filter(leg=OuterRef("pk"), state__in=OPEN_HANDOVER)
    legs = Leg.objects.open().filter(~Exists(waiting), handler__isnull=False, case__region__is_live=True, case__customer__isnull=False)
    for leg in legs.select_related("desk", "case").order_by("-pk")[:count]:
        seats = Seat.objects.filter(role__in=roles_with(Right.HANDLE_CASES), valid_until=None)
        theirs = seats.filter(organisation__desks=OuterRef("pk"))
        desks = Desk.objects.filter(Exists(theirs), region=leg.case.region, deactivated_at=None).exclude(organisation=leg.desk.organisation)
        desk = desks.select_related("organisation", "region").order_by("pk").first()
        if desk is not None and leg.handler_id is not None:
            seat = seats.filter(organisation=desk.organisation).order_by("pk")[0]
            yield Round(leg.pk, actor_of_person(leg.handler_id), desk, actor_of_person(seat.person_id))


def one_round(each: Round, steps: dict[str, Step]) -> None:
    """Measure one handover and undo it."""
    with transaction.atomic():
        _measure(steps["floor"], each.passer, lambda _by: _floor(each))
        _measure(steps["preview"], each.passer, lambda by: _preview(by, each))
        sent: Handover = _measure(steps["send"], each.passer, lambda by: _send(by, each))
        _measure(steps["accept"], each.receiver, lambda by: accept(by=by, handover=get_handover(by, sent.pk)))
        transaction.set_rollback(True)


def _floor(each: Round) -> None:
    leg = Leg.objects.select_for_update().get(pk=each.leg_id)
    leg.answer_awaited = not leg.answer_awaited
    leg.save(update_fields=["answer_awaited"])


def _preview(by: Actor, each: Round) -> None:
    leg = get_leg(by, each.leg_id, need=Right.HANDLE_CASES)
    receivers_for(leg)
    package_of(leg)
    how_busy([each.desk.pk], leg.service_id)
    misfit_of(leg.case, leg, timezone.now())


def _send(by: Actor, each: Round) -> Handover:
    passing = Passing("Mittaus: he tuntevat tämän.", to_desk=each.desk, consent=ConsentWay.PHONE)
    return hand_over(by=by, leg=get_leg(by, each.leg_id, need=Right.HANDLE_CASES), passing=passing)


def _measure(step: Step, by: Actor, work: Callable[[Actor], Any]) -> Any:
    with _counted(step), act_as(by) as actor:
        found = work(actor)
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute("set constraints all deferred")
    return found


@contextmanager
def _counted(step: Step) -> Iterator[None]:
    step.statements = 0

    def count(execute: Callable[..., Any], *given: Any) -> Any:
        step.statements += 1
        return execute(*given)

    begin = time.perf_counter()
    with connection.execute_wrapper(count):
        yield
    step.seconds.append(time.perf_counter() - begin)
