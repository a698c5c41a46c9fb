"""Without a mouse: the need is sent, and the queue is worked, by keys alone."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from luukku.core.actor import PUBLIC, act_as
from luukku.desk.access.links import token_of
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.enums import CaseState
from luukku.desk.models import Case, Leg, StatusLink
from tests.cast import Cast, Member, assemble
from tests.harness.client import Client
from tests.harness.processes import Live

pytestmark = pytest.mark.django_db(transaction=True)
FOCUSED = "document.activeElement"
Arrive = Callable[[str, Member | None], Page]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return assemble()


@pytest.fixture
def arrive(browser: Browser, live: Live) -> Iterator[Arrive]:
    """`arrive("/jono/", cast.adviser)`: the page in a browser of hers, or of nobody's."""
    contexts: list[BrowserContext] = []

    def open_page(path: str, member: Member | None) -> Page:
        contexts.append(browser.new_context(locale="fi"))
        if member is not None:
            signed_in = Client()
            signed_in.sign_in(member.user)
            contexts[-1].add_cookies([{"name": name, "value": morsel.value, "url": live.url} for name, morsel in signed_in.cookies.items()])
        page = contexts[-1].new_page()
        page.set_default_timeout(20_000)
        page.goto(live.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def tab_to(page: Page, selector: str, most: int = 60) -> None:
    """Press Tab until it is reached, as who has no mouse must; every stop on the way is seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        assert page.evaluate(
            f"(() => {{ const e = {FOCUSED}; const s = getComputedStyle(e); return s.outlineStyle !== 'none' || s.boxShadow !== 'none' }})()"
        ), page.evaluate(f"{FOCUSED}.outerHTML")
        if page.evaluate(f"{FOCUSED}.matches({selector!r})"):
            return
    raise AssertionError(f"{selector} is not reached by {most} presses of Tab")


def test_need_is_sent_by_the_keyboard_alone(arrive: Arrive, cast: Cast) -> None:
    page = arrive("/koskimaa/", None)
    page.keyboard.press("Tab")
    assert page.evaluate(f"{FOCUSED}.getAttribute('href')") == "#sisalto", "the first stop leads past the header"
    page.keyboard.press("Enter")
    tab_to(page, "#need")
    page.keyboard.type("Mistä saan rahoitusta kahvilan laitteisiin?")
    tab_to(page, "button.govuk-button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/koskimaa/tarve/**")
    tab_to(page, "#id_words")
    assert page.locator("#id_words").input_value()
    tab_to(page, "#id_name")
    page.keyboard.type("Kaisa Kahvila")
    tab_to(page, "#id_municipality")
    page.keyboard.type("Koskimaan")
    tab_to(page, "#id_email")
    page.keyboard.type("kaisa@customer.example")
    tab_to(page, "#sending button.govuk-button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/vastaanotettu/")
    case = Case.objects.get()
    assert case.municipality == cast.here.municipality
    expect(page.locator("main")).to_contain_text(case.number)


def send(cast: Cast, words: str) -> None:
    here = cast.here
    need = NeedForm(region=here.region, municipality=here.municipality, words=words, language="fi", name="Kaisa Kahvila", phone="040 555 0199")
    with act_as(PUBLIC):
        send_need(by=PUBLIC, need=need)


def opened_by_link(arrive: Arrive) -> Page:
    """The customer's own page of the one matter."""
    return arrive(f"/s/{token_of(StatusLink.objects.get(revoked_at=None))}/", None)


def test_customer_writes_says_that_nobody_called_and_withdraws_by_the_keyboard_alone(arrive: Arrive, cast: Cast) -> None:
    send(cast, "Rahoitusta laitteisiin.")
    page = opened_by_link(arrive)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    tab_to(page, "#message [name=body]")
    page.keyboard.type("Tarvitsen sen ennen kesää.")
    tab_to(page, "#message button.govuk-button")
    page.keyboard.press("Enter")
    expect(page.locator(".lu-time")).to_contain_text("Tarvitsen sen ennen kesää.")
    tab_to(page, "a[href$='/peru/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/peru/")
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    expect(page.locator("#message")).to_have_count(0)
    assert Case.objects.get().state == CaseState.WITHDRAWN


def test_case_is_taken_up_answered_given_a_next_step_and_settled_by_the_keyboard_alone(arrive: Arrive, cast: Cast) -> None:
    send(cast, "Rahoitusta laitteisiin.")
    number = Case.objects.get().number
    page = arrive(f"/asia/{number}/", cast.adviser)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    tab_to(page, "button[data-take]")
    page.keyboard.press("Enter")
    expect(page.locator("button[data-take]")).to_have_count(0)
    page.goto(page.url.split("#")[0])
    tab_to(page, "a[href$='/askel']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/askel")
    tab_to(page, "[name=next_step]")
    page.keyboard.type("Soitan ja kysyn laitteista")
    tab_to(page, "main form button.govuk-button")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/asia/{number}/")
    expect(page.locator(".lu-next")).to_contain_text("Soitan ja kysyn laitteista")
    tab_to(page, "#kirjoita [name=body]", most=120)
    page.keyboard.type("Hei! Paljonko laitteet maksavat?")
    tab_to(page, "#kirjoita button.govuk-button:not([name=insert])")
    page.keyboard.press("Enter")
    expect(page.locator(".lu-talk")).to_contain_text("Paljonko laitteet maksavat?")
    page.goto(page.url.split("#")[0])
    tab_to(page, "a[href$='/ratkaise']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ratkaise")
    tab_to(page, "[name=outcomes][value=advice]", most=120)
    page.keyboard.press("Space")
    tab_to(page, "[name=words]", most=120)
    page.keyboard.type("Neuvoimme rahoituksessa.")
    tab_to(page, "main form button.govuk-button", most=120)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/asia/{number}/")
    assert Case.objects.get().state == CaseState.SETTLED


def test_queue_is_worked_by_its_keys(arrive: Arrive, cast: Cast) -> None:
    for words in ("Rahoitusta laitteisiin.", "Tilat leipomolle.", "Apua kirjanpitoon."):
        send(cast, words)
    page = arrive("/jono/?scope=desk", cast.adviser)
    row = f"{FOCUSED}.closest('[data-row]')?.querySelector('a').textContent ?? null"
    texts = page.locator("[data-row] td:nth-child(2) a").all_text_contents()
    assert len(texts) == 3
    walked = []
    for key in "jjkjj":
        page.keyboard.press(key)
        walked.append(page.evaluate(row))
    assert walked == [texts[i] for i in (0, 1, 0, 1, 2)]
    page.keyboard.press("k")
    page.keyboard.press("o")
    expect(page.locator("[data-row] button[data-take]")).to_have_count(2)
    assert Leg.objects.select_related("case").get(handler=cast.adviser.person).case.subject == texts[1]
    page.keyboard.press("/")
    assert page.evaluate(f"{FOCUSED}.matches('[data-search]')")
    page.keyboard.type("jko/")
    assert page.locator("[data-search]").input_value() == "jko/"
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/asia/KO-*/")
