"""An organisation outside asks back by its link, and reads the answer there."""

from collections.abc import Callable

import pytest
from django.core import mail as outbox

from luukku.core.actor import act_as
from luukku.desk.access.links import handover_token
from luukku.desk.actions.handover.passing import answer
from luukku.desk.actions.handover.sending import Outside
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
