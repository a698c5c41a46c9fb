"""The parts in a real browser: accessible, never wider than the screen, short on a phone, quicker with a script and whole without."""

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from luukku.core.ui.web import components
from tests.core.ui.conftest import Show
from tests.harness.browser import faults


@pytest.fixture(scope="module")
def parts() -> dict[str, str]:
    """The page of parts in each language."""
    pages: dict[str, str] = {}
    for language in ("fi", "sv", "en"):
        request: Any = RequestFactory().get("/osat/")
        request.resolver_match = None
        with translation.override(language):
            pages[language] = components(request).content.decode()
    return pages


@pytest.mark.parametrize(("language", "width"), [("fi", 1280), ("fi", 390), ("sv", 390), ("en", 390)])
def test_page_of_parts_breaks_no_rule_of_axe(show: Show, parts: dict[str, str], language: str, width: int) -> None:
    assert faults(show(parts[language], width)) == []


@pytest.mark.parametrize("template", ["400.html", "500.html", "503.html"])
def test_error_page_breaks_no_rule_of_axe(show: Show, template: str) -> None:
    page = {"url": "/", "given": [("words", "x")], "is_post": True, "had_files": True}
    assert faults(show(render_to_string(template, page), 390)) == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
def test_nothing_scrolls_sideways(show: Show, parts: dict[str, str], width: int) -> None:
    page = show(parts["fi"], width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_filters_fold_on_a_phone_and_open_without_a_script(show: Show, parts: dict[str, str]) -> None:
    page = show(parts["fi"], 390, script=False)
    filters = page.locator("form.lu-filter")
    assert not filters.is_visible()
    page.locator("details.lu-fold summary").click()
    assert filters.is_visible()


def test_filters_stand_open_on_a_desk(show: Show, parts: dict[str, str]) -> None:
    page = show(parts["fi"], 1280)
    assert page.locator("form.lu-filter").is_visible()
    assert not page.locator("details.lu-fold").is_visible()


def test_keys_walk_through_rows_but_not_while_somebody_types(show: Show, parts: dict[str, str]) -> None:
    page = show(parts["fi"])
    focused = "document.activeElement.closest('[data-row]')?.rowIndex ?? null"
    page.keyboard.press("j")
    assert page.evaluate(focused) is not None
    first = page.evaluate(focused)
    page.keyboard.press("j")
    assert page.evaluate(focused) == first + 1
    page.keyboard.press("k")
    assert page.evaluate(focused) == first
    page.locator("#o-need").focus()
    page.keyboard.type("jk/o")
    assert page.locator("#o-need").input_value() == "jk/o"


def test_a_form_sent_twice_leaves_once(show: Show) -> None:
    html = (
        '<!DOCTYPE html><html lang="fi"><title>x</title><script defer src="/static/luukku/built/luukku.js"></script>'
        '<form method="post" action="/saved"><button>Lähetä</button></form>'
    )
    page = show(html)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.evaluate("() => { const b = document.querySelector('button'); b.click(); b.click(); b.click(); }")
    page.wait_for_url("**/saved")
    assert len(sent) == 1


def test_printed_page_leaves_out_what_paper_cannot_do(show: Show, parts: dict[str, str]) -> None:
    page = show(parts["fi"])
    page.emulate_media(media="print")
    assert not page.locator("form.lu-filter").is_visible()
    assert not page.locator(".lu-langs").is_visible()
    assert page.locator(".lu-time").is_visible()


def test_two_columns_of_a_sheet_stand_side_by_side_on_paper(show: Show, parts: dict[str, str]) -> None:
    columns = '<div class="lu-cols lu-cols--even"><div id="one"><p class="govuk-body">Tehtävä</p></div><div id="two"><p>Osapuolet</p></div></div>'
    page = show(parts["fi"].replace("<main", f'<div class="lu-paper" id="sheet">{columns}</div><main', 1))
    page.set_viewport_size({"width": 720, "height": 1040})
    page.emulate_media(media="print")
    one, two = (page.locator(f"#{name}").bounding_box() for name in ("one", "two"))
    assert one is not None
    assert two is not None
    assert (one["y"] == two["y"], one["x"] < two["x"]) == (True, True)


def test_focus_is_seen(show: Show, parts: dict[str, str]) -> None:
    page = show(parts["fi"])
    page.locator(".lu-tabs a").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert page.locator(".lu-tabs a").first.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 207, 74)"
