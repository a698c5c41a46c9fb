"""Whatever is done with handovers in whatever order, a case is never ownerless, and the walls stand as they should."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from luukku.core.actor import Actor, act_as
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.desk.access import get_handover
from luukku.desk.actions.appointments.three import book_three
from luukku.desk.actions.customer import nobody_contacted, withdraw
from luukku.desk.actions.ending import OutcomeForm, not_for_us, reopen, settle
from luukku.desk.actions.handling import assign, release, take_up
from luukku.desk.actions.handover import consent, passing, receiving
from luukku.desk.actions.handover.sending import Outside, Passing, hand_over
from luukku.desk.actions.legs import add_leg, wait_for_leg
from luukku.desk.actions.talking import write
from luukku.desk.actions.waiting import resume
from luukku.desk.models import Case, Handover, Leg
from tests.cast import Cast
from tests.desk.handover.conftest import REASON, plan_of_three
from tests.desk.test_integrity import START, complaints

ADVICE = [OutcomeForm("advice")]


class World:
    """One case, and which of its parts and handovers a step means."""

    def __init__(self, cast: Cast, case: Case, which: int, at: datetime) -> None:
        legs = list(Leg.objects.filter(case=case).order_by("position"))
        handovers = list(Handover.objects.filter(case=case).order_by("id"))
        self.cast, self.case, self.at = cast, case, at
        self.leg, self.other = legs[which % len(legs)], legs[(which + 1) % len(legs)]
        self.some = handovers[-1 - which % len(handovers)] if handovers else None

    def handover(self, by: Actor) -> Handover:
        if self.some is None:
            raise NotFound
        return get_handover(by, self.some.pk)

    def passing(self, **fields: object) -> Passing:
        desks = [self.cast.here.desk, self.cast.partner_desk, self.cast.there.desk]
        to = desks[(desks.index(self.leg.desk) + 1) % 3] if self.leg.desk in desks else desks[0]
        return Passing(**{"reason": REASON, "consent": "phone", "to_desk": to} | fields)  # type: ignore[arg-type]


Step = Callable[[Actor, World], object]
STEPS: dict[str, Step] = {
    "take_up": lambda by, w: take_up(by=by, leg=w.leg, at=w.at),
    "assign": lambda by, w: assign(by=by, leg=w.leg, person=w.cast.desklead.someone, at=w.at),
    "release": lambda by, w: release(by=by, leg=w.leg, at=w.at),
    "write": lambda by, w: write(by=by, case=w.case, leg=w.leg, body="Hei", at=w.at),
    "settle": lambda by, w: settle(by=by, case=w.case, outcomes=ADVICE, words="Valmis", at=w.at),
    "settle_leg": lambda by, w: settle(by=by, case=w.case, leg=w.leg, outcomes=ADVICE, words="Valmis", at=w.at),
    "not_for_us": lambda by, w: not_for_us(by=by, case=w.case, leg=w.leg, guidance="Muualta", at=w.at),
    "reopen": lambda by, w: reopen(by=by, case=w.case, at=w.at),
    "add_leg": lambda by, w: add_leg(by=by, leg=w.leg, need="Toinen osa", at=w.at),
    "wait_leg": lambda by, w: wait_for_leg(by=by, leg=w.leg, other=w.other, at=w.at),
    "resume": lambda by, w: resume(by=by, leg=w.leg, at=w.at),
    "hand": lambda by, w: hand_over(by=by, leg=w.leg, passing=w.passing(), at=w.at),
    "beside": lambda by, w: hand_over(by=by, leg=w.leg, passing=w.passing(beside=True, need="Osa"), at=w.at),
    "ask_her": lambda by, w: hand_over(by=by, leg=w.leg, passing=w.passing(consent="page"), at=w.at),
    "outside": lambda by, w: hand_over(by=by, leg=w.leg, passing=w.passing(to_desk=None, outside=Outside("Seura", "s@o.example")), at=w.at),
    "accept": lambda by, w: receiving.accept(by=by, handover=w.handover(by), at=w.at),
    "ask": lambda by, w: receiving.ask(by=by, handover=w.handover(by), words="Mitä?", at=w.at),
    "decline": lambda by, w: receiving.decline(by=by, handover=w.handover(by), reason="Ei", next_words="Muualle", at=w.at),
    "answer": lambda by, w: passing.answer(by=by, handover=w.handover(by), words="Näin.", at=w.at),
    "take_back": lambda by, w: passing.take_back(by=by, handover=w.handover(by), at=w.at),
    "meet": lambda by, w: book_three(by=by, handover=w.handover(by), plan=plan_of_three(w.cast, w.at + timedelta(days=3)), at=w.at),
    "followed": lambda by, w: passing.mark_contacted(by=by, handover=w.handover(by), at=w.at),
}
HERS: dict[str, Step] = {
    "agree": lambda by, w: consent.agree(by=by, handover=w.handover(by), at=w.at),
    "refuse": lambda by, w: consent.refuse(by=by, handover=w.handover(by), at=w.at),
    "withdraw": lambda by, w: withdraw(by=by, case=w.case, at=w.at),
    "nobody": lambda by, w: nobody_contacted(by=by, case=w.case, at=w.at),
    "reopens": lambda by, w: reopen(by=by, case=w.case, at=w.at),
}
OUTSIDE: dict[str, Step] = {
    "out_accept": lambda by, w: receiving.accept(by=by, handover=w.handover(by), name="Kaija", at=w.at),
    "out_decline": lambda by, w: receiving.decline(by=by, handover=w.handover(by), reason="Ei", next_words="Muualle", at=w.at),
    "out_contacted": lambda by, w: passing.mark_contacted(by=by, handover=w.handover(by), at=w.at),
}
HANDOVERS = [
    "hand",
    "accept",
    "accept",
    "accept",
    "write",
    "write",
    "decline",
    "decline",
    "beside",
    "take_up",
]  # drawn oftener, so that walks get somewhere
ACTS = st.tuples(
    st.sampled_from([*STEPS, *HERS, *OUTSIDE, *HANDOVERS]),
    st.sampled_from(["adviser", "partner", "outsider"]),
    st.integers(0, 2),
    st.integers(0, 5000),
)


def owned(case: Case) -> None:
    """An open matter lies at a desk; and somebody answers for the whole as soon as somebody has a part of it in hand."""
    case.refresh_from_db()
    still = list(Leg.objects.open().filter(case=case).select_related("desk"))
    if not case.is_open:
        assert not still
        return
    assert still
    assert all(leg.desk.deactivated_at is None for leg in still)
    if any(leg.state != "new" for leg in still):
        assert case.sponsor_id is not None


def test_no_order_of_handovers_leaves_a_case_ownerless(cast: Cast, send: Callable[..., Case]) -> None:
    done: set[str] = set()

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(ACTS, min_size=4, max_size=16))
    @example([("accept", "partner", 0, 10), ("write", "partner", 0, 10), ("settle", "partner", 0, 10), ("reopen", "partner", 0, 10)])
    def walk(steps: list[tuple[str, str, int, int]]) -> None:
        point = transaction.savepoint()
        try:
            at = START
            case = send(at=at)
            door = Actor("link", (case.door_principal,))
            with act_as(cast.adviser.actor) as actor:
                STEPS["hand"](actor, World(cast, case, 0, at))
            for name, who, which, minutes in steps:
                at += timedelta(minutes=minutes)
                world = World(cast, case, which, at)
                step = (STEPS | HERS | OUTSIDE)[name]
                by = door if name in HERS else getattr(cast, who).actor
                if name in OUTSIDE:
                    by = Actor("link", (world.some.door_principal,)) if world.some is not None else door
                try:
                    with act_as(by) as actor:
                        step(actor, world)
                    done.add(name)
                except (RuleBroken, NotAllowed, NotFound):
                    continue
                with connection.cursor() as cursor:
                    cursor.execute("set constraints all immediate")
                    cursor.execute("set constraints all deferred")
                owned(case)
            assert complaints() == [], steps
        finally:
            transaction.savepoint_rollback(point)

    walk()
    assert "accept" in done, done  # the walks did get somewhere


def test_database_refuses_to_end_a_part_that_is_being_handed_over(hand: Callable[..., Handover], mine: Leg) -> None:
    hand()
    both = "update desk_leg set state = 'settled', settled_at = now() where id = %s; set constraints all immediate"
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="stays open"):
        cursor.execute(both, [mine.pk])
