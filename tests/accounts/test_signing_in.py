"""Who comes in, who does not, and where she lands."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.utils import timezone
from pytest_django import Settings

from luukku.accounts.models import User
from luukku.core.actor import Actor
from luukku.core.registries import Landing, SignInPanel, landings, sign_in_panels
from tests.accounts.conftest import PASSWORD
from tests.cast import Cast, Member
from tests.harness.client import Client

LOGIN = "/account/login/"


@pytest.fixture
def limits(settings: Settings) -> Iterator[None]:
    """The limits as on a real network."""
    settings.ACCOUNT_RATE_LIMITS = {}
    cache.clear()
    yield
    cache.clear()


def _try(browser: Client, email: str, password: str, **more: str) -> str:
    answer = browser.post(LOGIN, {"login": email, "password": password, **more})
    return str(answer.headers.get("Location") or answer.content.decode())


def test_right_password_leads_to_the_landing(cast: Cast, client: Client, with_password: Callable[[Member], User]) -> None:
    user = with_password(cast.founder)
    assert _try(client, user.email.upper(), PASSWORD) == "/account/landing/"
    assert client.get("/account/").status_code == 200


def test_wrong_password_and_unknown_address_get_the_same_answer(cast: Cast, client: Client, with_password: Callable[[Member], User]) -> None:
    user = with_password(cast.founder)
    answers = [_try(client, user.email, "something else"), _try(client, "nobody@cast.example", "something else")]
    plain = {re.sub(r'value="[^"]*"', "", answer).replace(user.email, "X").replace("nobody@cast.example", "X") for answer in answers}
    assert len(plain) == 1
    assert "Sähköpostiosoite tai salasana ei ole oikein" in answers[0]


def test_password_guessing_is_stopped_even_with_the_right_one(
    cast: Cast, client: Client, with_password: Callable[[Member], User], limits: None
) -> None:
    user = with_password(cast.founder)
    for _ in range(5):
        _try(client, user.email, "wrong again and again")
    assert "Liian monta yritystä" in _try(Client(), user.email, PASSWORD)
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=False):
        assert _try(client, user.email, PASSWORD) == "/account/landing/"


@pytest.mark.parametrize("header", [{"HTTP_ACCEPT": "application/json"}, {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}])
def test_password_guessing_is_stopped_whatever_the_caller_asks_for(
    cast: Cast, client: Client, with_password: Callable[[Member], User], limits: None, header: dict[str, Any]
) -> None:
    user = with_password(cast.founder)
    for _ in range(6):
        assert client.post(LOGIN, {"login": user.email, "password": "wrong again and again"}, **header).status_code == 200
    refused = Client().post(LOGIN, {"login": user.email, "password": PASSWORD}, **header)
    assert "Liian monta yritystä" in refused.content.decode()


def test_the_page_itself_is_limited_by_address(client: Client, cast: Cast, limits: None) -> None:
    answers = [client.post(LOGIN, {"login": f"x{n}@cast.example", "password": "y"}) for n in range(31)]
    assert answers[-1].status_code == 429
    assert "Liian monta yritystä" in answers[-1].content.decode()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/x", "javascript:alert(1)", "/\\evil.example"])
def test_next_leads_nowhere_else(cast: Cast, client: Client, with_password: Callable[[Member], User], target: str) -> None:
    user = with_password(cast.founder)
    assert _try(client, user.email, PASSWORD, next=target) == "/account/landing/"


def test_next_leads_to_a_page_of_ours(cast: Cast, client: Client, with_password: Callable[[Member], User]) -> None:
    user = with_password(cast.founder)
    assert _try(client, user.email, PASSWORD, next="/account/sessions/") == "/account/sessions/"


def test_landing_is_the_first_place_that_knows_her(cast: Cast, client_of: Callable[[Member], Client], monkeypatch: pytest.MonkeyPatch) -> None:
    def of_staff(actor: Actor) -> str | None:
        return "/staff-home" if actor.is_staff else None

    monkeypatch.setattr(landings, "_entries", {"b": Landing(2, lambda actor: "/public-home"), "a": Landing(1, of_staff)})
    assert client_of(cast.adviser).get("/account/landing/").headers["Location"] == "/staff-home"
    assert client_of(cast.founder).get("/account/landing/").headers["Location"] == "/public-home"


def test_landing_without_a_place_is_her_account(cast: Cast, client_of: Callable[[Member], Client], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landings, "_entries", {})
    assert client_of(cast.founder).get("/account/landing/").headers["Location"] == "/account/"


def test_landing_speaks_her_language(cast: Cast, client_of: Callable[[Member], Client]) -> None:
    User.objects.filter(pk=cast.founder.user.pk).update(language="sv")
    browser = client_of(cast.founder)
    browser.get("/account/landing/")
    assert browser.cookies["luukku_language"].value == "sv"


def test_signing_out_needs_a_post(cast: Cast, client_of: Callable[[Member], Client]) -> None:
    browser = client_of(cast.founder)
    assert browser.get("/account/logout/").status_code == 200
    assert browser.get("/account/").status_code == 200
    browser.post("/account/logout/")
    assert browser.get("/account/").status_code == 302


def test_an_inactive_user_stays_outside(cast: Cast, client: Client, with_password: Callable[[Member], User]) -> None:
    user = with_password(cast.founder)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert _try(client, user.email, PASSWORD) == "/account/inactive/"
    assert client.get("/account/").status_code == 302
    assert "Tämä tunnus on suljettu" in client.get("/account/inactive/").content.decode()


@pytest.mark.parametrize("path", ["signup/", "email/", "confirm-email/", "external/signup/", "external/connections/", "2fa/webauthn/signup/"])
def test_what_we_do_not_have_is_closed(cast: Cast, client_of: Callable[[Member], Client], client: Client, path: str) -> None:
    assert client.get(f"/account/{path}").status_code == 404
    assert client_of(cast.founder).get(f"/account/{path}").status_code == 404


def _ask_code(browser: Client, email: str) -> str:
    mail.outbox.clear()
    assert browser.post("/account/login/code/", {"email": email}).headers["Location"] == "/account/login/code/confirm/"
    (message,) = mail.outbox
    found = re.search(r"^    (\S+)$", str(message.body), re.MULTILINE)
    return found.group(1) if found else ""


def test_a_code_by_mail_lets_her_in_once(cast: Cast, client: Client) -> None:
    code = _ask_code(client, cast.founder.user.email)
    answer = client.post("/account/login/code/confirm/", {"code": code})
    assert answer.headers["Location"] == "/account/landing/"
    other = Client()
    other.post("/account/login/code/confirm/", {"code": code})
    assert other.get("/account/").status_code == 302


def test_a_code_expires_after_ten_minutes(cast: Cast, client: Client) -> None:
    code = _ask_code(client, cast.founder.user.email)
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        client.post("/account/login/code/confirm/", {"code": code})
        assert client.get("/account/").status_code == 302


def test_three_wrong_codes_end_the_attempt(cast: Cast, client: Client) -> None:
    code = _ask_code(client, cast.founder.user.email)
    for _ in range(3):
        client.post("/account/login/code/confirm/", {"code": "WRONG"})
    client.post("/account/login/code/confirm/", {"code": code})
    assert client.get("/account/").status_code == 302


def test_asking_a_code_for_an_unknown_address_looks_the_same(cast: Cast, client: Client) -> None:
    assert _ask_code(client, "nobody@cast.example") == ""
    unknown = client.get("/account/login/code/confirm/").content.decode()
    known_browser = Client()
    _ask_code(known_browser, cast.founder.user.email)
    known = known_browser.get("/account/login/code/confirm/").content.decode()
    assert _bare(unknown, "nobody@cast.example") == _bare(known, cast.founder.user.email)


def _bare(page: str, email: str) -> str:
    return re.sub(r'value="[^"]*"', "", page).replace(email, "X")


def test_a_mail_server_that_is_away_gives_a_plain_page(cast: Cast, client: Client, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    for email in (cast.founder.user.email, "nobody@cast.example"):
        answer = client.post("/account/login/code/", {"email": email})
        assert answer.status_code == 503
        assert "Sähköposti ei lähtenyt" in answer.content.decode()


def _reset_link(browser: Client, email: str) -> str:
    mail.outbox.clear()
    browser.post("/account/password/reset/", {"email": email})
    found = re.search(r"http://127\.0\.0\.1:8000(/account/password/reset/key/\S+)", str(mail.outbox[0].body))
    assert found
    return found.group(1)


def test_a_new_password_by_link_works_once_and_ends_other_sessions(cast: Cast, client: Client, sign_in: Callable[..., Client]) -> None:
    elsewhere = sign_in(cast.founder)
    link = _reset_link(client, cast.founder.user.email)
    page = client.get(link, follow=True)
    new = {"password1": "uusi pitkä salasana 7", "password2": "uusi pitkä salasana 7"}
    place = str(page.request["PATH_INFO"])
    assert client.post(place, new).headers["Location"] == "/account/password/reset/key/done/"
    assert _try(client, cast.founder.user.email, new["password1"]) == "/account/landing/"
    assert elsewhere.get("/account/").status_code == 302
    assert "Linkki ei ole enää voimassa" in Client().get(link, follow=True).content.decode()


@pytest.mark.parametrize(("password", "words"), [("lyhyt", "liian lyhyt"), ("passwordpassword1", None), ("password12345", "yleinen"), ("founder@cast.example", "muistuttaa liikaa")])  # fmt: skip
def test_weak_passwords_are_refused(cast: Cast, client: Client, password: str, words: str | None) -> None:
    page = client.get(_reset_link(client, cast.founder.user.email), follow=True)
    answer = client.post(str(page.request["PATH_INFO"]), {"password1": password, "password2": password})
    if words is None:
        assert answer.status_code == 302
    else:
        assert words in answer.content.decode()


def test_another_module_shows_its_part_on_the_sign_in_page(db: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    panel = SignInPanel(1, "luukku/error.html", lambda request: {"title": "From above", "text": "Here I am"})
    monkeypatch.setattr(sign_in_panels, "_entries", {"x": panel})
    assert "Here I am" in client.get(LOGIN).content.decode()
