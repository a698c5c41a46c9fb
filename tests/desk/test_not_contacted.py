"""“Nobody has contacted me” is counted, by organisation and month."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.core.errors import NotAllowed
from luukku.core.months import ended_months
from luukku.desk.access.links import first_token, link_actor
from luukku.desk.actions.customer import nobody_contacted
from luukku.desk.models import Case
from luukku.desk.queries.not_contacted import not_contacted
from tests.cast import Cast, Member
from tests.harness.client import Client

Send = Callable[..., Case]


def says_so(case: Case, at: datetime) -> None:
    holder = link_actor(first_token(case))
    assert holder is not None
    with act_as(holder):
        nobody_contacted(by=holder, case=case, at=at)


def test_not_contacted_is_counted_by_organisation_and_month(send: Send, cast: Cast, client_of: Callable[[Member], Client]) -> None:
    months = ended_months(12)
    at = timezone.make_aware(datetime.combine(months.starts[-1] + timedelta(days=9), time(12)))
    for number in range(4):
        says_so(send(at=at - timedelta(days=5), words=f"Tarve numero {number}"), at)
    region = cast.here.region.pk
    with act_as(cast.coordinator.actor) as actor:
        assert not_contacted(actor, region, months) == []  # fewer than five
    with act_as(cast.desklead.actor) as actor:
        assert [each.times for each in not_contacted(actor, region, months)] == [4, 4]  # one's own: all
    says_so(send(at=at - timedelta(days=5), words="Viides"), at)
    with act_as(cast.coordinator.actor) as actor:
        told = [(each.organisation, each.month, each.times) for each in not_contacted(actor, region, months)]
    name = str(cast.here.organisation.name)
    assert told == [(name, None, 5), (name, months.starts[-1], 5)]
    browser = client_of(cast.coordinator)
    assert f"{months.starts[-1]:%Y-%m};{name};5" in browser.get("/luvut/yhteydenotot.csv").content.decode()
    with act_as(cast.outsider.actor) as actor, pytest.raises(NotAllowed):
        not_contacted(actor, region, months)
