"""What is done while somebody waits, by the clock: a call is logged on one screen in twenty seconds, a walk-in guided on in a minute. By keys alone."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from luukku.core.actor import PUBLIC, act_as
from luukku.core.models import OutgoingMail
from luukku.desk.actions.ending import OutcomeForm, settle
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.models import Case, Clock, Leg, WalkIn
from luukku.network.actions.houses import join_house, sit_in_house
from luukku.network.actions.presence import mark_presence
from luukku.network.models import Premises
from tests.cast import Cast, Member
from tests.harness.processes import wait_until
from tests.whole.conftest import House
from tests.whole.test_keyboard import FOCUSED, arrive

__all__ = ("arrive",)
pytestmark = pytest.mark.django_db(transaction=True)
# 52 words of five letters a minute: the mean of 168 000 people who typed (Dhakal and others, CHI 2018).
SECONDS_A_KEY = 60 / (52 * 5)
Arrive = Callable[[str, Member | None], Page]
PACES = [pytest.param(0.0, id="reckoned"), pytest.param(SECONDS_A_KEY, id="typed", marks=pytest.mark.long)]


@dataclass
class Typist:
    """Types at a pace, in seconds a key. What a pace of people adds to a quicker one is reckoned on top."""

    page: Page
    pace: float
    keys: int = 0
    began: float = field(default_factory=time.monotonic)

    def press(self, key: str) -> None:
        self.keys += key.count("+") + 1
        time.sleep(self.pace)
        self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        self.keys += len(words)
        self.page.keyboard.type(words, delay=self.pace * 1000)

    def go_to(self, selector: str, most: int = 12) -> None:
        for _ in range(most):
            if self.page.evaluate(f"{FOCUSED}.matches({selector!r})"):
                return
            self.press("Tab")
        raise AssertionError(f"{selector} is more than {most} presses of Tab away, at {self.page.evaluate(f'{FOCUSED}.outerHTML')}")

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began + self.keys * (SECONDS_A_KEY - self.pace)


def known(cast: Cast) -> Case:
    """Somebody whose earlier matter has been settled."""
    need = NeedForm(
        region=cast.here.region, municipality=cast.here.municipality, words="Haluan perustaa leipomon.", language="fi", name="Leila Leipuri",
        email="leila@customer.example", phone="040 555 0123",
    )  # fmt: skip
    with act_as(PUBLIC):
        case = send_need(by=PUBLIC, need=need)
    with act_as(cast.adviser.actor) as by:
        take_up(by=by, leg=Leg.objects.get(case=case))
        settle(by=by, case=case, outcomes=[OutcomeForm("advice")], words="Valmis")
    return case


@pytest.mark.parametrize("pace", PACES)
def test_call_of_a_known_customer_is_logged_in_twenty_seconds(house: House, arrive: Arrive, pace: float) -> None:
    before = known(house.cast)
    page = arrive("/kirjaa/", house.cast.adviser)
    screen, adviser = page.url, Typist(page, pace)
    adviser.type("Leipuri")
    found = page.locator("#found .lu-tile", has_text="Leila Leipuri")
    expect(found).to_be_visible()
    adviser.go_to("[name=who]")
    adviser.press("ArrowUp")
    expect(found.locator("input")).to_be_checked()
    adviser.go_to("#id_words")
    adviser.type("Mistä rahaa uuteen uuniin?")
    assert page.url == screen, "all of it is one screen"
    adviser.press("Control+Enter")
    page.wait_for_url("**/asia/KO-*/")
    assert adviser.seconds < 20, f"{adviser.seconds:.1f} s, {adviser.keys} keys"
    case = Case.objects.exclude(pk=before.pk).get()
    assert (case.customer_id, case.channel, case.own_words) == (before.customer_id, "phone", "Mistä rahaa uuteen uuniin?")
    assert Clock.objects.filter(leg__case=case, ended_at=None).exists()
    expect(page.locator("main")).to_contain_text(case.number)
    receipt = OutgoingMail.objects.get(kind="desk.receipt", subject_id=case.pk)
    wait_until(lambda: receipt.message_id in [letter["Message-ID"] for letter in house.mail.messages], 60)


@pytest.fixture
def premises(house: House) -> Premises:
    """A house of two organisations, with the adviser as its host and the partner's adviser in."""
    cast = house.cast
    found = Premises.objects.create(organisation=cast.here.organisation, name="Yritystalo", municipality=cast.here.municipality)
    with act_as(cast.coordinator.actor) as by:
        join_house(by=by, premises=found, organisation=cast.partners)
        sit_in_house(by=by, premises=found, organisation=cast.here.organisation, person=cast.adviser.someone, room="aula", is_host=True)
        sit_in_house(by=by, premises=found, organisation=cast.here.organisation, person=cast.desklead.someone, room="huone 1")
        sit_in_house(by=by, premises=found, organisation=cast.partners, person=cast.partner.someone, room="huone 2")
    with act_as(cast.desklead.actor) as by:
        mark_presence(by=by, state="in")
    return found


@pytest.mark.parametrize("pace", PACES)
def test_walk_in_is_guided_to_who_is_in_within_a_minute(house: House, premises: Premises, arrive: Arrive, pace: float) -> None:
    page = arrive("/talo/", house.cast.adviser)
    screen, host = page.url, Typist(page, pace)
    host.type("0405550177")
    expect(page.locator("#found")).to_contain_text("numero jää talteen")
    host.go_to("#id_name")
    host.type("Veikko Vieras")
    host.go_to("#id_words")
    host.type("Tarvitsen rahoitusta kahvilan laitteisiin")
    expect(page.locator("#hits .lu-tile", has_text="Leena Lead").first).to_be_visible()
    host.go_to("#hits [name=to]", 30)
    host.press("Space")
    host.go_to("[name=way]", 20)
    host.press("Space")
    assert page.url == screen, "all of it is one screen"
    host.press("Control+Enter")
    page.get_by_text("saata asiakas hänen luokseen: Leena Lead").wait_for()
    assert host.seconds < 60, f"{host.seconds:.1f} s, {host.keys} keys"
    walked = WalkIn.objects.select_related("case__customer__contact", "person").get()
    assert (walked.way, walked.person, walked.case.channel) == ("walk", house.cast.desklead.someone, "walk-in")
    assert walked.case.customer is not None
    assert (walked.case.customer.contact.name, walked.case.customer.contact.phone) == ("Veikko Vieras", "0405550177")
