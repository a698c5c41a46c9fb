"""Text messages, handed to a gateway that really listens."""

from collections.abc import Callable, Iterator

import pytest
from django.core import mail as outbox
from pytest_django import Settings

from luukku.core.actor import act_as
from luukku.core.doctor import text_gateway
from luukku.core.mail.sending import send_one
from luukku.core.mail.texts import can_be_texted
from luukku.core.models import MailState, OutgoingMail
from luukku.customers.models import Contact
from luukku.desk.actions.ending import OutcomeForm, settle
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.waiting import wait
from luukku.desk.models import Case, Leg, NewsCall
from luukku.desk.queries.reaching import Reach, reach_annotation, reach_by
from tests.cast import Cast
from tests.harness.client import Client
from tests.harness.gateway import Gateway
from tests.harness.gateway import text_gateway as running_gateway
from tests.harness.jobs import run_jobs

Send = Callable[..., Case]
SECRETS = ("kahvila", "Kahvila", "rahoitusta", "Kaisa", "Lähetä tilinpäätös")


@pytest.fixture
def gateway(settings: Settings) -> Iterator[Gateway]:
    with running_gateway() as found:
        settings.LUUKKU_TEXT_URL, settings.LUUKKU_TEXT_TOKEN = found.url, found.token
        yield found


def leave() -> None:
    run_jobs("luukku.core.tasks.send_mail")


def test_who_has_a_phone_and_no_address_hears_by_text_at_each_step(gateway: Gateway, send: Send, cast: Cast) -> None:
    case = send(email="", phone="040 555 0199")
    leg = Leg.objects.get(case=case)
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=leg)
        wait(by=actor, leg=Leg.objects.get(case=case), waiting_for="customer", words_to_customer="Lähetä tilinpäätös.")
    leave()
    with act_as(cast.adviser.actor) as actor:
        settle(by=actor, case=Case.objects.get(), outcomes=[OutcomeForm("advice")], words="Valmis.")
    leave()
    said = [each["text"] for each in gateway.taken]
    assert len(said) == 4
    for part, words in zip(("on tullut meille", cast.adviser.someone.name, "Tarvitsemme sinulta", "ratkaistu"), said, strict=True):
        assert part in words
    assert all(f"{case.number}" in words and "/s/" in words and len(words) < 320 for words in said)
    assert not [secret for secret in SECRETS for words in said if secret in words]
    assert {each["to"] for each in gateway.taken} == {"+358405550199"}
    assert gateway.tokens == {"Bearer salaisuus"}
    assert outbox.outbox == []
    assert not NewsCall.objects.exists()


def test_text_is_in_her_language_and_its_link_opens_her_page(gateway: Gateway, send: Send, client: Client) -> None:
    case = send(email="", phone="+46 70 123 45 67", language="sv")
    leave()
    words = gateway.taken[0]["text"]
    assert "Ditt ärende" in words
    link = next(each for each in words.split() if "/s/" in each)
    assert case.number in client.get("/s/" + link.split("/s/")[1]).content.decode()


def test_who_says_that_text_suits_her_gets_no_mail(gateway: Gateway, send: Send) -> None:
    send(way="text")
    leave()
    assert len(gateway.taken) == 1
    assert outbox.outbox == []


@pytest.mark.parametrize(
    ("contact", "reach"),
    [
        ({"phone_key": "358405550199"}, Reach.TEXT),
        ({"phone_key": "3586555100"}, Reach.CALL),  # a landline
        ({"phone_key": "358405550199", "way": "phone"}, Reach.CALL),
        ({"phone_key": "358405550199", "email": "a@b.example"}, Reach.MAIL),
        ({"phone_key": "358405550199", "email": "a@b.example", "way": "text"}, Reach.TEXT),
        ({"phone_key": "3586555100", "email": "a@b.example", "way": "text"}, Reach.MAIL),
    ],
)
def test_by_what_she_hears_is_the_same_in_python_and_in_the_database(
    gateway: Gateway, case: Case, settings: Settings, contact: dict[str, str], reach: Reach
) -> None:
    given = {"email": "", "way": ""} | contact | {"phone": contact["phone_key"]}
    Contact.objects.filter(customer=case.customer).update(**given)
    for switched_on in (True, False):
        settings.LUUKKU_TEXT_URL = gateway.url if switched_on else ""
        found = reach_by(Contact.objects.get(customer=case.customer))
        assert found == Case.objects.annotate(reached=reach_annotation()).get(pk=case.pk).reached  # type: ignore[attr-defined]
        assert (found == reach) if switched_on else (found != Reach.TEXT)


def test_gateway_that_is_away_is_tried_again_and_nothing_is_lost(gateway: Gateway, send: Send) -> None:
    gateway.status = 503
    send(email="")
    leave()
    mail = OutgoingMail.objects.get(kind="desk.receipt")
    assert (mail.state, mail.attempts, mail.error) == (MailState.QUEUED, 1, "HTTPError")
    gateway.status = 200
    send_one(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, len(gateway.taken)) == (MailState.SENT, 1)
    send_one(mail.pk)
    assert len(gateway.taken) == 1


def test_crash_after_the_gateway_took_it_sends_the_same_id_once_more(gateway: Gateway, send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    send(email="")
    mail = OutgoingMail.objects.get(kind="desk.receipt")
    with monkeypatch.context() as patch:
        patch.setattr(OutgoingMail, "save", lambda *_args, **_more: (_ for _ in ()).throw(RuntimeError("killed")))
        with pytest.raises(RuntimeError):
            send_one(mail.pk)
    send_one(mail.pk)
    send_one(mail.pk)
    assert [each["id"] for each in gateway.taken] == [mail.message_id] * 2


def test_switched_off_nothing_changes_and_nothing_offers_it(client: Client, send: Send, cast: Cast) -> None:
    send(email="")
    assert not OutgoingMail.objects.filter(kind="desk.receipt").exists()
    page = client.get(f"/{cast.here.region.code}/tarve/").content.decode()
    assert 'value="phone"' in page
    assert 'value="text"' not in page
    assert text_gateway().text == "off"


def test_form_offers_it_and_asks_for_a_mobile_number(gateway: Gateway, client: Client, cast: Cast) -> None:
    page = client.get(f"/{cast.here.region.code}/tarve/")
    assert 'value="text"' in page.content.decode()
    given = {"words": "Haluan palkata.", "name": "K", "phone": "06 555 0100", "way": "text", "municipality": cast.here.municipality.code}
    back = client.submit(page, given, form="sending")
    assert back.status_code == 422
    assert "matkapuhelinnumero" in back.content.decode()
    assert client.submit(page, given | {"phone": "050 555 0100"}, form="sending").status_code == 302


def test_doctor_sees_whether_the_gateway_answers(gateway: Gateway, settings: Settings) -> None:
    assert text_gateway().state == "well"
    settings.LUUKKU_TEXT_TOKEN = ""
    assert text_gateway().state == "note"
    settings.LUUKKU_TEXT_URL = "http://127.0.0.1:9/send"
    assert text_gateway().state == "wrong"


def test_only_numbers_that_take_messages_are_texted() -> None:
    assert [key for key in ("", "358405550199", "358505550199", "3586555100", "46701234567") if can_be_texted(key)] == [
        "358405550199",
        "358505550199",
        "46701234567",
    ]
