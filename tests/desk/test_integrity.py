"""Whatever is done in whatever order, a case is never ownerless and its clocks tell the truth."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luukku.core.actor import Actor, act_as, act_as_house
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.desk.actions.customer import customer_writes, nobody_contacted, withdraw
from luukku.desk.actions.ending import OutcomeForm, not_for_us, reopen, settle
from luukku.desk.actions.handling import assign, release, set_next_step, take_up
from luukku.desk.actions.links import renew_link
from luukku.desk.actions.marks import give_feedback
from luukku.desk.actions.talking import add_note, log_call, write
from luukku.desk.actions.waiting import resume, wait
from luukku.desk.models import Case, Leg, Outcome
from luukku.desk.queries.integrity import CHECKS
from tests.cast import Cast

START = datetime(2026, 6, 1, 9, 0, tzinfo=ZoneInfo("Europe/Helsinki"))
ADVICE = [OutcomeForm("advice")]
Step = Callable[[Actor, Case, Leg, datetime, Cast], object]
STAFF: dict[str, Step] = {
    "take_up": lambda by, case, leg, at, cast: take_up(by=by, leg=leg, at=at),
    "assign": lambda by, case, leg, at, cast: assign(by=by, leg=leg, person=cast.adviser.someone, at=at),
    "assign_lead": lambda by, case, leg, at, cast: assign(by=by, leg=leg, person=cast.desklead.someone, at=at),
    "release": lambda by, case, leg, at, cast: release(by=by, leg=leg, at=at),
    "next_step": lambda by, case, leg, at, cast: set_next_step(by=by, leg=leg, text="Soitto", when=at, at=at),
    "wait_her": lambda by, case, leg, at, cast: wait(by=by, leg=leg, waiting_for="customer", words_to_customer="Lähetä", at=at),
    "wait_other": lambda by, case, leg, at, cast: wait(by=by, leg=leg, waiting_for="authority", at=at),
    "resume": lambda by, case, leg, at, cast: resume(by=by, leg=leg, at=at),
    "write": lambda by, case, leg, at, cast: write(by=by, case=case, leg=leg, body="Hei", at=at),
    "note": lambda by, case, leg, at, cast: add_note(by=by, case=case, leg=leg, body="Hei", at=at),
    "call": lambda by, case, leg, at, cast: log_call(by=by, case=case, leg=leg, body="Hei", at=at),
    "settle": lambda by, case, leg, at, cast: settle(by=by, case=case, outcomes=ADVICE, words="Valmis", at=at),
    "settle_leg": lambda by, case, leg, at, cast: settle(by=by, case=case, leg=leg, outcomes=ADVICE, words="Valmis", at=at),
    "not_for_us": lambda by, case, leg, at, cast: not_for_us(by=by, case=case, guidance="Muualta", at=at),
    "reopen": lambda by, case, leg, at, cast: reopen(by=by, case=case, at=at),
}
HERS: dict[str, Step] = {
    "writes": lambda by, case, leg, at, cast: customer_writes(by=by, case=case, body="Hei", at=at),
    "withdraw": lambda by, case, leg, at, cast: withdraw(by=by, case=case, at=at),
    "nobody": lambda by, case, leg, at, cast: nobody_contacted(by=by, case=case, at=at),
    "reopens": lambda by, case, leg, at, cast: reopen(by=by, case=case, words="Vielä", at=at),
    "feedback": lambda by, case, leg, at, cast: give_feedback(by=by, case=case, face=3, at=at),
    "renew": lambda by, case, leg, at, cast: renew_link(by=by, case=case, at=at),
}
ACTS = st.tuples(st.sampled_from([*STAFF, *HERS]), st.sampled_from(["adviser", "desklead", "partner"]), st.integers(0, 1), st.integers(0, 5000))


def complaints() -> list[str]:
    with act_as_house("check what the actions have left"):
        found = [f"{key}: {words}" for key, check in CHECKS.items() for words in check.run()]
        with connection.cursor() as cursor:
            cursor.execute("select leg_id, kind from desk_clock where ended_at is null group by leg_id, kind having count(*) > 1")
            found += [f"two clocks: {row}" for row in cursor.fetchall()]
    return found


@pytest.mark.parametrize("legs", [1, 2])
def test_no_order_of_actions_breaks_a_case(cast: Cast, send: Callable[..., Case], legs: int) -> None:
    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(ACTS, min_size=3, max_size=14))
    def walk(steps: list[tuple[str, str, int, int]]) -> None:
        point = transaction.savepoint()
        try:
            _walk(cast, send(at=START), legs, steps)
        finally:
            transaction.savepoint_rollback(point)

    walk()


def _walk(cast: Cast, case: Case, legs: int, steps: list[tuple[str, str, int, int]]) -> None:
    if legs == 2:
        add_leg(cast, case)
    at = START
    for name, who, index, minutes in steps:
        at += timedelta(minutes=minutes)
        by = Actor("link", (case.door_principal,)) if name in HERS else getattr(cast, who).actor
        with act_as(by):
            # what she does not see she cannot even name
            leg = Leg.objects.filter(case=case).order_by("position")[index % legs :].first()
            if leg is None:
                continue
            try:
                (HERS.get(name) or STAFF[name])(by, case, leg, at, cast)
            except (RuleBroken, NotAllowed):
                continue
        assert not complaints(), (name, who)


def add_leg(cast: Cast, case: Case) -> None:
    from luukku.desk.actions.clocks import new_clock, show_nearest
    from luukku.desk.enums import ClockKind
    from luukku.desk.queries.doors import work_calendar

    leg = Leg(case=case, position=2, desk=cast.partner_desk, received_at=START)
    clock = new_clock(leg, ClockKind.TAKEN_UP, cast.here.region, work_calendar(cast.partner_desk), START)
    show_nearest(leg, [clock])
    leg.save()
    clock.leg = leg
    clock.save()


@pytest.mark.parametrize(
    ("damage", "check"),
    [
        ("delete from desk_clock; delete from desk_leg", "desk.owned"),
        ("update desk_case set state = 'settled', settled_at = now()", "desk.states"),
        ("update desk_clock set ended_at = now(), \"end\" = 'met'", "desk.clocks"),
        ("update desk_leg set due_at = now()", "desk.due"),
        (
            "alter table desk_case disable trigger user; update desk_case set readers = '{1}'; alter table desk_case enable trigger user",
            "desk.readers",
        ),
        (
            "alter table desk_leg disable trigger user; update desk_leg set readers = '{1}'; alter table desk_leg enable trigger user",
            "desk.readers_of_children",
        ),
        ("update customers_contact set readers = '{1}'", "desk.readers_of_contacts"),
    ],
)
def test_checks_find_the_damage(case: Case, damage: str, check: str) -> None:
    assert not complaints()
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        for statement in damage.split(";"):
            cursor.execute(statement)
    assert any(found.startswith(check) for found in complaints())


def test_what_came_of_a_companys_matter_is_read_by_circles_too_and_well(cast: Cast, send: Callable[..., Case]) -> None:
    case = send(business_id="2617416-4")
    with act_as(cast.adviser.actor) as adviser:
        take_up(by=adviser, leg=Leg.objects.get(case=case))
        settle(by=adviser, case=case, outcomes=ADVICE, words="Valmis")
    assert min(Outcome.objects.get(case=case).readers) < 0, "numbers of circles stand below zero"
    assert not complaints()
