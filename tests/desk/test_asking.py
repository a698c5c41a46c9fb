"""How it went is asked not more often than the region's interval, of a person and not of a form; also when an advice session was held."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.db import ProgrammingError, transaction
from django.utils import timezone

from luukku.core.actor import Actor, act_as
from luukku.core.errors import RuleBroken
from luukku.core.models import MailState, OutgoingMail
from luukku.desk.actions.asking import forget_asked
from luukku.desk.actions.ending import OutcomeForm, settle
from luukku.desk.actions.follow_ups import open_follow_up
from luukku.desk.actions.marks import give_feedback
from luukku.desk.actions.talking import log_call
from luukku.desk.models import AskedKey, Case, Feedback, FollowUp, Leg
from luukku.desk.queries.asked import session_asked
from tests.cast import Cast, Member
from tests.harness.client import Client
from tests.harness.jobs import run_jobs

Send = Callable[..., Case]
FACE = "palaute/?face=4"


def ends(case: Case, by: Member) -> str:
    """The mail by which the customer hears that it is settled."""
    with act_as(by.actor) as actor:
        settle(by=actor, case=case, outcomes=[OutcomeForm("advice")], words="Valmis")
    run_jobs()
    return str(outbox.outbox[-1].body)


@pytest.mark.parametrize(
    ("other", "asked"),
    [
        ({"email": " Kaisa@Customer.EXAMPLE", "phone": ""}, False),
        ({"email": "kaisa@elsewhere.example", "phone": "+358 40 5550199"}, False),
        ({"email": "kalle@customer.example", "phone": "040 555 0111"}, True),
    ],
)
def test_person_who_has_sent_two_forms_is_asked_once(send: Send, cast: Cast, other: dict[str, Any], asked: bool) -> None:
    first = send()
    second = send(words="Toinen asia on tämä.", region=cast.there.region, municipality=cast.there.municipality, **other)
    assert first.customer_id != second.customer_id
    assert FACE in ends(first, cast.adviser)
    assert (FACE in ends(second, cast.outsider)) is asked


def test_person_is_asked_again_when_the_interval_is_over(send: Send, cast: Cast) -> None:
    first, second = send(), send(words="Toinen asia on tämä.")
    ends(first, cast.adviser)
    AskedKey.objects.update(asked_at=timezone.now() - timedelta(days=cast.here.region.feedback_gap_days, hours=1))
    assert FACE in ends(second, cast.adviser)


def test_nobody_who_settles_learns_whether_she_was_asked_elsewhere(send: Send, cast: Cast) -> None:
    ends(send(), cast.adviser)
    assert AskedKey.objects.count() == 2
    for actor in (cast.adviser.actor, cast.coordinator.actor):
        with act_as(actor), pytest.raises(ProgrammingError), transaction.atomic():
            AskedKey.objects.exists()
    assert not any("kaisa" in str(key) or "405550199" in str(key) for key in AskedKey.objects.values_list("key", flat=True))


def test_mail_that_is_sent_again_asks_as_it_did(send: Send, cast: Cast) -> None:
    ends(send(), cast.adviser)
    sent = OutgoingMail.objects.get(kind="desk.settled")
    assert sent.facts["asked"] == 1
    OutgoingMail.objects.filter(pk=sent.pk).update(state=MailState.QUEUED)
    run_jobs()
    assert FACE in str(outbox.outbox[-1].body)


def test_keys_are_forgotten_in_time(send: Send, cast: Cast) -> None:
    ends(send(), cast.adviser)
    assert forget_asked() == 0
    assert forget_asked(at=timezone.now() + timedelta(days=401)) == 2


def test_advice_session_is_asked_about_while_the_matter_goes_on(case: Case, holder: Actor, cast: Cast) -> None:
    with act_as(holder), pytest.raises(RuleBroken):
        give_feedback(by=holder, case=case, face=4)
    with act_as(cast.adviser.actor) as actor:
        log_call(by=actor, case=case, body="Puhuttiin laskelmista.", advised=True)
    run_jobs()
    assert [(mail.kind, mail.state) for mail in OutgoingMail.objects.filter(kind="desk.session_asked")] == [("desk.session_asked", "sent")]
    assert FACE in str(outbox.outbox[-1].body)
    assert "laskelm" not in str(outbox.outbox[-1].body)
    with act_as(holder):
        assert session_asked(case.pk)
        give_feedback(by=holder, case=case, face=1)
    assert Feedback.objects.get().face == 1
    open_follow_up(by=cast.adviser.actor, case_id=case.pk)
    assert FollowUp.objects.get().case_id == case.pk
    assert FACE not in ends(case, cast.adviser)  # within the interval


def test_plain_call_and_an_ended_matter_ask_about_no_session(case: Case, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        log_call(by=actor, case=case, body="Soitan huomenna uudestaan.")
        settle(by=actor, case=case, outcomes=[OutcomeForm("advice")], words="Valmis")
        log_call(by=actor, case=case, body="Vielä jälkeenpäin.", advised=True)
    assert not OutgoingMail.objects.filter(kind="desk.session_asked").exists()


def test_call_with_advice_is_logged_on_the_case_and_answered_on_the_page(
    case: Case, leg: Leg, cast: Cast, client: Client, client_of: Callable[[Member], Client]
) -> None:
    browser = client_of(cast.adviser)
    given = {"to": "call", "body": "Neuvottiin.", "advised": "on"}
    assert browser.submit(browser.get(f"/asia/{case.number}/"), given, form="kirjoita").status_code == 302
    run_jobs()
    link = next(word for word in str(outbox.outbox[-1].body).split() if FACE in word)
    page = client.get(link[link.index("/s/") :])
    assert client.submit(page, form="feedback").status_code == 302
    assert Feedback.objects.get().face == 4
