"""What is agreed at the end of a call, straight on the screen on which it is logged: a call back at a time, a handover with her spoken consent."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone, translation

from luukku.core.actor import act_as
from luukku.customers.enums import ConsentWay
from luukku.desk.actions.talking import log_call
from luukku.desk.models import Case, Handover, Leg, NewsCall
from luukku.desk.queries.package import CONSENT_TEXTS, CONSENT_VERSIONS
from tests.cast import Cast, Member
from tests.harness.client import Client

ClientOf = Callable[[Member], Client]
SAID = "Ruokakärry torille kesäksi, mitä lupia tarvitaan?"


@pytest.fixture
def browser(cast: Cast, client_of: ClientOf) -> Client:
    return client_of(cast.adviser)


def log(browser: Client, **typed: str) -> tuple[int, str]:
    answer = browser.submit(browser.get("/kirjaa/"), {"words": SAID, **typed})
    return answer.status_code, "" if answer.status_code == 302 else answer.content.decode()


def test_promised_call_is_a_call_to_make_at_its_hour_and_the_customers_next_step(browser: Client, cast: Cast) -> None:
    day = timezone.localdate() + timedelta(days=2)
    assert log(browser, who="new", name="Sanna", phone="0405550187", agreed="call", day=day.isoformat(), hour="14:30")[0] == 302
    leg, call = Leg.objects.get(), NewsCall.objects.get()
    moment = timezone.make_aware(datetime.combine(day, time(14, 30)))
    assert (call.news, call.call_at, leg.next_step_at, leg.next_step) == ("call_back", moment, moment, "Soitamme sinulle")
    assert leg.handler_id == cast.adviser.someone.pk
    listed = browser.get("/soitot/").content.decode()
    assert "Soita asiakkaalle, kuten luvattiin" in listed
    assert "14.30" in listed
    with act_as(cast.adviser.actor) as actor:
        log_call(by=actor, case=Case.objects.get(), body="Puhuttiin.")
    call.refresh_from_db()
    assert call.done_at is not None


def test_call_without_an_hour_gets_the_first_that_suits(browser: Client) -> None:
    assert log(browser, who="new", phone="0405550187", agreed="call")[0] == 302
    assert NewsCall.objects.get().call_at > timezone.now() - timedelta(minutes=1)


def test_call_is_not_promised_without_a_number_or_to_the_past(browser: Client) -> None:
    status, shown = log(browser, who="new", email="sanna@customer.example", agreed="call")
    assert (status, SAID in shown) == (422, True)
    gone = (timezone.localdate() - timedelta(days=1)).isoformat()
    assert log(browser, who="new", phone="0405550187", agreed="call", day=gone)[0] == 422
    assert not Case.objects.exists()


@pytest.mark.parametrize(("channel", "way"), [("phone", "phone"), ("walk-in", "in-person"), ("social", "written")])
def test_handover_keeps_the_spoken_consent_with_the_version_of_its_words(browser: Client, cast: Cast, channel: str, way: str) -> None:
    given = {"who": "new", "name": "Sanna", "phone": "0405550187", "agreed": "hand", "channel": channel}
    assert log(browser, **given)[0] == 422
    assert log(browser, **given, other_desk=str(cast.partner_desk.pk))[0] == 302
    handover = Handover.objects.get()
    assert (handover.state, handover.consent_way, handover.consent_version) == ("sent", way, CONSENT_VERSIONS[ConsentWay(way)])
    assert (handover.consent_by_id, handover.to_desk_id) == (cast.adviser.someone.pk, cast.partner_desk.pk)
    with translation.override("en"):
        assert "ticked" not in str(CONSENT_TEXTS[handover.consent_version])
    assert handover.consent_at is not None
    assert Leg.objects.get().handler_id == cast.adviser.someone.pk


def test_open_matter_is_handed_over_from_the_call_too(browser: Client, cast: Cast) -> None:
    assert log(browser, who="new", phone="0405550187", agreed="mine")[0] == 302
    case = Case.objects.get()
    given = {"who": f"case-{case.number}", "words": "Soitti uudestaan.", "agreed": "hand", "other_desk": str(cast.partner_desk.pk)}
    page = browser.get("/kirjaa/?caller=0405550187")
    assert browser.submit(page, given).status_code == 302
    assert Handover.objects.get().case_id == case.pk
    assert Case.objects.count() == 1


def test_nameless_visitor_is_not_handed_over(browser: Client, cast: Cast) -> None:
    assert log(browser, who="anonymous", channel="walk-in", agreed="hand", other_desk=str(cast.partner_desk.pk))[0] == 422
    assert not Case.objects.exists()


def test_words_of_the_consent_stand_on_the_screen(browser: Client) -> None:
    assert "Suostun siihen" in browser.get("/kirjaa/").content.decode()
