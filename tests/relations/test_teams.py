"""The region's rule of who goes along on joint visits: set by the coordinator, told on the visit's page, counted over the year."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.core.errors import NotAllowed
from luukku.customers.models import Company, CompanySegment
from luukku.network.models import OrganisationType
from luukku.relations.actions.contact_plans import set_team
from luukku.relations.actions.reporting import Written, report_visit
from luukku.relations.models import TeamRule, Visit
from luukku.relations.queries.teams import Kept, kept_rules, missing
from tests.cast import Cast, Member
from tests.harness.client import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def state() -> OrganisationType:
    return OrganisationType.objects.create(code="valtio-testi", name_fi="Valtion toimija")


def test_missing_type_is_told_on_the_page_of_a_joint_visit_alone(
    cast: Cast, state: OrganisationType, planned: Callable[..., Visit], client_of: Callable[[Member], Client]
) -> None:
    coordinator = client_of(cast.coordinator)
    page = coordinator.get(f"/kohtaamiset/tiimit/?region={cast.here.region.code}")
    assert coordinator.submit(page, {"types": str(state.pk)}, form="team").status_code == 302
    alone, joint = planned(), planned(along=(cast.partner,), anyway=True)
    adviser = client_of(cast.adviser)
    assert "Valtion toimija" not in adviser.get(f"/kaynnit/{alone.pk}/").content.decode()
    assert "Valtion toimija" in adviser.get(f"/kaynnit/{joint.pk}/").content.decode()
    assert "Valtion toimija" in adviser.get(f"/kohtaamiset/tiimit/?region={cast.here.region.code}").content.decode()
    assert adviser.post(f"/kohtaamiset/tiimit/?region={cast.here.region.code}", {"types": state.pk}).status_code == 403


def test_rule_of_a_segment_goes_before_that_of_all_and_no_types_take_it_away(cast: Cast, state: OrganisationType, company: Company) -> None:
    own = cast.partners.type
    with act_as(cast.coordinator.actor) as actor:
        set_team(by=actor, region=cast.here.region, segment="", types=[state])
        set_team(by=actor, region=cast.here.region, segment="large", types=[own])
        assert missing(company, cast.here.region.pk, {own.pk}) == [state]
        with pytest.raises(NotAllowed):
            set_team(by=actor, region=cast.there.region, segment="", types=[state])
    CompanySegment.objects.create(company=company, segment="large", first_day=timezone.localdate())
    assert missing(company, cast.here.region.pk, {own.pk}) == []
    with act_as(cast.coordinator.actor) as actor:
        set_team(by=actor, region=cast.here.region, segment="large", types=[])
    assert TeamRule.objects.count() == 1


def test_how_many_kept_the_rule_is_counted(cast: Cast, state: OrganisationType, planned: Callable[..., Visit], sql_count: Callable[..., Any]) -> None:
    visit = planned(along=(cast.partner,), day=timezone.localdate())
    with act_as(cast.adviser.actor) as actor:
        report_visit(by=actor, visit=visit, written=Written(day=timezone.localdate(), notes="Hyvin"))
    year = timezone.localdate().year
    assert kept_rules(cast.here.region, year) == Kept(0, 0)
    with act_as(cast.coordinator.actor) as actor:
        set_team(by=actor, region=cast.here.region, segment="", types=[state])
        assert kept_rules(cast.here.region, year) == Kept(1, 0)
        set_team(by=actor, region=cast.here.region, segment="", types=[cast.partners.type])
        with sql_count(at_most=3):
            assert kept_rules(cast.here.region, year) == Kept(1, 1)
