"""Tags and filters of the parts."""

from typing import Any

import pytest
from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from luukku.core.translated import LocalText


def drawn(source: str, request: HttpRequest | None = None, **context: Any) -> str:
    with translation.override("fi"):
        return Template("{% load luukku %}" + source).render(Context({"request": request or RequestFactory().get("/"), **context}))


@pytest.mark.parametrize(
    ("number", "href"), [("06 555 0100", "tel:+35865550100"), ("+358 6 555 0100", "tel:+35865550100"), ("020-123 45", "tel:+3582012345")]
)
def test_phone_is_a_link_with_the_country_code(number: str, href: str) -> None:
    assert f'href="{href}"' in drawn("{% phone number %}", number=number)


def test_what_people_wrote_keeps_its_lines_and_nothing_else() -> None:
    html = drawn("{{ words|lines }}", words="Hei\r\n<script>\n\nToinen")
    assert html == "<p>Hei<br>&lt;script&gt;</p><p>Toinen</p>"


def test_text_of_another_language_is_marked() -> None:
    html = drawn("{{ name|text }}", name=LocalText("Rådgivning", "sv", is_fallback=True))
    assert '<span lang="sv">Rådgivning</span>' in html
    assert "(ruotsiksi)" in html


def test_a_count_beyond_the_cap_is_said_so() -> None:
    assert drawn("{{ n|count }}", n=1001).replace("\u00a0", " ") == "yli 1 000"
    assert drawn("{{ n|count }}", n=31) == "31"


def test_page_links_keep_the_filters_and_change_direction() -> None:
    request = RequestFactory().get("/jono", {"scope": "desk", "after": "7"})
    html = drawn("{% pages 40 80 %}", request)
    assert 'rel="prev" href="?scope=desk&amp;before=40"' in html
    assert 'rel="next" href="?scope=desk&amp;after=80"' in html


def test_a_single_page_has_no_page_links() -> None:
    assert drawn("{% pages previous next %}", previous=None, next=None) == ""


def test_submit_key_differs_between_forms_and_stays_with_a_form_sent() -> None:
    fresh = drawn("{% submit_key %}")
    assert fresh != drawn("{% submit_key %}")
    again = drawn("{% submit_key %}", RequestFactory().post("/", {"submit_key": "a-key"}))
    assert 'value="a-key"' in again


def test_words_in_tags_are_escaped() -> None:
    assert "<b>" not in drawn("{% tag words 'blue' %}{% clock_kept words %}{% kept 0.5 words %}", words="<b>")


def test_an_unknown_icon_fails_loudly() -> None:
    with pytest.raises(KeyError):
        drawn("{% icon 'no-such' %}")
