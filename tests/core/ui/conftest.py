"""A real browser that shows pages drawn in this process, with the product's policy and its built style sheet and scripts."""

import mimetypes
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

import luukku.core.ui

ROOT = Path(__file__).resolve().parents[3]
STATIC = Path(luukku.core.ui.__file__).parent / "static"
HOST = "http://luukku.test"
POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
ARGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
Show = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = subprocess.run([ROOT / "scripts/bootstrap", "which-chromium"], capture_output=True, text=True, check=True).stdout.strip()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=ARGS)
        yield chromium
        chromium.close()


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
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.goto(f"{HOST}/osat/")
        return page

    yield shown
    context.close()
    assert not wrong
