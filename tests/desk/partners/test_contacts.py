"""A partner's system sends contacts and asks how they stand."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from luukku.core.models import Event, OutgoingMail
from luukku.desk.actions.partners import end_key, renew_key
from luukku.desk.enums import Channel
from luukku.desk.models import Case, PartnerKey, SentContact
from tests.cast import Cast
from tests.desk.partners.conftest import Sends, secret_of
from tests.harness.client import Client


def asks(secret: str, number: str) -> Any:
    return Client(raise_request_exception=False).get(f"/api/v1/contacts/{number}", headers={"Authorization": f"Bearer {secret}"})


def test_contact_becomes_a_case_at_the_front_desk_with_its_clock_running(sends: Sends, cast: Cast) -> None:
    answer = sends(municipality=cast.here.municipality.code, company={"name": "Kahvila Oy", "business_id": "0201256-6"})
    case, said = Case.objects.get(), answer.json()
    assert answer.status_code == 201, said
    assert answer["Location"] == f"/api/v1/contacts/{case.number}"
    assert said["number"] == case.number
    assert said["promised_at"]
    assert said["status_link"] is None
    assert (case.channel, case.logged_by, case.legs.get().desk) == (Channel.PARTNER, cast.partners, cast.here.desk)
    assert (case.company_shown, case.municipality) == ("Kahvila Oy", cast.here.municipality)
    assert OutgoingMail.objects.filter(kind="desk.receipt", subject_id=case.pk).exists()
    event = Event.objects.get(action="case.received")
    assert (event.actor_kind, event.organisation_id) == ("partner", cast.partners.pk)


def test_customer_without_email_gets_her_link_from_the_partner(sends: Sends) -> None:
    link = sends(customer={"phone": "040 555 0199"}).json()["status_link"]
    page = Client().get("/s/" + link.split("/s/")[1])
    assert page.status_code == 200
    assert Case.objects.get().number in page.content.decode()


def test_same_key_and_body_give_the_same_answer_and_one_case(sends: Sends) -> None:
    first, again = sends(), sends()
    assert (again.status_code, again.content) == (201, first.content)
    assert again["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first
    assert Case.objects.count() == SentContact.objects.count() == 1


def test_same_key_with_another_body_is_refused(sends: Sends) -> None:
    sends()
    answer = sends(words="Jotain aivan muuta.")
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    assert Case.objects.count() == 1


def test_a_key_of_ones_own_says_nothing_of_another_partners(sends: Sends, cast: Cast) -> None:
    sends()
    assert sends(by=secret_of(cast, cast.here.organisation), words="Toinen asia kokonaan.").status_code == 201
    assert Case.objects.count() == 2


def test_a_refused_contact_leaves_its_key_free(sends: Sends) -> None:
    assert sends(words="x").status_code == 422
    assert sends().status_code == 201


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"region": "atlantis"}, "region"),
        ({"region": "saarela"}, "region"),  # the partner takes no part in it
        ({"words": "hm"}, "words"),
        ({"words": "Koodini on 131052-308T ja tarvitsen apua."}, "words"),
        ({"words": "a\x00b sanoja"}, "words"),
        ({"words": "\ud800 sanoja"}, "words"),
        ({"language": "de"}, "language"),
        ({"customer": {}}, "customer.email"),
        ({"customer": {"email": "kaisa"}}, "customer.email"),
        ({"customer": {"phone": "soita"}}, "customer.phone"),
        ({"customer": {"email": 5}}, "customer.email"),
        ({"customer_agreed": False}, "customer_agreed"),
        ({"municipality": "999"}, "municipality"),
        ({"company": {"business_id": "1234567-8"}}, "company.business_id"),
        ({"service": "no-such"}, "service"),
        ({"needed_by": "soon"}, "needed_by"),
        ({"needed_by": "2020-01-01"}, "needed_by"),
        ({"surname": "Kahvila"}, "surname"),
    ],
)
def test_what_is_wrong_is_told_by_field(sends: Sends, fields: dict[str, Any], field: str) -> None:
    answer = sends(**fields)
    said = answer.json()
    assert (answer.status_code, answer["Content-Type"], said["status"]) == (422, "application/problem+json", 422), said
    assert [each["field"] for each in said["errors"]] == [field]
    assert all(each["message"] for each in said["errors"])
    assert Case.objects.count() == 0


def test_errors_are_in_the_language_that_is_asked_for(sends: Sends) -> None:
    said = {language: sends(customer={}, speaks=language).json()["errors"][0]["message"] for language in ("fi", "sv", "en")}
    assert len(set(said.values())) == 3


@pytest.mark.parametrize("raw", [b"", b"{", b"[1]", b'"x"', b"\xff\xfe", b"nul", b"[" * 100_000])
def test_what_is_no_contact_is_refused(sends: Sends, raw: bytes) -> None:
    assert sends(raw=raw).status_code in (400, 422)


def test_idempotency_key_is_needed(sends: Sends) -> None:
    assert [each["field"] for each in sends(key=None).json()["errors"]] == ["Idempotency-Key"]
    assert sends(key="short").status_code == 422


def test_wrong_renewed_and_ended_keys_open_nothing(sends: Sends, secret: str, cast: Cast) -> None:
    admin = cast.admin.actor
    key = PartnerKey.objects.get()
    assert sends(by="luukku_wrong").status_code == 401
    assert sends(by="").headers["WWW-Authenticate"] == "Bearer"
    fresh = renew_key(by=admin, key=key)
    assert (sends().status_code, sends(by=fresh).status_code) == (401, 201)
    end_key(by=admin, key=key)
    assert sends(by=fresh).status_code == 401


def test_who_has_signed_in_comes_in_by_no_other_door(cast: Cast) -> None:
    browser = Client()
    browser.sign_in(cast.adviser.user)
    assert browser.get("/api/v1/contacts/KO-26-0001").status_code == 401


def test_use_is_marked_even_when_refused(sends: Sends) -> None:
    assert PartnerKey.objects.get().last_used_at is None
    sends(words="x")
    used = PartnerKey.objects.get().last_used_at
    assert used is not None
    assert timezone.now() - used < timedelta(minutes=2)


def test_too_many_at_once_are_told_when_to_go_on(sends: Sends, secret: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.LUUKKU_RATE_FACTOR = 1
    monkeypatch.setattr("luukku.desk.api.door.LIMIT", 2)
    monkeypatch.setattr("luukku.core.ratelimit.time.time", lambda: 1e9)
    assert [asks(secret, "KO-26-0001").status_code for _ in range(3)] == [404, 404, 429]
    assert sends()["Retry-After"] == "60"


def test_standing_is_told_to_the_partner_that_sent_it_and_to_nobody_else(sends: Sends, secret: str, cast: Cast) -> None:
    number = sends().json()["number"]
    said = asks(secret, number.lower()).json()
    assert (said["number"], said["state"], said["is_open"], said["organisation"]) == (number, "new", True, "Koskimaan Kehitys Oy")
    assert "Kaisa" not in json.dumps(said)
    assert asks(secret_of(cast, cast.there.organisation), number).status_code == 404
    assert asks(secret_of(cast, cast.here.organisation), number).status_code == 404  # whose desk has it, but whose system did not send it
    assert asks(secret, "KO-26-9999").status_code == 404
    assert asks(secret, number + "/").status_code == 404


def test_other_methods_are_refused_plainly(secret: str) -> None:
    answer = Client(raise_request_exception=False).delete("/api/v1/contacts", headers={"Authorization": f"Bearer {secret}"})
    assert (answer.status_code, answer.json()["status"]) == (405, 405)


def test_nothing_personal_is_logged(sends: Sends, capfd: pytest.CaptureFixture[str]) -> None:
    sends()
    sends(customer={"email": "kaisa@"}, key="contact-0002")
    said = "".join(capfd.readouterr())
    assert [word for word in ("Kaisa", "kaisa", "kahvilan", "0199", "luukku_", "contact-0002") if word in said] == []
