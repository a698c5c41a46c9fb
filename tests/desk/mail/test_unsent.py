"""Mails that do not get there are seen by whoever handles their matter, and all of them by who keeps the installation."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.core.errors import NotFound
from luukku.core.mail.sending import send_due
from luukku.core.models import MailState, OutgoingMail
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.unsent import send_now
from luukku.desk.models import Case, Leg
from luukku.desk.queries.unsent import unsent
from tests.cast import Cast, Member
from tests.harness.client import Client
from tests.harness.counting import sql_count
from tests.harness.jobs import run_jobs
from tests.harness.processes import Mailbox

Send = Callable[..., Case]
ClientOf = Callable[[Member], Client]


def fails(case: Case, kind: str = "desk.receipt", state: str = MailState.QUEUED, error: str = "ConnectionRefusedError") -> OutgoingMail:
    """The mail has been tried three times."""
    mail = OutgoingMail.objects.get(kind=kind, subject_id=case.pk)
    mail.state, mail.error, mail.attempts, mail.due_at = state, error, 3, timezone.now() + timedelta(minutes=8)
    mail.save()
    return mail


def test_handler_sees_those_of_her_desk_and_what_to_do(send: Send, cast: Cast, client_of: ClientOf) -> None:
    tried, lost = send(), send(words="Toinen asia on tämä.")
    elsewhere = send(words="Muualla", region=cast.there.region, municipality=cast.there.municipality)
    fails(tried)
    fails(lost, state=MailState.BOUNCED, error="5.1.1")
    fails(elsewhere)
    shown = client_of(cast.adviser).get("/lahtematta/").content.decode()
    assert tried.number in shown
    assert lost.number in shown
    assert elsewhere.number not in shown
    assert "Postipalvelimemme ei vastaa" in shown
    assert "Osoitetta ei ole" in shown
    assert "sitä yritetään uudelleen itsestään" in shown


def test_who_keeps_the_installation_sees_all_without_the_matters(send: Send, cast: Cast, client_of: ClientOf) -> None:
    here, there = send(), send(words="Muualla", region=cast.there.region, municipality=cast.there.municipality)
    fails(here)
    fails(there)
    shown = client_of(cast.admin).get("/lahtematta/").content.decode()
    assert shown.count("desk.receipt") == 2
    assert here.number not in shown


@pytest.mark.parametrize("who", ["outsider", "founder", "steering"])
def test_nobody_else_sees_or_sends_them(send: Send, cast: Cast, client_of: ClientOf, who: str) -> None:
    mail = fails(send())
    browser = client_of(getattr(cast, who))
    assert "desk.receipt" not in browser.get("/lahtematta/").content.decode()
    assert browser.post(f"/lahtematta/{mail.pk}/uudestaan").status_code in (302, 403, 404)
    mail.refresh_from_db()
    assert mail.attempts == 3
    with act_as(cast.outsider.actor) as actor, pytest.raises(NotFound):
        send_now(by=actor, mail_id=mail.pk)


def test_mail_sent_again_leaves_the_list_and_unmarks_the_matter(send: Send, cast: Cast, client_of: ClientOf) -> None:
    case = send()
    fails(case, state=MailState.FAILED)
    Leg.objects.filter(case=case).update(mail_failed=True)
    browser = client_of(cast.adviser)
    assert browser.submit(browser.get("/lahtematta/")).status_code == 302
    assert not Leg.objects.get(case=case).mail_failed
    run_jobs("luukku.core.tasks.send_mail")
    assert OutgoingMail.objects.get(kind="desk.receipt").state == MailState.SENT
    assert "Kaikki sähköpostit ovat menneet perille" in browser.get("/lahtematta/").content.decode()


def test_mail_that_a_later_one_has_replaced_is_not_listed(send: Send, cast: Cast) -> None:
    case = send()
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=Leg.objects.get(case=case))
    lost = fails(case, state=MailState.FAILED)
    OutgoingMail.objects.create(
        kind=lost.kind, subject_kind=lost.subject_kind, subject_id=lost.subject_id, facts=lost.facts, message_id="<later@x>", state=MailState.SENT,
        sent_at=timezone.now(),
    )  # fmt: skip
    with act_as(cast.adviser.actor) as actor:
        assert unsent(actor) == []


def test_list_costs_the_same_however_long_it_is(send: Send, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        unsent(actor)
        for number in range(6):
            fails(send(words=f"Asia numero {number} on tämä."))
        with sql_count(at_most=3):
            assert len(unsent(actor)) == 6


def test_mail_is_called_as_its_own_module_calls_it(send: Send, cast: Cast, client_of: ClientOf) -> None:
    """Also kinds of other modules, and one that a later version has no more."""
    mail = fails(send())
    for kind in ("surveys.reminder", "relations.lead", "desk.files_refused", "old.kind"):
        OutgoingMail.objects.create(
            kind=kind, subject_kind=mail.subject_kind, subject_id=mail.subject_id, message_id=f"<{kind}@luukku.example>",
            state=MailState.FAILED, error="ConnectionRefusedError", attempts=3,
        )  # fmt: skip
    shown = client_of(cast.admin).get("/lahtematta/").content.decode()
    assert all(words in shown for words in ("Muistutus kyselystä", "Vihje<small>", "Liitteet, joita ei voitu ottaa vastaan", "old.kind<small>"))


def test_mail_that_the_server_refuses_is_seen_by_the_handler_while_it_is_tried_again(
    send: Send, cast: Cast, client_of: ClientOf, real_mail: Mailbox
) -> None:
    """A real mail server says no once, then yes."""
    real_mail.answers = ["451 try again later"]
    case, browser = send(), client_of(cast.adviser)
    run_jobs("luukku.core.tasks.send_mail")
    refused = OutgoingMail.objects.get(kind="desk.receipt", subject_id=case.pk)
    assert (refused.state, refused.attempts, real_mail.messages) == (MailState.QUEUED, 1, [])
    shown = browser.get("/lahtematta/").content.decode()
    assert case.number in shown
    assert "sitä yritetään uudelleen itsestään" in shown
    with time_machine.travel(refused.due_at + timedelta(seconds=1), tick=False):
        send_due()
    assert [message["Message-ID"] for message in real_mail.messages] == [refused.message_id]
    assert case.number not in browser.get("/lahtematta/").content.decode()
