"""Signing in through a real OpenID Connect provider on this machine."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import override_settings
from pytest_django import Settings

from luukku.accounts.models import User
from tests.accounts import provider as providers
from tests.accounts.provider import Provider
from tests.cast import Cast, Member
from tests.harness.client import Client


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    with providers.running() as running:
        app = {
            "provider_id": "oidc", "name": "Kunnan kirjautuminen", "client_id": running.client_id, "secret": running.secret,
            "settings": {"server_url": running.url},
        }  # fmt: skip
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
        yield running


def _sign_in(browser: Client, provider: Provider, start: str = "/account/oidc/oidc/login/", **claims: Any) -> Any:
    """From our button over there and back; returns our answer to the return."""
    provider.claims = {"sub": "abc-1", "email_verified": True, **claims}
    away = browser.post(start).headers["Location"]
    assert away.startswith(f"{provider.url}/authorize?")
    back = requests.get(away, allow_redirects=False, timeout=5).headers["Location"]
    parts = urlsplit(back)
    return browser.get(f"{parts.path}?{parts.query}")


def _is_in(browser: Client) -> bool:
    return bool(browser.get("/account/").status_code == 200)


def test_the_button_is_there_only_where_a_provider_is_set(db: None, client: Client, provider: Provider, settings: Settings) -> None:
    assert "Kirjaudu: Kunnan kirjautuminen" in client.get("/account/login/").content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    assert "Kunnan kirjautuminen" not in client.get("/account/login/").content.decode()
    assert client.get("/account/oidc/oidc/login/").status_code == 404


def test_a_verified_address_of_a_user_comes_in_and_is_remembered_by_subject(cast: Cast, client: Client, provider: Provider) -> None:
    answer = _sign_in(client, provider, email=cast.adviser.user.email.upper())
    assert answer.headers["Location"] == "/account/landing/"
    assert _is_in(client)
    (account,) = SocialAccount.objects.all()
    assert (account.user, account.uid, account.extra_data) == (cast.adviser.user, "abc-1", {})
    again = Client()
    _sign_in(again, provider, email="changed@elsewhere.example", name="Aino")
    assert _is_in(again)
    account.refresh_from_db()
    assert account.extra_data == {}


def test_password_and_other_sessions_survive(cast: Cast, client: Client, provider: Provider, sign_in: Callable[..., Client]) -> None:
    before = sign_in(cast.adviser)
    _sign_in(client, provider, email=cast.adviser.user.email)
    assert User.objects.get(pk=cast.adviser.user.pk).has_usable_password()
    assert _is_in(before)


def test_nobody_new_is_made(cast: Cast, client: Client, provider: Provider) -> None:
    number = User.objects.count()
    answer = _sign_in(client, provider, email="stranger@elsewhere.example")
    assert "Sinua ei vielä tunneta täällä" in answer.content.decode()
    assert (User.objects.count(), SocialAccount.objects.count()) == (number, 0)
    assert not _is_in(client)


@pytest.mark.parametrize("verified", [False, "false", "true", None, 0])
def test_an_address_that_is_not_verified_opens_nothing(cast: Cast, client: Client, provider: Provider, verified: object) -> None:
    _sign_in(client, provider, email=cast.adviser.user.email, email_verified=verified)
    assert not _is_in(client)
    assert not SocialAccount.objects.exists()


def test_a_provider_of_ones_own_may_be_trusted_with_addresses(cast: Cast, client: Client, provider: Provider, settings: Settings) -> None:
    settings.LUUKKU_OIDC_TRUST_EMAIL = True
    _sign_in(client, provider, email=cast.adviser.user.email, email_verified=None)
    assert _is_in(client)


def test_an_inactive_user_stays_outside(cast: Cast, client: Client, provider: Provider) -> None:
    User.objects.filter(pk=cast.adviser.user.pk).update(is_active=False)
    assert _sign_in(client, provider, email=cast.adviser.user.email).headers["Location"] == "/account/inactive/"
    assert not _is_in(client)


def test_it_counts_as_a_second_factor(cast: Cast, client: Client, provider: Provider) -> None:
    _sign_in(client, provider, email=cast.adviser.user.email)
    assert not Authenticator.objects.exists()
    with override_settings(ROOT_URLCONF="tests.accounts.urls"):
        assert client.get("/work/").content == b"work"


def test_nobody_ties_an_outside_account_to_herself(cast: Cast, client_of: Callable[[Member], Client], provider: Provider) -> None:
    browser = client_of(cast.adviser)
    answer = _sign_in(browser, provider, "/account/oidc/oidc/login/?process=connect", email="other@elsewhere.example")
    assert answer.headers["Location"] == "/account/"
    assert not SocialAccount.objects.exists()


def test_an_answer_nobody_asked_for_is_refused(cast: Cast, client: Client, provider: Provider) -> None:
    provider.claims = {"sub": "abc-1", "email": cast.adviser.user.email, "email_verified": True}
    answer = client.get("/account/oidc/oidc/login/callback/?code=one-time&state=guessed")
    assert answer.status_code == 401
    assert "Kirjautuminen ei onnistunut" in answer.content.decode()
    assert not _is_in(client)


def test_a_provider_that_is_away_gives_a_plain_page(cast: Cast, client: Client, provider: Provider) -> None:
    provider.secret = "changed over there"
    answer = _sign_in(client, provider, email=cast.adviser.user.email)
    assert "Kirjautuminen ei onnistunut" in answer.content.decode()


def test_next_survives_the_way_there_and_back(cast: Cast, client: Client, provider: Provider) -> None:
    start = "/account/oidc/oidc/login/?next=/account/sessions/"
    assert _sign_in(client, provider, start, email=cast.founder.user.email).headers["Location"] == "/account/sessions/"
    other = "/account/oidc/oidc/login/?next=https://evil.example/"
    assert _sign_in(Client(), provider, other, email=cast.founder.user.email).headers["Location"] == "/account/landing/"
