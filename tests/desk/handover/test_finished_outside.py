"""An organisation outside says by its link that its part is ready: the part ends with what came of it, and everybody concerned is told."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from luukku.core.actor import HOUSE, Actor, act_as, act_as_house
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.models import Event, OutgoingMail
from luukku.desk.access import get_handover
from luukku.desk.access.links import first_token, handover_token, outside_actor
from luukku.desk.actions.appointments.booking import agree
from luukku.desk.actions.ending import OutcomeForm, settle
from luukku.desk.actions.forgetting import forget_cases
from luukku.desk.actions.handover.finishing import finish
from luukku.desk.actions.handover.outside import send_link_again
from luukku.desk.actions.handover.receiving import accept
from luukku.desk.actions.handover.sending import Outside
from luukku.desk.actions.legs import add_leg
from luukku.desk.enums import CaseState, HandoverState
from luukku.desk.models import Case, Clock, Handover, Leg, Outcome
from tests.cast import Cast, Member
from tests.desk.handover.conftest import plan_of_three
from tests.desk.handover.test_walk import news, turns_told
from tests.harness.client import Client

ClientOf = Callable[[Member], Client]
LOAN = [OutcomeForm("finance", 20_000, finance="loan")]


@pytest.fixture
def taken(hand: Callable[..., Handover]) -> Handover:
    """Handed over to an organisation outside, which has taken it up."""
    handover = hand(outside=Outside("Käsityöseura ry", "seura@outside.example"))
    with act_as(holder_of(handover)) as actor:
        return accept(by=actor, handover=handover, name="Kaija Käsityö")


def holder_of(handover: Handover) -> Actor:
    found = outside_actor(handover_token(handover))
    assert found is not None
    return found


def test_part_ends_with_its_outcome_and_all_are_told(taken: Handover, case: Case, mine: Leg, cast: Cast) -> None:
    with act_as(holder_of(taken)) as actor:
        finish(by=actor, handover=taken, outcomes=LOAN, words="Laina myönnettiin.")
    for row in (taken, mine, case):
        row.refresh_from_db()
    assert (taken.state, taken.finished_words, mine.state, case.state) == (HandoverState.DONE, "Laina myönnettiin.", "settled", "settled")
    outcome = Outcome.objects.get()
    assert (outcome.leg_id, outcome.kind, outcome.amount) == (mine.pk, "finance", 20_000)
    assert Clock.objects.get(kind="guided").kept is True  # to be ready is to have been in touch
    assert turns_told(cast.adviser.someone.pk)[-1] == "finished"
    assert OutgoingMail.objects.filter(kind="desk.settled").count() == 1
    told = Event.objects.filter(action__startswith="handover.").latest("id")
    assert (told.action, told.facts["outcome"], told.facts["whole"]) == ("handover.finished", "finance", True)


def test_time_still_to_come_is_off_when_their_part_was_the_last_and_she_is_not_said_to_have_cancelled_it(
    taken: Handover, case: Case, cast: Cast, client: Client
) -> None:
    with act_as(cast.adviser.actor) as actor:
        coming = agree(by=actor, case=case, plan=plan_of_three(cast, timezone.now() + timedelta(days=3), cast.adviser.someone))
    with act_as(holder_of(taken)) as actor:
        finish(by=actor, handover=taken, outcomes=LOAN, words="Laina myönnettiin.")
    coming.refresh_from_db()
    assert (coming.state, coming.cancelled_by) == ("cancelled", "us")
    page = client.get(f"/s/{first_token(case)}/").content.decode()
    assert "Varattu aika peruttiin" in page
    assert "Peruit varatun ajan" not in page


def test_other_parts_go_on_and_the_customer_hears_of_the_one_that_is_ready(taken: Handover, case: Case, mine: Leg, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        add_leg(by=actor, leg=mine, need="Tilat")
    with act_as(holder_of(taken)) as actor:
        finish(by=actor, handover=taken, outcomes=LOAN, words="Laina myönnettiin.")
    case.refresh_from_db()
    assert case.is_open
    assert news()[-1] == "finished"
    assert not OutgoingMail.objects.filter(kind="desk.settled").exists()


def test_it_is_said_on_the_page_of_the_link_and_seen_by_customer_and_passer(
    taken: Handover, case: Case, cast: Cast, client: Client, client_of: ClientOf
) -> None:
    address = f"/v/{handover_token(taken)}/"
    client.submit(client.get(address), {}, form="contacted")
    assert "kertoo, kun sen osa on valmis" in client_of(cast.adviser).get(f"/asia/{case.number}/").content.decode()
    page = client.get(address)
    broken = client.submit(page, {"outcomes": "finance", "amount_loan": "20000", "words": ""}, form="finish")
    assert broken.status_code == 422
    assert "20000" in broken.content.decode()  # nothing typed is lost
    done = client.submit(page, {"outcomes": "finance", "amount_loan": "20000", "words": "Laina myönnettiin."}, form="finish")
    assert done.status_code == 302
    again = client.get(address).content.decode()
    assert "Laina myönnettiin." in again
    assert 'id="finish"' not in again
    assert "Laina myönnettiin." in client.get(f"/s/{first_token(case)}/").content.decode()
    for shown in (f"/asia/{case.number}/", f"/siirrot/{taken.pk}/"):
        assert "Käsityöseura ry" in client_of(cast.adviser).get(shown).content.decode()
    assert "Laina myönnettiin." in client_of(cast.adviser).get(f"/siirrot/{taken.pk}/").content.decode()


def test_it_is_said_once_only_and_not_of_a_part_that_has_ended(taken: Handover, case: Case, mine: Leg, cast: Cast, client: Client) -> None:
    client.submit(client.get(f"/v/{handover_token(taken)}/"), {}, form="contacted")
    with act_as(cast.adviser.actor) as actor:
        settle(by=actor, case=case, outcomes=LOAN, words="Valmista tuli.")
    assert 'id="finish"' not in client.get(f"/v/{handover_token(taken)}/").content.decode()
    with act_as(holder_of(taken)) as actor, pytest.raises(RuleBroken):
        finish(by=actor, handover=taken, outcomes=LOAN, words="Laina myönnettiin.")
    assert Outcome.objects.count() == 1


def test_nobody_else_says_it_and_not_before_it_is_taken(hand: Callable[..., Handover], cast: Cast) -> None:
    handover = hand(outside=Outside("Käsityöseura ry", "seura@outside.example"))
    for member in (cast.adviser, cast.partner, cast.outsider):
        with act_as(member.actor) as actor, pytest.raises(NotAllowed):
            finish(by=actor, handover=handover, outcomes=LOAN, words="Laina myönnettiin.")
    with act_as(holder_of(handover)) as actor, pytest.raises(RuleBroken, match=r"Say first|Kerro ensin"):
        finish(by=actor, handover=handover, outcomes=LOAN, words="Laina myönnettiin.")


def test_link_is_sent_again_until_the_part_is_ready(taken: Handover, cast: Cast, client: Client) -> None:
    client.submit(client.get(f"/v/{handover_token(taken)}/"), {}, form="contacted")
    Handover.objects.filter(pk=taken.pk).update(link_expires_at=timezone.now() - timedelta(days=1))
    assert client.get(f"/v/{handover_token(taken)}/").status_code == 404
    with act_as(cast.adviser.actor) as actor:
        anew = send_link_again(by=actor, handover=taken, email="seura@outside.example")
    with act_as(holder_of(anew)) as actor:
        finish(by=actor, handover=anew, outcomes=LOAN, words="Laina myönnettiin.")
    with act_as(cast.adviser.actor) as actor, pytest.raises(RuleBroken):
        send_link_again(by=actor, handover=taken, email="seura@outside.example")


def test_words_of_the_end_go_with_the_cases_words(taken: Handover, case: Case, mine: Leg) -> None:
    with act_as(holder_of(taken)) as actor:
        finish(by=actor, handover=taken, outcomes=LOAN, words="Laina myönnettiin.")
    with act_as_house("the time is over"):
        forget_cases(by=HOUSE, keys=[case.pk], why="time")
    taken.refresh_from_db()
    assert taken.finished_words == ""
    assert Leg.objects.get(pk=mine.pk).state == CaseState.SETTLED


def test_stranger_of_the_case_reads_nothing_of_it(taken: Handover, cast: Cast) -> None:
    with act_as(cast.outsider.actor) as actor, pytest.raises(NotFound):
        get_handover(actor, taken.pk)
