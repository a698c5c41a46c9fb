"""The report of a person's work is drawn from what was logged, for herself and whoever leads her desk; the coordinator sees numbers, none under five."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from luukku.core.actor import Actor, act_as
from luukku.core.errors import NotAllowed
from luukku.core.models import Event
from luukku.core.months import ended_months
from luukku.desk.actions.ending import OutcomeForm, settle
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.network.models import Person
from luukku.relations.actions.reporting import Written, report_visit
from luukku.relations.models import Visit
from luukku.relations.queries.work_done import people_for, periods, region_lines, report
from tests.cast import Cast, Member
from tests.harness.client import Client

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Member], Client]


def call(cast: Cast, **fields: Any) -> Any:
    need = NeedForm(
        region=cast.here.region, words="Kysyi toiminimestä", language="fi", name="Kalle", phone="040 555 1234", channel="phone", desk=cast.here.desk,
        take_it=True, **fields,
    )  # fmt: skip
    with act_as(cast.adviser.actor) as by:
        return send_need(by=by, need=need)


@pytest.fixture
def done(cast: Cast, planned: Callable[..., Visit]) -> None:
    """Two calls, one of them settled with two jobs, and a visit with a partner."""
    call(cast)
    case = call(cast)
    with act_as(cast.adviser.actor) as by:
        settle(by=by, case=case, outcomes=[OutcomeForm("jobs", count=2)], words="Kävimme asian läpi yhdessä.", told=True)
    visit = planned(along=(cast.partner,))
    with act_as(cast.adviser.actor) as by:
        report_visit(by=by, visit=visit, written=Written(day=timezone.localdate(), notes="Hyvin menee"))


def lines(by: Actor, person: Person) -> dict[str, tuple[int, str]]:
    with act_as(by) as actor, translation.override("en"):
        return {line.label: (line.count, line.detail) for section in report(actor, person, periods()[0]) for line in section.lines}


def test_everything_that_was_logged_is_in_the_report_and_nothing_is_written_for_it(cast: Cast, done: None) -> None:
    found = lines(cast.adviser.actor, cast.adviser.someone)
    assert found["Contacts logged"] == (2, "Phone 2")
    assert found["Matters settled"][0] == 1
    assert found["Visits to companies"] == (1, "together with others 1")
    assert found["Jobs created or kept"] == (1, "people 2, confirmed by the customer 0, not confirmed yet 1")


def test_lead_of_the_desk_sees_it_and_nobody_else(cast: Cast, done: None, client_of: ClientOf) -> None:
    assert lines(cast.desklead.actor, cast.adviser.someone) == lines(cast.adviser.actor, cast.adviser.someone)
    assert cast.adviser.someone in people_for(cast.desklead.actor)
    assert people_for(cast.adviser.actor) == [cast.adviser.someone]
    for stranger in (cast.partner, cast.outsider):
        assert cast.adviser.someone not in people_for(stranger.actor)
        assert client_of(stranger).get(f"/tyokertomus/?henkilo={cast.adviser.someone.pk}").status_code == 403
    for stranger in (cast.coordinator, cast.national):
        assert client_of(stranger).get("/tyokertomus/").status_code == 403
    found = lines(cast.partner.actor, cast.adviser.someone)  # though she asked past the page, of what she does not read nothing is counted
    assert set(found) == {"Visits to companies"}


def test_report_is_a_page_and_a_table(cast: Cast, done: None, client_of: ClientOf, sql_count: Callable[..., Any]) -> None:
    lead = client_of(cast.desklead)
    this = periods()[0].code
    with sql_count(at_most=30):
        page = lead.get(f"/tyokertomus/?henkilo={cast.adviser.someone.pk}&aika={this}").content.decode()
    assert cast.adviser.someone.name in page
    table = lead.get(f"/tyokertomus/?henkilo={cast.adviser.someone.pk}&aika={this}&as=csv").content.decode()
    assert ";2;" in table
    assert lead.get("/tyokertomus/?aika=2001-01").status_code == 200


def test_coordinator_sees_numbers_of_whole_months_and_none_under_five(cast: Cast) -> None:
    at = timezone.now().replace(day=1) - timedelta(days=10)
    for number in range(9):
        channel = "phone" if number < 5 else "walk-in"
        Event.objects.create(
            at=at, action="case.received", subject_kind="desk.case", subject_id=number, actor_kind="person", person_id=cast.adviser.someone.pk,
            region_id=cast.here.region.pk, facts={"channel": channel},
        )  # fmt: skip
    assert ended_months(1).first <= at.date()
    with act_as(cast.coordinator.actor) as actor, translation.override("en"):
        assert [(line.count, line.detail) for line in region_lines(actor, cast.here.region)] == [(5, "Phone")]
    with act_as(cast.outsider.actor) as actor, pytest.raises(NotAllowed):
        region_lines(actor, cast.here.region)
