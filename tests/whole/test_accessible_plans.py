"""Pages of plans hold axe-core and a phone's width when they are full: a crawl of the fixed world meets them empty."""

from collections.abc import Callable

from luukku.core.actor import act_as
from luukku.governance.models import Meeting
from luukku.plans.actions.measures import add_measure
from luukku.plans.models import Measure, Plan
from tests.cast import Cast, Member
from tests.harness.client import Client
from tests.plans.conftest import Form, adviser_seat, draft, followed, form, group, held, measure, today
from tests.whole.crawl import Shown
from tests.whole.test_accessibility import Examine, examine, page, shown_pages

__all__ = ("adviser_seat", "draft", "examine", "followed", "form", "group", "held", "measure", "page", "shown_pages", "today")


def test_full_pages_of_plans_are_accessible(
    client: Client, client_of: Callable[[Member], Client], cast: Cast, followed: Plan, held: Meeting, form: Form, examine: Examine
) -> None:
    with act_as(cast.coordinator.actor) as by:
        add_measure(by=by, plan=followed, form=form("Luovuttajat kartoitetaan", goal="Yritykset jatkavat"))
    Plan.objects.update(is_public=True)
    browser, plan, one = client_of(cast.coordinator), f"/suunnitelmat/{followed.pk}", f"/toimenpiteet/{Measure.objects.order_by('pk')[0].pk}"
    paths = ["/suunnitelmat/", f"{plan}/", f"{plan}/perussivu", f"{plan}/toimenpide", f"{plan}/sulje", f"{plan}/sellaisena/1", f"{plan}/kustannukset"]
    paths += [f"{plan}/kustannukset/muokkaa", f"{plan}/lahtotilanne", f"{plan}/lahtotilanne/phone", f"{plan}/taulukko", "/suunnitelmat/ideat/"]
    paths += [f"{one}/", f"{one}/eteneminen", f"{one}/arvio", "/suunnitelmat/tilanne", "/suunnitelmat/vuodet"]
    found = [fault for path in paths for fault in examine(Shown(path, "", browser.get(path).content.decode()), 1280)]
    found += examine(Shown(f"{plan}/", "", client.get(f"{plan}/").content.decode()), 1280)
    assert found == []
