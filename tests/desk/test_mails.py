"""What the customer and the network get by mail, as it would leave."""

import re
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as outbox
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from luukku.core.actor import Actor, act_as
from luukku.core.models import MailState, OutgoingMail
from luukku.core.secret_links import digest_of
from luukku.customers.models import Contact
from luukku.desk.access.links import first_token
from luukku.desk.actions.customer import nobody_contacted
from luukku.desk.actions.ending import OutcomeForm, not_for_us, reopen, settle
from luukku.desk.actions.handling import assign, release, take_up
from luukku.desk.actions.links import renew_link
from luukku.desk.actions.talking import write
from luukku.desk.actions.waiting import resume, wait
from luukku.desk.models import Case, Leg, StatusLink
from tests.cast import Cast
from tests.desk.conftest import WORDS
from tests.harness.jobs import run_jobs

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Helsinki"))
SECRETS = (WORDS, "kahvila", "Kahvila", "rahoitusta", "Salainen", "040 555 0199")


@pytest.fixture
def case(send: Callable[..., Case]) -> Case:
    return send(at=MONDAY)


@pytest.fixture
def adviser(cast: Cast) -> Actor:
    return cast.adviser.actor


def sent() -> EmailMultiAlternatives:
    """The last mail that left, after everything queued has been sent."""
    outbox.outbox.clear()
    run_jobs("luukku.core.tasks.send_mail")
    message = outbox.outbox[-1]
    assert isinstance(message, EmailMultiAlternatives)
    for part in (message.subject, str(message.body), str(message.alternatives[0][0])):
        assert not [secret for secret in SECRETS if secret in part]
    return message


def test_receipt_tells_number_promise_and_link(case: Case) -> None:
    message = sent()
    text = str(message.body)
    assert message.to == ["kaisa@customer.example"]
    assert case.number in message.subject
    assert "ke\u00a025.11. klo\u00a010.00".replace("\u00a0", " ") in text.replace("\u00a0", " ")
    assert reverse("desk:status", kwargs={"token": first_token(case)}) in text
    assert reverse("desk:status", kwargs={"token": first_token(case)}) in str(message.alternatives[0][0])
    assert OutgoingMail.objects.get().state == MailState.SENT


@pytest.mark.parametrize(("language", "word"), [("fi", "asiasi"), ("sv", "ärende"), ("en", "Your matter")])
def test_mail_is_in_her_language(send: Callable[..., Case], language: str, word: str) -> None:
    send(language=language)
    message = sent()
    assert word.lower() in (message.subject + str(message.body)).lower()
    assert message.extra_headers["Content-Language"] == language


def test_receipt_says_of_one_who_was_given_it_that_she_takes_it_up(case: Case, leg: Leg, cast: Cast) -> None:
    with act_as(cast.desklead.actor) as lead:
        assign(by=lead, leg=leg, person=cast.adviser.someone, at=MONDAY)
    OutgoingMail.objects.exclude(kind="desk.receipt").delete()
    text = " ".join(str(sent().body).split())
    assert "Aino Adviser ottaa sen hoitaakseen ja ottaa sinuun yhteyttä viimeistään" in text
    assert "on ottanut sen hoitaakseen" not in text


def test_taken_up_names_the_handler(case: Case, leg: Leg, adviser: Actor) -> None:
    with act_as(adviser):
        take_up(by=adviser, leg=leg, at=MONDAY)
    message = sent()
    assert "Aino Adviser" in message.subject
    assert "Aino Adviser" in str(message.body)


def test_taken_up_and_given_back_at_once_tells_nothing(case: Case, leg: Leg, adviser: Actor) -> None:
    with act_as(adviser):
        take_up(by=adviser, leg=leg)
        release(by=adviser, leg=leg)
    outbox.outbox.clear()
    run_jobs()
    assert len(outbox.outbox) == 1  # the receipt
    assert OutgoingMail.objects.get(kind="desk.taken_up").state == MailState.GONE


