"""A tablet loses its network: the answers wait on it, also over a restart, and leave by themselves."""

import pytest
from playwright.sync_api import Browser, expect

from luukku.core.actor import act_as
from luukku.desk.access import kiosk_token
from luukku.desk.actions.kiosks import set_up_kiosk
from luukku.desk.models import KioskAnswer
from tests.cast import assemble
from tests.harness.browser import faults
from tests.harness.processes import Live, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


def test_answers_given_without_network_are_kept_over_a_restart_and_sent_once(browser: Browser, live: Live) -> None:
    cast = assemble()
    with act_as(cast.desklead.actor) as lead:
        kiosk = set_up_kiosk(by=lead, desk=cast.here.desk, place="Aula")
    context = browser.new_context(locale="fi")
    page = context.new_page()
    address = f"{live.url}/kioski/{kiosk_token(kiosk)}/"
    page.goto(address)
    wait_until(lambda: page.evaluate("!!navigator.serviceWorker.controller"))
    page.reload()  # everything on it has passed the worker once
    assert faults(page) == []
    context.set_offline(True)
    page.click("button[value='1']")
    expect(page.locator("[data-thanks]")).to_be_visible()
    expect(page.locator("[data-waiting]")).to_be_visible()
    page.goto(address)
    page.click("button[value='4']")
    context.set_offline(False)
    wait_until(lambda: sorted(KioskAnswer.objects.values_list("face", flat=True)) == [1, 4])
    expect(page.locator("[data-waiting]")).to_be_hidden()
    context.close()
