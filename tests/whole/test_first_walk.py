"""The first whole walk: from a need in her own words to one tap on a face, in a real browser, with a real worker and mail server."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from luukku.desk.enums import CaseState, Face
from luukku.desk.models import Case, Feedback, Leg, Outcome, Proposal
from tests.accounts.totp import code_of
from tests.harness.browser import watch
from tests.harness.processes import wait_until
from tests.whole.conftest import GIVEN, PASSWORD, House

pytestmark = pytest.mark.django_db(transaction=True)
SLOW = 20_000


@dataclass(frozen=True)
class Words:
    """What is said, and what the screen says, in one language."""

    language: str
    need: str
    received: str
    thanks: str
    find: str
    send: str
    take: str
    accept: str
    to_customer: str
    reply: str
    settle: str
    settled: str  # in the subject of the last mail


FINNISH = Words(
    "fi", "Mistä saan rahoitusta kahvilan laitteisiin?", "Saimme asiasi", "Kiitos, että kerroit", "Etsi apua", "Lähetä asia", "Ota hoitoon", "Hyväksy",
    "Lähetä asiakkaalle", "Lähetä viesti", "Ratkaise", "ratkaistu",
)  # fmt: skip
SWEDISH = Words(
    "sv", "Jag behöver ett litet lån för att köpa en ugn till mitt kafé", "Vi fick ditt ärende", "Tack för att du berättade", "Sök hjälp",
    "Skicka ärendet", "Ta hand om", "Godkänn", "Skicka till kunden", "Skicka meddelandet", "Avgör", "avgjort",
)  # fmt: skip
ENGLISH = Words(
    "en", "I need a small loan to buy an oven for my café", "We got your matter", "Thank you for telling", "Find help", "Send the matter", "Take up",
    "Accept", "Send to the customer", "Send the message", "Settle", "settled",
)  # fmt: skip


@dataclass
class Walk:
    """Two people with a browser each: the customer and the adviser."""

    house: House
    words: Words
    customer: Page
    adviser: Page
    touch: bool = False

    def button(self, page: Page, name: str) -> Locator:
        return page.get_by_role("button", name=name).first

    def press(self, page: Page, name: str) -> None:
        """By a finger where the screen is touched, else by a mouse."""
        found = self.button(page, name)
        found.tap() if self.touch else found.click()

    def visit(self, page: Page, path: str) -> None:
        page.goto(path if path.startswith("http") else self.house.live.url + path)

    def mail(self, kind: str) -> str:
        """The text of the newest mail to the customer of this kind, when it has come."""
        number = len(self.seen)
        wait_until(lambda: len(self.letters) > number, 60, why=lambda: f"no {kind} among {[m['subject'] for m in self.house.mail.messages]}")
        self.seen.append(kind)
        letter = self.letters[number]
        body = letter.get_body(("plain",))
        assert body is not None
        return f"{letter['subject']}\n{body.get_content()}"

    seen: list[str] = field(default_factory=list)

    @property
    def letters(self) -> list:  # type: ignore[type-arg]
        return [m for m, to in zip(self.house.mail.messages, self.house.mail.receivers, strict=False) if to == ["kaisa@customer.example"]]


@contextmanager
def walking(browser: Browser, house: House, words: Words, width: int, *, script: bool, touch: bool) -> Iterator[Walk]:
    house.cast.adviser.user.language = words.language
    house.cast.adviser.user.save()
    wrong: list[str] = []
    contexts = [
        browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script, has_touch=touch, is_mobile=touch, locale="fi")
        for _ in range(2)
    ]
    pages = [context.new_page() for context in contexts]
    for page in pages:
        page.set_default_timeout(SLOW)
        watch(page, wrong)
    yield Walk(house, words, pages[0], pages[1], touch)
    for context in contexts:
        context.close()
    assert not wrong


def send_the_need(walk: Walk) -> str:
    """She writes on the region's page, reads what fits, and sends it; the number of her matter."""
    page, words = walk.customer, walk.words
    walk.visit(page, "/koskimaa/")
    if words.language != "fi":
        page.locator(f"button[name=language][value={words.language}]").click()
    expect(page.locator("html")).to_have_attribute("lang", words.language)
    page.locator("#need").fill(words.need)
    walk.press(page, words.find)
    expect(page.locator("#found .lu-hits li").first).to_be_visible(timeout=SLOW)
    expect(page.locator("#found")).to_contain_text("Aino Adviser")
    page.locator("#id_words").fill(words.need)
    page.locator("#id_name").fill("Kaisa Kahvila")
    page.locator("#id_municipality").select_option(walk.house.cast.here.municipality.code)
    page.locator("#id_email").fill("kaisa@customer.example")
    walk.press(page, words.send)
    expect(page.locator("h1")).to_have_text(words.received, timeout=SLOW)
    case = Case.objects.get()
    expect(page.locator("main")).to_contain_text(case.number)
    return case.number


