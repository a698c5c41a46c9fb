"""The mail with an outside organisation's link does not get there: the passer is told and mends it, and answers for the customer meanwhile."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail as outbox

from luukku.core.actor import act_as, act_as_house
from luukku.core.errors import NotFound, RuleBroken
from luukku.core.models import MailState, OutgoingMail
from luukku.desk.access.links import handover_token
from luukku.desk.actions.handover.outside import send_link_again
from luukku.desk.actions.handover.passing import take_back
from luukku.desk.actions.handover.sending import Outside
from luukku.desk.actions.mail_bounces import mark_unreached
from luukku.desk.models import Case, Handover, Leg
from tests.cast import Cast, Member
from tests.desk.handover.test_walk import turns_told
from tests.harness.client import Client
from tests.harness.jobs import run_jobs

ClientOf = Callable[[Member], Client]


@pytest.fixture
def outside(hand: Callable[..., Handover]) -> Handover:
    return hand(outside=Outside("Käsityöseura ry", "seura@wrong.example"))


def lose(case: Case) -> OutgoingMail:
    """The mail left, and has come back."""
    run_jobs("luukku.core.tasks.send_mail")
    sent = OutgoingMail.objects.filter(kind="desk.handover_outside").latest("id")
    assert sent.state == MailState.SENT
    sent.state, sent.error = MailState.BOUNCED, "5.1.1"
    sent.save()
    with act_as_house("a bounce"):
        mark_unreached(sent)
    return sent


def test_passer_sees_it_on_case_and_handover_and_is_told(outside: Handover, case: Case, mine: Leg, cast: Cast, client_of: ClientOf) -> None:
    browser = client_of(cast.adviser)
    assert "ei mennyt perille" not in browser.get(f"/siirrot/{outside.pk}/").content.decode()
    lose(case)
    mine.refresh_from_db()
    assert mine.mail_failed
    assert turns_told(cast.adviser.someone.pk) == ["unreached"]
    for page in (f"/asia/{case.number}/", f"/siirrot/{outside.pk}/"):
        shown = browser.get(page).content.decode()
        assert "ei mennyt perille" in shown
        assert "osoitetta ei ole" in shown
        assert f"/siirrot/{outside.pk}/osoite" in shown
    case.refresh_from_db()
    assert case.sponsor_id == cast.adviser.someone.pk


def test_corrected_address_gets_a_new_link_and_the_old_one_opens_nothing(
    outside: Handover, case: Case, mine: Leg, cast: Cast, client: Client, client_of: ClientOf
) -> None:
    old, due = handover_token(outside), outside.due_at
    lose(case)
    outbox.outbox.clear()
    browser = client_of(cast.adviser)
    page = browser.get(f"/siirrot/{outside.pk}/osoite")
    assert browser.submit(page, {"email": "ei osoite"}).status_code == 422
    assert browser.submit(page, {"email": "seura@right.example"}).status_code == 302
    run_jobs("luukku.core.tasks.send_mail")
    outside.refresh_from_db()
    mine.refresh_from_db()
    to_them: Any = next(each for each in outbox.outbox if each.to == ["seura@right.example"])
    assert f"/v/{handover_token(outside)}/" in to_them.body
    assert client.get(f"/v/{old}/").status_code == 404
    assert client.get(f"/v/{handover_token(outside)}/").status_code == 200
    assert (mine.mail_failed, outside.due_at) == (False, due)  # the promise's clock went on
    assert "ei mennyt perille" not in browser.get(f"/siirrot/{outside.pk}/").content.decode()
    case.refresh_from_db()
    assert case.sponsor_id == cast.adviser.someone.pk


def test_late_bounce_of_the_first_mail_says_nothing_of_the_second(outside: Handover, case: Case, mine: Leg, cast: Cast) -> None:
    first = OutgoingMail.objects.get(kind="desk.handover_outside")
    with act_as(cast.adviser.actor) as actor:
        send_link_again(by=actor, handover=outside, email="seura@right.example")
    first.state = MailState.BOUNCED
    first.save()
    with act_as_house("a bounce"):
        mark_unreached(first)
    mine.refresh_from_db()
    assert not mine.mail_failed
    assert turns_told(cast.adviser.someone.pk) == []


def test_bounce_comes_to_the_door_and_replies_to_the_passer(outside: Handover, case: Case, cast: Cast) -> None:
    from luukku.desk.models import Mailbox

    Mailbox.objects.create(region=case.region, address="asia@cast.example", host="mail.example", user="asia")
    run_jobs("luukku.core.tasks.send_mail")
    letter: Any = next(each for each in outbox.outbox if each.to == ["seura@wrong.example"])
    assert letter.from_email.startswith("asia+")
    assert letter.reply_to == [cast.adviser.someone.email]


def test_only_the_passer_sends_it_again_and_only_while_it_is_open(outside: Handover, cast: Cast, hand: Callable[..., Handover]) -> None:
    with act_as(cast.partner.actor) as actor, pytest.raises(NotFound):
        send_link_again(by=actor, handover=outside, email="muu@right.example")
    with act_as(cast.adviser.actor) as actor:
        take_back(by=actor, handover=outside)
        with pytest.raises(RuleBroken):
            send_link_again(by=actor, handover=outside, email="muu@right.example")
        inside = hand()
        with pytest.raises(RuleBroken):
            send_link_again(by=actor, handover=inside, email="muu@right.example")
