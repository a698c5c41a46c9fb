"""Staff need more than a password."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import override_settings
from django.utils import timezone
from pytest_django import Settings

from luukku.accounts.access import SESSION_KEY
from tests.accounts.conftest import PASSWORD
from tests.accounts.totp import code_of
from tests.cast import Cast, Member
from tests.harness.client import Client

INDEX = "/account/2fa/"


def _set_up_app(browser: Client) -> str:
    page = browser.get("/account/2fa/totp/activate/")
    assert page.status_code == 200, page.headers
    secret = str(page.context["form"].secret)
    answer = browser.post("/account/2fa/totp/activate/", {"code": code_of(secret)})
    assert answer.headers["Location"] == "/account/2fa/recovery-codes/"
    return secret


def test_staff_with_a_password_only_are_led_to_set_up_a_second_step(cast: Cast, sign_in: Callable[..., Client]) -> None:
    browser = sign_in(cast.adviser)
    assert browser.post("/kieli/setlang/", {"language": "sv"}).headers["Location"] != INDEX
    browser.post("/kieli/setlang/", {"language": "fi"})
    assert _led_away(browser)
    assert "Ota toinen vaihe käyttöön ennen kuin jatkat" in browser.get(INDEX).content.decode()
    for path in ("/account/", "/account/sessions/", "/account/password/change/"):
        assert browser.get(path).status_code == 200


def _led_away(browser: Client) -> bool:
    """Whether a page of the house is out of reach (the address of signing out elsewhere exists in every installation)."""
    with override_settings(ROOT_URLCONF="tests.accounts.urls"):
        answer = browser.get("/work/")
    return bool(answer.status_code == 302 and answer.headers["Location"] == INDEX)


def test_customers_are_never_asked(cast: Cast, sign_in: Callable[..., Client]) -> None:
    assert not _led_away(sign_in(cast.founder))


def test_nobody_is_asked_in_demo_mode(cast: Cast, sign_in: Callable[..., Client], settings: Settings) -> None:
    settings.LUUKKU_DEMO = True
    assert not _led_away(sign_in(cast.adviser))


def test_a_session_without_any_proof_is_asked(cast: Cast, client: Client) -> None:
    client.force_login(cast.adviser.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert _led_away(client)


def test_a_mail_code_alone_does_not_count(cast: Cast, client: Client) -> None:
    mail.outbox.clear()
    client.post("/account/login/code/", {"email": cast.adviser.user.email})
    found = re.search(r"^    (\S+)$", str(mail.outbox[0].body), re.MULTILINE)
    assert found
    client.post("/account/login/code/confirm/", {"code": found.group(1)})
    assert _led_away(client)


def test_after_setting_up_an_app_the_way_is_open_and_the_next_sign_in_asks_for_it(cast: Cast, sign_in: Callable[..., Client]) -> None:
    browser = sign_in(cast.adviser)
    secret = _set_up_app(browser)
    assert not _led_away(browser)
    other = sign_in(cast.adviser)
    assert other.get("/account/").status_code == 302
    assert "Toinen vaihe" in other.get("/account/2fa/authenticate/").content.decode()
    Authenticator.objects.filter(type="totp").update(last_used_at=None)
    cache.clear()  # allauth takes each code once
    other.post("/account/2fa/authenticate/", {"code": code_of(secret)})
    assert other.get("/account/").status_code == 200
    assert not _led_away(other)


def test_a_recovery_code_works_once(cast: Cast, sign_in: Callable[..., Client]) -> None:
    browser = sign_in(cast.adviser)
    _set_up_app(browser)
    page = browser.get("/account/2fa/recovery-codes/").content.decode()
    code = re.findall(r"<code>(\d+)</code>", page)[0]
    for expected in (200, 302):
        other = sign_in(cast.adviser)
        other.post("/account/2fa/authenticate/", {"code": code})
        assert other.get("/account/").status_code == expected


def test_removing_the_only_second_step_leads_back_to_set_up(cast: Cast, sign_in: Callable[..., Client]) -> None:
    browser = sign_in(cast.adviser)
    _set_up_app(browser)
    assert not _led_away(browser)
    browser.post("/account/2fa/totp/deactivate/")
    assert not Authenticator.objects.exists()
    assert _led_away(browser)


def test_with_a_second_step_changes_ask_who_she_is(cast: Cast, sign_in: Callable[..., Client]) -> None:
    browser = sign_in(cast.adviser)
    _set_up_app(browser)
    page = "/account/2fa/recovery-codes/generate/"
    assert browser.get(page).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert browser.get(page).headers["Location"].startswith("/account/reauthenticate/")
        assert "Salasana ei ole oikein" in browser.post("/account/reauthenticate/", {"password": "guess"}).content.decode()
        assert browser.get(page).status_code == 302
        assert browser.post("/account/reauthenticate/", {"password": PASSWORD, "next": page}).headers["Location"] == page
        assert browser.get(page).status_code == 200


def test_a_code_by_mail_does_not_replace_the_password_when_setting_up(cast: Cast, client: Client, with_password: Callable[[Member], object]) -> None:
    with_password(cast.adviser)
    mail.outbox.clear()
    client.post("/account/login/code/", {"email": cast.adviser.user.email})
    found = re.search(r"^    (\S+)$", str(mail.outbox[0].body), re.MULTILINE)
    assert found
    client.post("/account/login/code/confirm/", {"code": found.group(1)})
    assert client.get("/account/2fa/totp/activate/").headers["Location"].startswith("/account/reauthenticate/")


def test_secrets_are_sealed_in_the_database(cast: Cast, sign_in: Callable[..., Client]) -> None:
    secret = _set_up_app(sign_in(cast.adviser))
    with connection.cursor() as cursor:
        cursor.execute("select string_agg(data::text, ' ') from mfa_authenticator")
        assert secret not in str(cursor.fetchone()[0])


def test_a_lost_secret_key_fails_closed(cast: Cast, sign_in: Callable[..., Client], settings: Settings) -> None:
    secret = _set_up_app(sign_in(cast.adviser))
    settings.SECRET_KEY = "quite another key that is also long enough"
    other = sign_in(cast.adviser)
    assert other.post("/account/2fa/authenticate/", {"code": code_of(secret)}).status_code == 200
    assert other.get("/account/").status_code == 302


def test_proof_is_kept_in_the_session_and_costs_no_query(cast: Cast, sign_in: Callable[..., Client]) -> None:
    browser = sign_in(cast.adviser)
    _set_up_app(browser)
    assert not _led_away(browser)
    assert browser.session[SESSION_KEY] == "kept"


@pytest.mark.parametrize("path", ["", "totp/activate/", "webauthn/add/"])
def test_strangers_are_sent_to_sign_in(db: None, client: Client, path: str) -> None:
    assert "/account/login/" in client.get(f"/account/2fa/{path}").headers["Location"]
