"""Parts that run side by side and wait for each other."""

from collections.abc import Callable

import pytest

from luukku.core.actor import act_as
from luukku.core.errors import RuleBroken
from luukku.core.models import OutgoingMail
from luukku.desk.access import get_case, get_handover
from luukku.desk.actions.ending import OutcomeForm, settle
from luukku.desk.actions.handover.receiving import accept
from luukku.desk.actions.legs import add_leg, wait_for_leg
from luukku.desk.actions.talking import write
from luukku.desk.enums import CaseState
from luukku.desk.models import Case, Handover, Leg
from tests.cast import Cast, Member
from tests.harness.client import Client


def test_part_asked_of_another_runs_beside_and_the_case_is_settled_last(
    hand: Callable[..., Handover], case: Case, mine: Leg, cast: Cast, client_of: Callable[[Member], Client]
) -> None:
    handover = hand(beside=True, need="Takaus pankkilainalle.")
    with act_as(cast.partner.actor) as actor:
        accept(by=actor, handover=get_handover(actor, handover.pk))
        write(by=actor, case=get_case(actor, case.number), body="Hei, hoidan takauksen.")
    case.refresh_from_db()
    mine.refresh_from_db()
    assert (mine.is_open, case.sponsor_id) == (True, cast.adviser.someone.pk)
    assert Leg.objects.get(came_by=handover).need == "Takaus pankkilainalle."
    rows = client_of(cast.adviser).get("/jono/?scope=all").content.decode()
    assert "Osa: Takaus pankkilainalle." in rows
    assert "Osa: ensimmäinen osa" in rows
    with act_as(cast.partner.actor) as actor:
        settle(by=actor, case=get_case(actor, case.number), outcomes=[OutcomeForm("finance", amount=1000)], words="Takaus on myönnetty.")
    case.refresh_from_db()
    assert case.is_open
    with act_as(cast.adviser.actor) as actor:
        settle(by=actor, case=get_case(actor, case.number), outcomes=[OutcomeForm("advice")], words="Valmista.")
    case.refresh_from_db()
    assert case.state == CaseState.SETTLED


def test_waiting_part_goes_on_and_its_handler_is_told_when_the_awaited_is_ready(mine: Leg, case: Case, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        other = add_leg(by=actor, leg=mine, need="Arvonmääritys", person=cast.desklead.someone)
        wait_for_leg(by=actor, leg=mine, other=other)
        with pytest.raises(RuleBroken):
            wait_for_leg(by=actor, leg=other, other=mine)
    mine.refresh_from_db()
    assert (mine.state, mine.waits_for_leg_id) == (CaseState.WAITING, other.pk)
    with act_as(cast.desklead.actor) as actor:
        settle(by=actor, case=case, leg=other, outcomes=[OutcomeForm("advice")], words="Arvo on laskettu.")
    mine.refresh_from_db()
    assert (mine.state, mine.waits_for_leg_id, mine.due_kind) == (CaseState.IN_PROGRESS, None, "informed")
    assert OutgoingMail.objects.get(facts__turn="part-ready").facts["person"] == cast.adviser.someone.pk


def test_what_waited_for_a_handed_over_part_waits_for_the_receivers(hand: Callable[..., Handover], mine: Leg, case: Case, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        other = add_leg(by=actor, leg=mine, need="Oma osa")
        wait_for_leg(by=actor, leg=other, other=mine)
    handover = hand()
    with act_as(cast.partner.actor) as actor:
        accept(by=actor, handover=get_handover(actor, handover.pk))
        write(by=actor, case=get_case(actor, case.number), body="Hei!")
    other.refresh_from_db()
    assert other.waits_for_leg_id == Leg.objects.get(came_by=handover).pk
    assert other.state == CaseState.WAITING
