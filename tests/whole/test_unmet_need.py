"""A search that nothing fits is counted once it has stood still, and not for each letter on the way to it."""

import pytest
from playwright.sync_api import Browser

from luukku.catalogue.models import UnmetNeed
from tests.harness.browser import watch
from tests.harness.processes import Live, wait_until
from tests.whole.conftest import standing_cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_search_is_counted_after_a_pause_and_only_as_it_then_stands(live: Live, browser: Browser) -> None:
    standing_cast()
    page = browser.new_page(locale="fi-FI")
    wrong: list[str] = []
    watch(page, wrong)
    page.goto(f"{live.url}/koskimaa/tarve/?need=xyzzy+plugh")
    page.locator("#need").fill("xyzzy plugh frotz")
    wait_until(UnmetNeed.objects.exists, 20)
    page.wait_for_timeout(1500)
    assert list(UnmetNeed.objects.values_list("text", "count")) == [("xyzzy plugh frotz", 1)]
    assert wrong == []
