"""A report written in a cellar without network: it waits on the phone, also when the page is closed and opened again, and is saved once."""

import pytest
from playwright.sync_api import Browser, Page, expect

from luukku.core.actor import act_as
from luukku.core.models import Event
from luukku.relations.actions.visits import Plan, plan_visit
from luukku.relations.models import Visit, VisitNeed, VisitReport
from tests.cast import Cast, assemble
from tests.factories.customers import CompanyFactory
from tests.harness.cable import Cable, cable
from tests.harness.client import Client
from tests.harness.processes import Live, wait_until
from tests.relations.conftest import in_days, key

pytestmark = pytest.mark.django_db(transaction=True)


def _visit(cast: Cast) -> Visit:
    company = CompanyFactory.create(municipality=cast.here.municipality)
    with act_as(cast.adviser.actor) as actor:
        return plan_visit(by=actor, company=company, desk=cast.here.desk, plan=Plan(day=in_days(0), visitors=[key(cast.adviser)]))


def test_report_without_network_is_kept_over_a_restart_and_saved_once(browser: Browser, live: Live) -> None:
    cast = assemble()
    visit = _visit(cast)
    signed_in = Client()
    signed_in.sign_in(cast.adviser.user)
    context = browser.new_context(locale="fi")
    with cable(live.url) as line:
        context.add_cookies([{"name": name, "value": morsel.value, "url": line.url} for name, morsel in signed_in.cookies.items()])
        page = context.new_page()
        page.set_default_timeout(20_000)
        _written_over(page, line, visit)
    context.close()


def _written_over(page: Page, line: Cable, visit: Visit) -> None:
    address = f"{line.url}/kaynnit/{visit.pk}/raportti"
    page.goto(f"{line.url}/kaynnit/{visit.pk}/")  # in the office: the report's page is kept at hand
    wait_until(lambda: page.evaluate(f"caches.match('/kaynnit/{visit.pk}/raportti').then((kept) => !!kept)"))
    line.cut()
    page.context.set_offline(True)
    page.goto(address)
    page.fill("textarea[name=notes]", "Kellarissa")
    page.fill("textarea[name=x1]", "Uudet tilat")
    page.goto(address)  # closed and opened again
    expect(page.locator("textarea[name=notes]")).to_have_value("Kellarissa")
    page.click("form#report button.govuk-button")
    expect(page.locator("[data-offline]")).to_be_visible()
    page.goto(address)
    page.click("form#report button.govuk-button")
    assert not VisitReport.objects.exists()
    line.mend()
    page.context.set_offline(False)
    wait_until(VisitReport.objects.exists)
    page.wait_for_url(f"{line.url}/kaynnit/{visit.pk}/")
    assert list(VisitReport.objects.values_list("notes", "version")) == [("Kellarissa", 1)]
    assert list(VisitNeed.objects.values_list("words", "is_need")) == [("Uudet tilat", True)]
    assert Event.objects.filter(action="visit.reported").count() == 1
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('draft'))") == []
