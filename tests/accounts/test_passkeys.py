"""Passkeys in a real browser with a real (virtual) authenticator, under the real headers. And no rule of axe is broken on the way."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import CDPSession, Page, sync_playwright

from luukku.accounts.models import User
from tests.accounts.conftest import PASSWORD
from tests.factories.network import PersonFactory
from tests.harness.processes import Live

pytestmark = pytest.mark.django_db(transaction=True)
ARGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture
def aino(live: Live) -> User:
    """Made before the browser starts: afterwards this thread may not wait for the database."""
    user = User.objects.create_user("aino@cast.example", PASSWORD)
    PersonFactory.create(user=user, name="Aino Adviser")
    return user


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        context = browser.new_context(locale="fi")
        yield context.new_page()
        browser.close()


def _authenticator(page: Page) -> CDPSession:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options | {"automaticPresenceSimulation": True}})
    return session


def _faultless(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert not found, [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]


def test_a_passkey_is_added_and_signs_in_without_a_password(live: Live, aino: User, page: Page) -> None:
    base = live.url.replace("127.0.0.1", "localhost")  # an IP address has no passkeys
    _authenticator(page)
    page.goto(f"{base}/account/login/")
    _faultless(page)
    page.get_by_label("Sähköpostiosoite").fill(aino.email)
    page.get_by_label("Salasana").fill(PASSWORD)
    page.get_by_role("button", name="Kirjaudu sisään", exact=True).click()
    page.wait_for_url(lambda url: "/login/" not in url)
    page.goto(f"{base}/account/2fa/")
    assert page.get_by_text("Ota toinen vaihe käyttöön ennen kuin jatkat").is_visible()
    _faultless(page)
    page.get_by_role("link", name="Lisää pääsyavain").click()
    _faultless(page)
    page.get_by_role("button", name="Lisää pääsyavain").click()
    page.wait_for_url("**/recovery-codes/")
    _faultless(page)
    page.goto(f"{base}/account/2fa/")
    assert page.get_by_role("heading", name="Pääsyavain 1").is_visible()
    _faultless(page)
    page.goto(f"{base}/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Kirjaudu ulos").click()
    page.goto(f"{base}/account/login/?next=/account/sessions/")
    page.get_by_role("button", name="Kirjaudu pääsyavaimella").click()
    page.wait_for_url(f"{base}/account/sessions/")
    _faultless(page)


def test_a_passkey_that_fails_says_so_and_an_address_without_passkeys_does_not_offer_them(live: Live, page: Page) -> None:
    page.goto(live.url.replace("127.0.0.1", "localhost") + "/account/login/")
    session = _authenticator(page)
    session.send("WebAuthn.disable")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('stopped')) }")
    assert not page.get_by_role("alert").is_visible()
    page.get_by_role("button", name="Kirjaudu pääsyavaimella").click()
    page.get_by_role("alert").wait_for()
    assert "Pääsyavain ei toiminut" in page.get_by_role("alert").inner_text()
    page.goto(f"{live.url}/account/login/")
    assert not page.get_by_role("button", name="Kirjaudu pääsyavaimella").is_visible()


@pytest.mark.parametrize("path", ["login/code/", "password/reset/", "inactive/", "external/error/", "password/reset/key/1-x-y/"])
def test_pages_outside_break_no_rule(live: Live, page: Page, path: str) -> None:
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{live.url}/account/{path}")
        _faultless(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
