"""The page of all parts, the error pages and the bases."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from luukku.core.ui.web import components
from tests.cast import Cast, Member
from tests.harness.client import Client, check_page

ENGLISH_LEFT = re.compile(r">\s*(Next step|Timeline|Errors|Buttons|Send the matter|Main menu)\s*<")


def parts(language: str) -> HttpResponse:
    request: Any = RequestFactory().get("/demo/osat/")
    request.resolver_match = None
    with translation.override(language):
        return components(request)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_page_of_parts_draws_in_each_language_within_the_policy(language: str) -> None:
    response = parts(language)
    check_page(response)
    html = response.content.decode()
    assert f'<html lang="{language}"' in html
    assert html.count("<h1") == 1
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert language == "en" or not ENGLISH_LEFT.search(html)


def test_page_of_parts_loads_nothing_from_other_hosts() -> None:
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', parts("fi").content.decode())


@pytest.mark.parametrize("template", ["400.html", "500.html", "503.html"])
def test_error_pages_that_know_nothing_speak_three_languages(template: str) -> None:
    html = render_to_string(template, {"url": "/", "given": [("words", "x")], "is_post": True, "had_files": True})
    assert '<html lang="fi"' in html
    assert 'lang="sv"' in html
    assert 'lang="en"' in html


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), [("fi", "Tätä sivua ei ole täällä"), ("sv", "Den här sidan finns inte här")])
def test_a_missing_page_is_told_plainly(client: Any, language: str, words: str) -> None:
    response = client.get("/ei-ole-olemassa/ollenkaan/", headers={"Accept-Language": language})
    assert response.status_code == 404
    assert words in response.content.decode()


@pytest.mark.django_db
def test_language_switch_comes_back_to_the_same_page(client: Any) -> None:
    page = client.get("/account/login/?next=/jono/", headers={"Accept-Language": "fi"})
    answer = client.submit(page, {"language": "sv"})
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/account/login/?next=/jono/"
    assert '<html lang="sv"' in client.get("/account/login/").content.decode()


def test_who_has_signed_in_but_does_not_work_here_is_told_so_and_not_sent_round(client_of: Callable[[Member], Client], cast: Cast) -> None:
    answer = client_of(cast.founder).get("/jono/")
    assert answer.status_code == 403
    assert "/account/login" not in answer.headers.get("Location", "")