def test_message_is_announced_and_not_shown(case: Case, adviser: Actor) -> None:
    with act_as(adviser):
        write(by=adviser, case=case, body="Salainen neuvo.")
    assert case.number in sent().subject


@pytest.mark.parametrize("cause", ["customer", "authority"])
def test_waiting_says_that_it_waits_and_not_for_what(case: Case, leg: Leg, adviser: Actor, cause: str) -> None:
    with act_as(adviser):
        wait(by=adviser, leg=leg, waiting_for=cause, words_to_customer="Salainen liite.")
    assert case.number in sent().subject
    with act_as(adviser):
        resume(by=adviser, leg=leg)
        wait(by=adviser, leg=leg, waiting_for=cause, words_to_customer="Salainen liite.")
        resume(by=adviser, leg=leg)
    outbox.outbox.clear()
    run_jobs()
    assert not outbox.outbox


def test_settled_asks_with_four_faces_by_one_tap(case: Case, adviser: Actor) -> None:
    with act_as(adviser):
        settle(by=adviser, case=case, outcomes=[OutcomeForm("advice")], words="Salainen lopputulos.")
    text = str(sent().body)
    for face in (1, 2, 3, 4):
        assert reverse("desk:feedback", kwargs={"token": first_token(case)}) + f"?face={face}" in text


def test_not_for_us_asks_nothing(case: Case, adviser: Actor) -> None:
    with act_as(adviser):
        not_for_us(by=adviser, case=case, guidance="Salainen neuvo.")
    assert "face=" not in str(sent().body)


def test_reopened_before_the_mail_left_tells_only_that(case: Case, adviser: Actor) -> None:
    with act_as(adviser):
        settle(by=adviser, case=case, outcomes=[OutcomeForm("advice")], words="Valmis.")
        reopen(by=adviser, case=case)
    sent()
    assert OutgoingMail.objects.get(kind="desk.settled").state == MailState.GONE
    assert OutgoingMail.objects.get(kind="desk.reopened").state == MailState.SENT


def test_renewed_link_is_in_the_mail_and_opens(case: Case, holder: Actor) -> None:
    with act_as(holder):
        renew_link(by=holder, case=case)
    text = str(sent().body)
    token = re.search("/s/([^/]+)/", text)[1]  # type: ignore[index]
    assert bytes(StatusLink.objects.get(revoked_at=None).digest) == digest_of(token)


def test_lead_and_coordinator_get_the_number_the_desk_and_the_lateness(case: Case, holder: Actor, cast: Cast) -> None:
    with act_as(holder):
        nobody_contacted(by=holder, case=case, at=MONDAY.replace(day=26))
    sent()
    by_receiver = {message.to[0]: message for message in outbox.outbox}
    lead, coordinator = by_receiver[cast.desklead.someone.email], by_receiver[cast.coordinator.someone.email]
    for message in (lead, coordinator):
        assert case.number in message.subject
        assert "24" in str(message.body)
        assert "Kaisa" not in str(message.body).replace("Kaisa Coordinator", "")
    assert cast.here.desk.name_fi in str(coordinator.body)
    assert reverse("desk:case", kwargs={"number": case.number}) in str(lead.body)
    assert "http" not in str(coordinator.body)


def test_erased_address_gets_nothing(case: Case) -> None:
    Contact.objects.filter(customer=case.customer).update(email="")
    outbox.outbox.clear()
    run_jobs("luukku.core.tasks.send_mail")
    assert not outbox.outbox
    assert OutgoingMail.objects.get().state == MailState.GONE


def test_queue_and_jobs_hold_nothing_personal(case: Case) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select args::text from procrastinate_jobs union all select facts::text || message_id from core_outgoingmail")
        everything = " ".join(text for (text,) in cursor.fetchall())
    assert not [secret for secret in (*SECRETS, "kaisa", first_token(case)) if secret in everything]
