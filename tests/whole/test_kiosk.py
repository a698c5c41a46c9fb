"""A tablet loses its network: the answers wait on it, also over a restart, and leave by themselves."""

import pytest
from playwright.sync_api import Browser, Page, expect

from luukku.core.actor import act_as
from luukku.desk.access.links import kiosk_token
from luukku.desk.actions.kiosks import set_up_kiosk
from luukku.desk.models import KioskAnswer
from tests.cast import assemble
from tests.harness.browser import faults
from tests.harness.cable import Cable, cable
from tests.harness.processes import Live, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


def test_answers_given_without_network_are_kept_over_a_restart_and_sent_once(browser: Browser, live: Live) -> None:
    cast = assemble()
    with act_as(cast.desklead.actor) as lead:
        kiosk = set_up_kiosk(by=lead, desk=cast.here.desk, place="Aula")
    context = browser.new_context(locale="fi")
    page = context.new_page()
    with cable(live.url) as line:
        _answers_over(page, line, f"{line.url}/kioski/{kiosk_token(kiosk)}/")
    context.close()


def _answers_over(page: Page, line: Cable, address: str) -> None:
    page.goto(address)
    wait_until(lambda: page.evaluate("!!navigator.serviceWorker.controller"))
    page.reload()  # everything on it has passed the worker once
    assert faults(page) == []
    line.cut()
    page.context.set_offline(True)  # as a tablet notices; of itself it does not reach the service worker
    page.click("button[value='1']")
    expect(page.locator("[data-thanks]")).to_be_visible()
    expect(page.locator("[data-waiting]")).to_be_visible()
    page.goto(address)
    page.click("button[value='4']")
    assert not KioskAnswer.objects.exists()
    line.mend()
    page.context.set_offline(False)
    wait_until(lambda: sorted(KioskAnswer.objects.values_list("face", flat=True)) == [1, 4])
    expect(page.locator("[data-waiting]")).to_be_hidden()
