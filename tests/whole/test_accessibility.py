"""Every page that each role reaches by links: no rule of axe-core broken, nothing that scrolls sideways on a phone."""

import mimetypes
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page, Route

from tests.cast import Cast
from tests.harness.browser import faults, watch
from tests.harness.client import Client
from tests.whole.crawl import Crawl, Shown
from tests.whole.world import World, build, leg_of

HOST = "http://luukku.test"
DESKS, NETWORK, NATION = ("adviser", "desklead", "partner", "outsider"), ("coordinator", "steering", "area"), ("national", "editor", "admin")
_examined: dict[str, set[str]] = defaultdict(set)  # joints by width and language; many roles come to the same page
Examine = Callable[[Shown, int], list[str]]


@pytest.fixture
def world(cast: Cast) -> World:
    return build(cast)


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="fi")
    yield context.new_page()
    context.close()


@pytest.fixture
def examine(page: Page) -> Iterator[Examine]:
    """`examine(shown, 1280)`: what is wrong with the page at this width, and whether it is wider than a phone."""
    wrong: list[str] = []
    watch(page, wrong)
    now = {"html": ""}

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith("/static/"):
            file = finders.find(path.removeprefix("/static/"))
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            route.fulfill(body=Path(file).read_bytes(), content_type=kind) if file else route.fulfill(status=404)
        elif route.request.resource_type == "document" and route.request.method == "GET":
            route.fulfill(body=now["html"], content_type="text/html; charset=utf-8")
        elif route.request.resource_type in ("xhr", "fetch"):
            route.fulfill(status=204)  # a fragment that a script asks for after a while
        else:
            route.abort()  # a face that would be sent at once

    def looked_at(shown: Shown, width: int) -> list[str]:
        now["html"] = shown.html.replace("data-send-now", "")
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{HOST}{shown.path.removesuffix(' (empty)')}")
        found = [f"{shown.path} {width}: {rule} {where}" for rule, where in faults(page)]
        if width != 390:
            page.set_viewport_size({"width": 390, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > 390:
            found.append(f"{shown.path}: scrolls sideways on a phone")
        return found

    page.route(f"{HOST}/**", answer)
    yield looked_at
    page.goto("about:blank")
    page.unroute_all()
    assert not [each for each in wrong if "ERR_FAILED" not in each]


def checked(crawl: Crawl, examine: Examine, *, width: int = 1280) -> list[str]:
    """What is wrong with the pages of a crawl; each kind of page is looked at once at a width."""
    found = []
    for shown in crawl.pages():
        seen = _examined[f"{width} {crawl.headers}"]
        if shown.joints - seen:
            seen |= shown.joints
            found += examine(shown, width)
    return found


def signed_in(world: World, role: str) -> Client:
    browser = Client()
    browser.sign_in(getattr(world.cast, role).user)
    return browser


@pytest.mark.parametrize("roles", [DESKS, NETWORK, NATION], ids=["at the desks", "of the network", "of the nation"])
def test_pages_of_staff_are_accessible(world: World, examine: Examine, roles: tuple[str, ...]) -> None:
    starts = [
        "/account/landing/",
        "/jono/?scope=desk",
        f"/asia/{world.new.number}/",
        f"/asia/{world.ended.number}/",
        f"/asia/{world.waiting.number}/",
    ]
    assert {role: checked(Crawl(signed_in(world, role), starts), examine) for role in roles} == {role: [] for role in roles}


def test_pages_of_the_public_are_accessible(world: World, examine: Examine, client: Client) -> None:
    starts = ["/", "/koskimaa/", "/koskimaa/tarve/?need=rahoitusta", "/muualla/", "/ei/ole/", "/account/login/", "/s/olematon/"]
    assert checked(Crawl(client, starts), examine) == []


def links(world: World) -> list[str]:
    ends = ["", "vastaanotettu/", "peru/", "palaute/", "palaute/?face=4"]
    return [world.link(case) + end for case in (world.new, world.open, world.waiting, world.ended) for end in ends]


def test_pages_behind_a_link_are_accessible(world: World, examine: Examine, client: Client) -> None:
    assert checked(Crawl(client, links(world)), examine) == []


def test_pages_of_a_customer_are_accessible(world: World, examine: Examine) -> None:
    assert checked(Crawl(signed_in(world, "founder"), ["/omat/", f"/omat/{world.mine.number}/"]), examine) == []


@pytest.mark.parametrize(("language", "width"), [("fi", 390), ("sv", 390), ("en", 1280)])
def test_most_used_pages_are_accessible_in_other_languages_and_on_a_phone(world: World, examine: Examine, language: str, width: int) -> None:
    public, staff = Client(), signed_in(world, "adviser")
    for browser in (public, staff):
        browser.cookies["luukku_language"] = language
    case = f"/asia/{world.open.number}/"
    starts = ["/jono/?scope=desk", f"/asia/{world.new.number}/", case, f"{case}{leg_of(world.open).pk}/ratkaise", "/kirjaa/", "/luvut/"]
    found = checked(Crawl(staff, starts, {"Accept-Language": language}, follow=False), examine, width=width)
    outside = ["/", "/koskimaa/", "/koskimaa/tarve/?need=rahoitusta", "/ihmiset/", "/palvelut/", world.link(world.open), world.link(world.ended)]
    found += checked(Crawl(public, outside, {"Accept-Language": language}, follow=False), examine, width=width)
    assert found == []
