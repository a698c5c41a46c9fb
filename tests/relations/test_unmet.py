"""Three times a year organisations that mean to meet more companies than they have planned hear of it, and of how many nobody has met."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from luukku.core.actor import act_as, act_as_house
from luukku.core.errors import NotAllowed
from luukku.customers.models import Company
from luukku.relations.actions.contact_plans import set_target
from luukku.relations.actions.sweeping import tell_unmet
from luukku.relations.models import Visit, VisitTarget
from tests.cast import Cast
from tests.factories.customers import CompanyFactory

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year


def told_in(month: int, days: int = 30) -> list[int]:
    """On which days of the month somebody is told, when the job runs every morning."""
    first = datetime(YEAR, month, 1, 5, 50, tzinfo=timezone.get_default_timezone())
    mornings = [first + timedelta(days=n) for n in range(days)]
    with act_as_house("try it") as house:
        return [each.day for each in mornings for _n in range(tell_unmet(by=house, at=each))]


def aim(cast: Cast, visits: int) -> None:
    with act_as(cast.desklead.actor) as lead:
        set_target(by=lead, region=cast.here.region, organisation=cast.here.organisation, year=YEAR, visits=visits)


def test_organisation_is_told_once_in_april_august_and_october(
    cast: Cast, company: Company, planned: Callable[..., Visit], run_jobs: Callable[[], int], mailoutbox: list[Any]
) -> None:
    CompanyFactory.create(municipality=cast.here.municipality)
    planned()
    aim(cast, 3)
    run_jobs()
    mailoutbox.clear()
    days = {month: told_in(month) for month in (3, 4, 5, 8, 10, 11)}
    assert {month: len(found) for month, found in days.items()} == {3: 0, 4: 1, 5: 0, 8: 1, 10: 1, 11: 0}
    assert all(date(YEAR, month, found[0]).weekday() < 5 for month, found in days.items() if found)
    run_jobs()
    assert {tuple(mail.to) for mail in mailoutbox} == {(cast.desklead.user.email,)}
    said = str(mailoutbox[0].body)
    assert "tavata tänä vuonna 3" in said
    assert "suunniteltu: 1" in said
    assert "kukaan ei ole tavannut: 2" in said
    assert company.name not in said


def test_nobody_is_told_when_every_company_is_planned_or_no_target_is_set(
    cast: Cast, planned: Callable[..., Visit], run_jobs: Callable[[], int], mailoutbox: list[Any]
) -> None:
    assert told_in(4) == []
    planned()
    aim(cast, 1)
    assert told_in(4) == []
    aim(cast, 2)
    assert len(told_in(4)) == 1
    VisitTarget.objects.update(visits=1)
    run_jobs()
    assert not any("tapaamatta" in mail.subject.lower() for mail in mailoutbox)


def test_only_the_house_tells(cast: Cast) -> None:
    with act_as(cast.desklead.actor) as actor, pytest.raises(NotAllowed):
        tell_unmet(by=actor)