def open_the_mailed_link(walk: Walk, number: str) -> None:
    letter = walk.mail("receipt")
    assert number in letter
    assert walk.words.need not in letter
    link = re.search(r"http://127\.0\.0\.1:\d+/s/\S+", letter)
    assert link is not None, letter
    walk.visit(walk.customer, link.group())
    expect(walk.customer.locator("main")).to_contain_text(number)
    expect(walk.customer.locator("html")).to_have_attribute("lang", walk.words.language)


def sign_in(walk: Walk) -> None:
    page = walk.adviser
    walk.visit(page, "/account/login/")
    page.locator("[name=login]").fill(walk.house.cast.adviser.user.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form:has([name=password]) button").click()
    page.locator("[name=code]").fill(code_of(walk.house.secret))
    page.locator("form:has([name=code]) button").click()
    page.wait_for_url("**/jono/**")
    expect(page.locator("html")).to_have_attribute("lang", walk.words.language)


def take_up_and_write(walk: Walk, number: str) -> None:
    """She takes it from the desk's queue, accepts the service that the words were matched with, and writes."""
    page, words = walk.adviser, walk.words
    wait_until(Proposal.objects.exists, 60, why=lambda: "the worker proposed nothing")
    walk.visit(page, "/jono/?scope=desk")
    expect(page.locator("[data-row]")).to_have_count(1)
    walk.press(page, words.take)
    expect(page.locator("main")).to_contain_text(number)
    assert Leg.objects.get().handler == walk.house.cast.adviser.person
    walk.visit(page, f"/asia/{number}/")
    walk.press(page, words.accept)
    wait_until(lambda: Leg.objects.get().service_id, 20)
    assert Leg.objects.select_related("service").get().service.code in GIVEN  # type: ignore[union-attr]
    page.locator("[name=body]").fill("Hei Kaisa! Paljonko laitteet maksavat?")
    walk.press(page, words.to_customer)
    expect(page.locator(".lu-talk")).to_contain_text("Paljonko laitteet maksavat?")


def read_and_reply(walk: Walk) -> None:
    page = walk.customer
    for kind in ("taken up", "message"):
        assert "Paljonko" not in walk.mail(kind)
    page.reload()
    expect(page.locator("main")).to_contain_text("Aino Adviser")
    expect(page.locator(".lu-time")).to_contain_text("Paljonko laitteet maksavat?")
    page.locator("#message [name=body]").fill("Noin 12 000 euroa.")
    walk.press(page, walk.words.reply)
    expect(page.locator(".lu-time")).to_contain_text("Noin 12 000 euroa.")


def settle(walk: Walk, number: str) -> None:
    page = walk.adviser
    walk.visit(page, f"/asia/{number}/")
    expect(page.locator(".lu-talk")).to_contain_text("Noin 12 000 euroa.")
    page.locator(".lu-next").get_by_role("link", name=walk.words.settle).click()
    page.locator("[name=outcomes][value=finance]").check()
    page.locator("[name=amount_loan]").fill("12000")
    page.locator("[name=words]").fill("Laina on myönnetty.")
    page.locator("[name=answered]").check()  # what she wrote last is answered by this
    walk.press(page, walk.words.settle)
    page.wait_for_url(f"**/asia/{number}/")
    assert Case.objects.get().state == CaseState.SETTLED
    assert list(Outcome.objects.values_list("kind", "amount")) == [("finance", 12000)]


def tap_a_face(walk: Walk, *, script: bool) -> None:
    page, letter = walk.customer, walk.mail("settled")
    assert walk.words.settled in letter
    assert "Laina" not in letter
    link = re.search(rf"http://\S+\?face={Face.HAPPY.value}", letter)
    assert link is not None, letter
    walk.visit(page, link.group())
    if not script:
        assert not Feedback.objects.exists(), "a link changes nothing"
        page.locator("#feedback button").click()
    expect(page.locator("h1")).to_have_text(walk.words.thanks)
    assert Feedback.objects.get().face == Face.HAPPY
    walk.visit(walk.adviser, f"/asia/{Case.objects.get().number}/")
    expect(walk.adviser.locator("main")).to_contain_text({"fi": "Erittäin hyvin", "sv": "Mycket bra", "en": "Very good"}[walk.words.language])


@pytest.mark.parametrize(
    ("words", "width", "script", "touch"),
    [(FINNISH, 1280, True, False), (SWEDISH, 390, False, False), (ENGLISH, 390, True, True)],
    ids=["Finnish-at-a-desk", "Swedish-on-a-phone-without-scripts", "English-on-a-phone-by-touch"],
)
def test_need_is_sent_found_answered_settled_and_praised(browser: Browser, house: House, words: Words, width: int, script: bool, touch: bool) -> None:
    with walking(browser, house, words, width, script=script, touch=touch) as walk:
        number = send_the_need(walk)
        open_the_mailed_link(walk, number)
        sign_in(walk)
        take_up_and_write(walk, number)
        read_and_reply(walk)
        settle(walk, number)
        tap_a_face(walk, script=script)
