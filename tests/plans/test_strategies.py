"""Lines of the parties' own strategies: who mends them, and what ends with them."""

from collections.abc import Callable
from datetime import date

import pytest

from luukku.core.actor import act_as
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.network.enums import Role
from luukku.plans.actions.strategies import LineForm, change_strategy, tell_strategy
from luukku.plans.models import MeasureLine, Plan, StrategyLine
from tests.cast import Cast, Member
from tests.factories.network import SeatFactory
from tests.harness.client import Client

ClientOf = Callable[[Member], Client]
WORDS = "Elinvoimaa kyliin"


@pytest.fixture
def line(cast: Cast, today: date) -> StrategyLine:
    with act_as(cast.coordinator.actor) as by:
        return tell_strategy(by=by, organisation=cast.here.organisation, form=LineForm(WORDS, today.year, today.year + 4))


def test_coordinator_mends_a_line_of_a_strategy(client_of: ClientOf, cast: Cast, line: StrategyLine) -> None:
    browser = client_of(cast.coordinator)
    page = browser.get("/suunnitelmat/ideat/")
    assert f"/suunnitelmat/strategiat/{line.pk}" in page.content.decode()
    form = browser.get(f"/suunnitelmat/strategiat/{line.pk}")
    wrong = browser.submit(form, {"name": "Elinvoimaa", "last_year": str(line.year - 1)})
    assert (wrong.status_code, 'value="Elinvoimaa"' in wrong.content.decode()) == (422, True)
    assert browser.submit(wrong, {"last_year": str(line.year + 2)}).status_code == 302
    line.refresh_from_db()
    assert (line.name, line.last_year) == ("Elinvoimaa", line.year + 2)


def test_line_no_longer_in_force_stays_with_those_who_serve_it_only(client_of: ClientOf, cast: Cast, followed: Plan, line: StrategyLine) -> None:
    measure = followed.measures.get()
    serves = MeasureLine.objects.create(measure=measure, plan=followed, line=line)
    browser = client_of(cast.coordinator)
    assert browser.submit(browser.get(f"/suunnitelmat/strategiat/{line.pk}"), {"is_over": "on"}).status_code == 302
    assert "Ei enää voimassa" in browser.get("/suunnitelmat/ideat/").content.decode()
    assert WORDS not in client_of(cast.adviser).get("/suunnitelmat/ideat/").content.decode()
    assert WORDS in browser.get(f"/toimenpiteet/{measure.pk}/muokkaa").content.decode()
    serves.delete()
    assert WORDS not in browser.get(f"/toimenpiteet/{measure.pk}/muokkaa").content.decode()
    assert browser.submit(browser.get(f"/suunnitelmat/strategiat/{line.pk}"), {"is_over": ""}).status_code == 302
    line.refresh_from_db()
    assert line.deactivated_at is None


def test_only_the_organisations_head_and_writers_of_its_regions_mend_it(client_of: ClientOf, cast: Cast, line: StrategyLine) -> None:
    form = LineForm("Toista", line.year, line.year)
    assert client_of(cast.adviser).get(f"/suunnitelmat/strategiat/{line.pk}").status_code == 403
    for member in (cast.adviser, cast.outsider):
        with act_as(member.actor) as by, pytest.raises(NotAllowed):
            change_strategy(by=by, line=line, form=form, is_over=True)
    SeatFactory.create(person=cast.desklead.someone, role=Role.ORGANISATION_HEAD, organisation=cast.here.organisation, region=cast.here.region)
    with act_as(cast.desklead.actor) as by:
        assert change_strategy(by=by, line=line, form=form, is_over=False).name == "Toista"
        with pytest.raises(RuleBroken):
            change_strategy(by=by, line=line, form=LineForm(" ", line.year, line.year), is_over=False)
