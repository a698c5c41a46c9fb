"""A region's own times for warnings."""

from collections.abc import Callable

import pytest

from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.models import Event
from luukku.desk.actions.warning_times import Times, set_warning_times, warning_times
from tests.cast import Cast, Member
from tests.harness.client import Client


def test_times_are_set_by_the_coordinator_of_the_region_only(cast: Cast) -> None:
    wanted = Times(handler_minutes=480, lead_minutes=60, coordinator_minutes=0)
    set_warning_times(by=cast.coordinator.actor, region=cast.here.region, times=wanted)
    set_warning_times(by=cast.coordinator.actor, region=cast.here.region, times=wanted)
    assert (warning_times(cast.here.region).handler_minutes, warning_times(cast.there.region).handler_minutes) == (480, 240)
    assert Event.objects.filter(action="region.warnings_set").count() == 1
    for member in (cast.desklead, cast.adviser, cast.national):
        with pytest.raises(NotAllowed):
            set_warning_times(by=member.actor, region=cast.here.region, times=wanted)
    with pytest.raises(NotAllowed):
        set_warning_times(by=cast.coordinator.actor, region=cast.there.region, times=wanted)


@pytest.mark.parametrize("times", [(60, 120, 0), (-60, -60, 0), (240, 120, 100_000), (240, 120, 180), (240, 120, -100_000)])
def test_times_that_make_no_sense_are_refused(cast: Cast, times: tuple[int, int, int]) -> None:
    wanted = Times(handler_minutes=times[0], lead_minutes=times[1], coordinator_minutes=times[2])
    with pytest.raises(RuleBroken):
        set_warning_times(by=cast.coordinator.actor, region=cast.here.region, times=wanted)


def test_page_takes_hours_and_keeps_what_was_typed(cast: Cast, client_of: Callable[[Member], Client]) -> None:
    browser = client_of(cast.coordinator)
    page = browser.get("/myohassa/koskimaa/varoitukset")
    saved = browser.submit(page, {"handler_minutes": "6,5", "lead_minutes": "1", "coordinator_minutes": "16", "when": "after"})
    assert saved.status_code == 302
    assert warning_times(cast.here.region).handler_minutes == 390
    assert warning_times(cast.here.region).coordinator_minutes == -960
    assert warning_times(cast.here.region).still_waiting
    assert browser.submit(browser.get("/myohassa/koskimaa/varoitukset"), {"still_waiting": ""}).status_code == 302
    assert not warning_times(cast.here.region).still_waiting
    page = browser.get("/myohassa/koskimaa/varoitukset")
    assert browser.submit(page, {"coordinator_minutes": "0,5", "when": "before"}).status_code == 302
    assert warning_times(cast.here.region).coordinator_minutes == 30
    wrong = browser.submit(browser.get("/myohassa/koskimaa/varoitukset"), {"handler_minutes": "2", "lead_minutes": "3"})
    assert wrong.status_code == 422
    assert 'value="3"' in wrong.content.decode()
    assert browser.get("/myohassa/saarela/varoitukset").status_code == 403
    assert client_of(cast.desklead).get("/myohassa/koskimaa/varoitukset").status_code == 403
