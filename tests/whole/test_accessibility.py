"""Every page that each role reaches by links and forms: no rule of axe-core broken, nothing that scrolls sideways on a phone.

Each role walks in one of our languages, and a page is looked at when it has a new joint of elements. What another language can break is names and
width: a view is looked at for these in the languages of those who reach it, and in one other (in the long run by each role in every language).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from zlib import crc32

import pytest
from playwright.sync_api import Browser, Page

from tests.cast import Cast, another
from tests.harness.browser import faults, watch
from tests.harness.client import Client
from tests.harness.showing import Showing, showing
from tests.whole.crawl import Crawl, Shown
from tests.whole.full_world import furnish
from tests.whole.world import World, build, leg_of

LANGUAGES = ("fi", "sv", "en")
DESKS = {"adviser": "fi", "desklead": "sv", "partner": "en", "outsider": "sv"}
NETWORK = {"coordinator": "en", "steering": "sv", "area": "fi"}
NETWORK |= {"steering-chair": "sv", "working-chair": "fi", "working-member": "sv", "viewer": "fi", "process-owner": "en"}
NATION = {"national": "sv", "editor": "fi", "admin": "en", "head": "en", "operator": "fi"}
KEEPERS = {"shepherd": "fi", "founder": "en"}
WALKS = [pytest.param(False, id="one-language"), pytest.param(True, id="every-language", marks=pytest.mark.long)]
_examined: dict[int, set[str]] = defaultdict(set)  # joints by width; many roles come to the same page
_heard: set[tuple[str, ...]] = set()  # views by language, and by role in the long run
Examine = Callable[..., list[str]]


@pytest.fixture
def world(cast: Cast) -> World:
    return build(cast)


@pytest.fixture
def mailed(world: World) -> list[str]:
    """The world is full; links that were mailed, and those of a tablet."""
    return furnish(world)


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="fi", service_workers="block")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def shown_pages() -> Iterator[Showing]:
    with showing() as found:
        yield found


@pytest.fixture
def examine(page: Page, shown_pages: Showing) -> Iterator[Examine]:
    """`examine(shown, 1280)`: what is wrong with the page at this width, and whether it is wider than a phone; `only_words` leaves its looks out."""
    wrong: list[str] = []
    watch(page, wrong)

    def looked_at(shown: Shown, width: int, *, only_words: bool = False) -> list[str]:
        shown_pages.html = shown.html.replace("data-send-now", "")  # a face that would be sent at once
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{shown_pages.url}{shown.address}")
        found = [f"{shown.path} {width}: {rule} {where}" for rule, where in faults(page, only_words=only_words)]
        if width != 390:
            page.set_viewport_size({"width": 390, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > 390:
            found.append(f"{shown.path}: scrolls sideways on a phone")
        return found

    yield looked_at
    page.goto("about:blank")
    assert not wrong


def checked(client: Client, starts: list[str], examine: Examine, role: str, language: str, *, every: bool = False) -> list[str]:
    """What is wrong with the pages of a walk; each kind of page is looked at once, and each view once in every language."""
    client.cookies["luukku_language"] = language
    found: list[str] = []
    places: dict[str, str] = {}
    whose = (role,) if every else ()
    for shown in Crawl(client, starts).pages():
        if shown.status == 200 and not shown.is_answer:
            places.setdefault(shown.view, shown.path)
        if shown.joints - _examined[1280]:
            _examined[1280] |= shown.joints
            found += examine(shown, 1280)
        elif (shown.view, language, *whose) not in _heard:
            found += examine(shown, 390, only_words=True)
        _heard.add((shown.view, language, *whose))
    others = [each for each in LANGUAGES if each != language]
    for turn, other in enumerate(others):
        client.cookies["luukku_language"] = other
        for view, path in places.items():
            if (view, other, *whose) not in _heard and (every or crc32(view.encode()) % len(others) == turn):
                _heard.add((view, other, *whose))
                found += heard(client, path, examine, other)
    return found


def heard(client: Client, path: str, examine: Examine, language: str) -> list[str]:
    """What is wrong with the names and the width of a page in another language."""
    answer = client.get(path)
    if answer.status_code != 200:
        return []  # a form that was sent on the way has changed what there is
    html = answer.content.decode()
    spoken = [] if f'<html lang="{language}"' in html else [f"{path}: not in {language}"]
    return spoken + examine(Shown(path, "", html), 390, only_words=True)


def signed_in(world: World, role: str) -> Client:
    browser = Client()
    browser.sign_in(another(world.cast, role).user)
    return browser


@pytest.mark.parametrize("every", WALKS)
@pytest.mark.parametrize("roles", [DESKS, NETWORK, NATION, KEEPERS], ids=["at the desks", "of the network", "of the nation", "of customers"])
def test_pages_behind_a_sign_in_are_accessible(world: World, mailed: list[str], examine: Examine, roles: dict[str, str], every: bool) -> None:
    cases = [f"/asia/{case.number}/" for case in (world.open, world.new, world.ended, world.waiting)]
    starts = ["/account/landing/", "/jono/?scope=desk", *cases]
    found = {}
    for role, language in roles.items():
        own = ["/omat/", f"/omat/{world.mine.number}/"] if role == "founder" else starts
        found[role] = checked(signed_in(world, role), own, examine, role, language, every=every)
    assert found == {role: [] for role in roles}


def test_pages_of_the_public_are_accessible(world: World, examine: Examine, client: Client) -> None:
    starts = ["/", "/koskimaa/", "/koskimaa/tarve/?need=rahoitusta", "/muualla/", "/ei/ole/", "/account/login/", "/s/olematon/"]
    assert checked(client, starts, examine, "anonymous", "fi") == []


def links(world: World) -> list[str]:
    ends = ["", "vastaanotettu/", "peru/", "palaute/", "palaute/?face=4"]
    return [world.link(case) + end for case in (world.new, world.open, world.waiting, world.ended) for end in ends]


def test_pages_behind_a_link_are_accessible(world: World, mailed: list[str], examine: Examine, client: Client) -> None:
    assert checked(client, [*links(world), *mailed], examine, "anonymous", "fi") == []


def test_most_used_pages_are_accessible_on_a_phone(world: World, examine: Examine) -> None:
    public, staff = Client(), signed_in(world, "adviser")
    case = f"/asia/{world.open.number}/"
    inside = ["/jono/?scope=desk", f"/asia/{world.new.number}/", case, f"{case}{leg_of(world.open).pk}/ratkaise", "/kirjaa/", "/luvut/"]
    outside = ["/", "/koskimaa/", "/koskimaa/tarve/?need=rahoitusta", "/ihmiset/", "/palvelut/", world.link(world.open), world.link(world.ended)]
    found = []
    for browser, paths in ((staff, inside), (public, outside)):
        for path in paths:
            found += examine(Shown(path, "", browser.get(path).content.decode()), 390)
    assert found == []
