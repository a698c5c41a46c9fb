"""An organisation outside asks back by its link, and reads the answer there."""

from collections.abc import Callable

import pytest
from django.core import mail as outbox

from luukku.core.actor import act_as
from luukku.core.ui.times import moment_text
from luukku.desk.access import get_case
from luukku.desk.access.links import handover_token
from luukku.desk.actions.handover.passing import answer
from luukku.desk.actions.handover.sending import Outside
from luukku.desk.actions.talking import log_call
from luukku.desk.models import Handover, HandoverTurn
from tests.cast import Cast, Member
from tests.desk.handover.test_walk import turns_told
from tests.harness.client import Client
from tests.harness.jobs import run_jobs


@pytest.fixture
def outside(hand: Callable[..., Handover]) -> Handover:
    return hand(outside=Outside("Käsityöseura ry", "seura@kasityo.example"))


def test_question_goes_to_the_passer_and_the_answer_back_by_mail_and_link(
    outside: Handover, cast: Cast, client: Client, client_of: Callable[[Member], Client]
) -> None:
    page = f"/v/{handover_token(outside)}/"
    asked = client.submit(client.get(page), {"words": "Onko hänellä toiminimi?"}, form="ask")
    assert asked.status_code == 302
    outside.refresh_from_db()
    assert outside.state == "asked"
    assert turns_told(cast.adviser.someone.pk) == ["asked"]
    assert "Onko hänellä toiminimi?" in client_of(cast.adviser).get(f"/siirrot/{outside.pk}/").content.decode()
    outbox.outbox.clear()
    with act_as(cast.adviser.actor) as by:
        answer(by=by, handover=outside, words="On, vuodesta 2019.")
    run_jobs("luukku.core.tasks.send_mail")
    mail = outbox.outbox[-1]
    assert mail.to == ["seura@kasityo.example"]
    assert "vastannut" in mail.subject
    assert "2019" not in mail.body
    assert page in mail.body
    shown = client.get(page).content.decode()
    assert "On, vuodesta 2019." in shown
    assert 'id="take"' in shown


def test_empty_question_is_refused_and_says_why(outside: Handover, client: Client) -> None:
    page = client.get(f"/v/{handover_token(outside)}/")
    refused = client.submit(page, {"words": " "}, form="ask")
    assert refused.status_code == 422
    assert not HandoverTurn.objects.exists()


def test_dead_link_asks_nothing(outside: Handover, cast: Cast, client: Client) -> None:
    page = client.get(f"/v/{handover_token(outside)}/")
    Handover.objects.filter(pk=outside.pk).update(link_digest=b"0" * 32)
    assert client.submit(page, {"words": "Hei?"}, form="ask").status_code == 404
    assert not HandoverTurn.objects.exists()


def test_customer_is_mailed_that_the_outside_organisation_contacts_them_by_the_promised_moment(outside: Handover, client: Client) -> None:
    outbox.outbox.clear()
    page = client.get(f"/v/{handover_token(outside)}/")
    client.submit(page, {"name": "Oili Ulkopuolinen", "phone": "040 555 0111"}, form="take")
    run_jobs("luukku.core.tasks.send_mail")
    body = next(str(each.body) for each in reversed(outbox.outbox) if each.to == ["kaisa@customer.example"])
    assert outside.due_at is not None
    assert f"Käsityöseura ry ottaa sinuun yhteyttä viimeistään {moment_text(outside.due_at)}." in body
    assert "Oili" not in body  # typed by whoever holds the link: it stands on the customer's page only


def test_mail_that_leaves_after_the_contact_promises_no_moment(accepted: Handover, cast: Cast) -> None:
    outbox.outbox.clear()
    with act_as(cast.partner.actor) as by:
        log_call(by=by, case=get_case(by, accepted.number), body="Sovittiin tapaaminen.")
    run_jobs("luukku.core.tasks.send_mail")
    bodies = [str(each.body) for each in outbox.outbox if each.to == ["kaisa@customer.example"] and "ottaa hoitaakseen" in each.subject]
    assert bodies
    assert not any("viimeistään" in body for body in bodies)
