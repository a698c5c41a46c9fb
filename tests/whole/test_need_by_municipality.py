"""The door names who serves in the municipality that is chosen in the form, at once and without touching what was written."""

import pytest
from playwright.sync_api import Browser, expect

from luukku.catalogue.actions.providing import provide
from luukku.catalogue.models import Service
from luukku.core.actor import act_as_house
from luukku.network.models import Premises
from tests.factories.network import municipality_of
from tests.harness.browser import watch
from tests.harness.processes import Live
from tests.whole.conftest import standing_cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_choosing_a_municipality_names_who_serves_there(live: Live, browser: Browser) -> None:
    cast = standing_cast()
    village = municipality_of(cast.here.region, code="903", name_fi="Kylä", area=cast.here.area)
    Premises.objects.create(organisation=cast.partners, name="Toimisto", municipality=village)
    with act_as_house("another organisation gives the service too") as house:
        service = Service.objects.get(code="microfinance")
        provide(by=house, service=service, organisation=cast.partners, region=cast.here.region, person=cast.partner.someone)
    page = browser.new_page(locale="fi-FI")
    wrong: list[str] = []
    watch(page, wrong)
    page.goto(f"{live.url}/koskimaa/tarve/?need=mikrolaina")
    hit = page.locator("#found li").filter(has_text=str(service.name_fi)).first
    expect(hit).to_contain_text(cast.here.organisation.name_fi)
    page.locator("#id_name").fill("Kaisa Kahvila")
    page.locator("#id_municipality").select_option(village.code)
    expect(hit).to_contain_text(cast.partners.name_fi)
    assert page.locator("#id_name").input_value() == "Kaisa Kahvila"
    assert page.locator("#id_words").input_value() == "mikrolaina"
    assert wrong == []
