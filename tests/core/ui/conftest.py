"""A real browser that shows pages drawn in this process, with the product's policy and its built style sheet and scripts."""

import mimetypes
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

import luukku.core.ui
from tests.harness.browser import chromium, watch

STATIC = Path(luukku.core.ui.__file__).parent / "static"
HOST = "http://luukku.test"
POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
Show = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def show(browser: Browser) -> Iterator[Show]:
    """`show(html, width)`: the page in a browser; what the policy stops, or a script throws, fails the test at its end."""
    context = browser.new_context(locale="fi")
    wrong: list[str] = []

    def shown(html: str, width: int = 1280, *, script: bool = True) -> Page:
        page = (context if script else browser.new_context(java_script_enabled=False)).new_page()
        page.set_viewport_size({"width": width, "height": 900})

        def answer(route: Route) -> None:
            path = urlsplit(route.request.url).path
            if path.startswith("/static/"):
                kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
                route.fulfill(body=(STATIC / path.removeprefix("/static/")).read_bytes(), content_type=kind)
            else:
                route.fulfill(body=html, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": POLICY})

        page.route(f"{HOST}/**", answer)
        watch(page, wrong)
        page.goto(f"{HOST}/osat/")
        return page

    yield shown
    context.close()
    assert not wrong
