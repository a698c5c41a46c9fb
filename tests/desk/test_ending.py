from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from luukku.core.actor import Actor, act_as
from luukku.core.errors import RuleBroken
from luukku.core.models import OutgoingMail
from luukku.desk.actions.ending import OutcomeForm, not_for_us, reopen, settle
from luukku.desk.actions.handling import take_up
from luukku.desk.enums import CaseState, ClockKind
from luukku.desk.models import Case, Clock, Leg, Message, Outcome, StatusLink
from tests.cast import Cast

HELSINKI = ZoneInfo("Europe/Helsinki")
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=HELSINKI)
DAY = timedelta(days=1)


@pytest.fixture
def case(send: Callable[..., Case]) -> Case:
    return send(at=MONDAY)


@pytest.fixture
def adviser(cast: Cast) -> Actor:
    return cast.adviser.actor


@pytest.fixture
def taken(adviser: Actor, leg: Leg) -> Leg:
    with act_as(adviser):
        take_up(by=adviser, leg=leg, at=MONDAY + DAY)
    return Leg.objects.get()


def running() -> dict[str, datetime]:
    return dict(Clock.objects.filter(ended_at=None).values_list("kind", "due_at"))


def kinds() -> list[str]:
    return list(OutgoingMail.objects.order_by("id").values_list("kind", flat=True))


def test_settled_case_has_outcomes_words_and_no_clock(taken: Leg, adviser: Actor) -> None:
    with act_as(adviser):
        settle(by=adviser, case=taken.case, outcomes=[OutcomeForm("finance", amount=20000)], words="Laina saatiin.", at=MONDAY + 8 * DAY)
    leg, case = Leg.objects.get(), Case.objects.get()
    assert (leg.state, case.state, case.settled_at) == (CaseState.SETTLED, CaseState.SETTLED, MONDAY + 8 * DAY)
    assert not running()
    assert (leg.due_at, leg.due_kind) == (None, "")
    assert Outcome.objects.get().amount == 20000
    assert Message.objects.get().body == "Laina saatiin."
    expires = StatusLink.objects.get().expires_at
    assert expires == MONDAY + 98 * DAY
    assert OutgoingMail.objects.get(kind="desk.settled").facts == {"ask": 1}


def test_feedback_is_asked_once_in_the_regions_gap(send: Callable[..., Case], cast: Cast) -> None:
    founder, adviser = cast.founder.actor, cast.adviser.actor
    from luukku.desk.actions.intake import NeedForm, send_need

    asked = []
    for day in (0, 10, 45):
        with act_as(founder):
            case = send_need(by=founder, need=NeedForm(cast.here.region, "Kysyn neuvoa", "fi"), at=MONDAY + day * DAY)
        with act_as(adviser):
            settle(by=adviser, case=case, outcomes=[OutcomeForm("advice")], words="Neuvottu.", at=MONDAY + (day + 1) * DAY)
        asked.append(OutgoingMail.objects.filter(kind="desk.settled").latest("id").facts["ask"])
    assert asked == [1, 0, 1]


def test_settling_from_new_takes_it_up_on_the_way(leg: Leg, adviser: Actor, cast: Cast) -> None:
    with act_as(adviser):
        settle(by=adviser, case=leg.case, outcomes=[OutcomeForm("advice")], words="Neuvottu puhelimessa.", at=MONDAY + DAY)
    assert Clock.objects.get(kind=ClockKind.TAKEN_UP).kept is True
    assert Case.objects.get().sponsor == cast.adviser.person


@pytest.mark.parametrize("outcomes", [[], [OutcomeForm("x")], [OutcomeForm("advice"), OutcomeForm("advice")], [OutcomeForm("jobs", count=-1)]])
def test_settling_needs_outcomes_that_make_sense(taken: Leg, adviser: Actor, outcomes: list[OutcomeForm]) -> None:
    with act_as(adviser), pytest.raises(RuleBroken):
        settle(by=adviser, case=taken.case, outcomes=outcomes, words="Valmis.")


def test_not_for_us_gives_guidance_and_ends(taken: Leg, adviser: Actor) -> None:
    with act_as(adviser):
        not_for_us(by=adviser, case=taken.case, guidance="Kysy Verohallinnosta.")
    assert Case.objects.get().state == CaseState.NOT_FOR_US
    assert OutgoingMail.objects.get(kind="desk.settled").facts == {"ask": 0}
    with act_as(adviser), pytest.raises(RuleBroken):
        take_up(by=adviser, leg=taken)


def test_reopened_case_goes_on_with_its_handler_and_link(taken: Leg, adviser: Actor) -> None:
    with act_as(adviser):
        settle(by=adviser, case=taken.case, outcomes=[OutcomeForm("advice")], words="Valmis.", at=MONDAY + 2 * DAY)
        reopen(by=adviser, case=taken.case, at=MONDAY + 3 * DAY)
    leg, case = Leg.objects.get(), Case.objects.get()
    assert (leg.state, case.state, case.settled_at, leg.settled_at) == (CaseState.IN_PROGRESS, CaseState.IN_PROGRESS, None, None)
    assert set(running()) == {ClockKind.INFORMED}
    assert StatusLink.objects.get().expires_at is None
    with act_as(adviser), pytest.raises(RuleBroken):
        reopen(by=adviser, case=case)


def test_reopened_case_whose_handler_has_left_must_be_taken_up(taken: Leg, adviser: Actor, cast: Cast, holder: Actor) -> None:
    with act_as(adviser):
        settle(by=adviser, case=taken.case, outcomes=[OutcomeForm("advice")], words="Valmis.", at=MONDAY + 2 * DAY)
    cast.adviser.someone.seats.update(valid_until=date(2020, 1, 1))
    with act_as(holder):
        reopen(by=holder, case=taken.case, at=MONDAY + 3 * DAY)
    leg, case = Leg.objects.get(), Case.objects.get()
    assert (leg.state, leg.handler, case.sponsor, leg.due_kind) == (CaseState.NEW, None, None, ClockKind.TAKEN_UP)


def test_two_legs_the_case_is_settled_with_the_last(taken: Leg, adviser: Actor, cast: Cast) -> None:
    Leg.objects.create(case=taken.case, position=2, desk=cast.partner_desk, received_at=timezone.now())
    partner = cast.partner.actor
    with act_as(adviser):
        settle(by=adviser, case=taken.case, outcomes=[OutcomeForm("advice")], words="Meidän osa on valmis.")
        assert Case.objects.get().state == CaseState.IN_PROGRESS
    assert "desk.settled" not in kinds()
    with act_as(partner):
        settle(by=partner, case=taken.case, outcomes=[OutcomeForm("nothing")], words="Samoin.")
        assert Case.objects.get().state == CaseState.SETTLED
    assert kinds()[-1] == "desk.settled"
