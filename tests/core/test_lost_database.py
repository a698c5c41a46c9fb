"""The database goes away under a request: no word is lost, nothing is half done, and the page needs no database."""

import html
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from luukku.core.middleware import ActorMiddleware
from luukku.core.models import RateCount
from tests.cast import Cast, Member
from tests.harness.client import Client
from tests.harness.processes import Live, web_server
from tests.network.fixtures import SqlCount

WORDS = 'Haluan myydä yritykseni: "Kahvila & Co" <heti>'


def posted(live: Live, path: str, fields: dict[str, str]) -> tuple[int, Any, str]:
    request = urllib.request.Request(live.url + path, data=urllib.parse.urlencode(fields).encode(), method="POST")
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, answer.headers, answer.read().decode()


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_form_that_met_a_dying_connection_comes_back_and_is_sent_by_one_button(tmp_path: Path) -> None:
    with web_server(tmp_path / "log", LUUKKU_TEST_URLS="tests.sample.urls") as live:
        status, headers, page = posted(live, "/sample/lose/k1?from=x", {"words": WORDS, "submit_key": "1"})
        assert (status, headers["Retry-After"], headers["Cache-Control"]) == (503, "10", "no-store")
        assert f'name="words" value="{html.escape(WORDS)}"' in page.replace("&#39;", "&#x27;")
        assert 'action="/sample/lose/k1?from=x"' in page
        assert not RateCount.objects.exists(), "what was begun is undone"
        status, _, _ = posted(live, "/sample/lose/k1?from=x", {"words": WORDS, "submit_key": "1"})
    assert status == 200
    assert RateCount.objects.count() == 1


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database answers nobody."""

    def refuse(*_args: Any) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(ActorMiddleware, "actor_of", refuse)


@pytest.mark.usefixtures("away")
def test_page_says_in_three_languages_what_to_do_and_asks_the_database_nothing(
    cast: Cast, client_of: Callable[[Member], Client], sql_count: SqlCount
) -> None:
    browser = Client(raise_request_exception=False)
    with sql_count(0):
        page = browser.get("/koskimaa/")
        sent = browser.post("/kirjaa/", {"words": WORDS})
        api = browser.post("/api/v1/contacts", {}, content_type="application/json")
    assert [answer.status_code for answer in (page, sent, api)] == [503] * 3
    text = page.content.decode()
    assert all(words in text for words in ("Yritä hetken päästä uudelleen", "Försök igen om en stund", "Try again in a moment"))
    assert "<input" not in text
    assert "Se ei tallennu kahdesti" in sent.content.decode()
    assert (api.headers["Content-Type"], api.json()["status"]) == ("application/problem+json", 503)


@pytest.mark.usefixtures("away", "cast")
def test_what_was_typed_to_sign_in_is_not_given_back() -> None:
    answer = Client(raise_request_exception=False).post("/account/login/", {"login": "a@b.example", "password": "salainen"})
    assert answer.status_code == 503
    assert "salainen" not in answer.content.decode()


@pytest.mark.usefixtures("cast")
def test_another_fault_is_still_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_args: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(ActorMiddleware, "actor_of", crash)
    answer = Client(raise_request_exception=False).get("/koskimaa/")
    assert answer.status_code == 500
    assert "Jokin meni vikaan" in answer.content.decode()
