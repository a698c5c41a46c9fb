"""What the nation decides for its regions, and what a region decides otherwise."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.models import Event
from luukku.core.worktime import next_opening
from luukku.desk.actions.ending import OutcomeForm, settle
from luukku.desk.actions.handling import take_up
from luukku.desk.models import Case, Leg, StatusLink
from luukku.network.actions.nation import NationDetails, edit_nation
from luukku.network.actions.region_life import create_region
from luukku.network.actions.regions import RegionDetails, edit_region
from luukku.network.models import Region
from luukku.network.queries.history import nation_history
from luukku.network.queries.nation import nation_calendar, nation_rules, outside_link_days, status_link_days
from tests.cast import Cast, Member
from tests.desk.conftest import case, need, send
from tests.harness.client import Client

__all__ = ("case", "need", "send")
ClientOf = Callable[[Member], Client]
pytestmark = pytest.mark.django_db


def here(cast: Cast) -> Region:
    return Region.objects.get(pk=cast.here.region.pk)


def test_region_that_has_decided_nothing_goes_by_the_nation(cast: Cast) -> None:
    assert (status_link_days(here(cast)), outside_link_days(here(cast))) == (90, 30)
    edit_nation(by=cast.national.actor, details=NationDetails(status_link_days=60, outside_link_days=14))
    assert (status_link_days(here(cast)), outside_link_days(here(cast))) == (60, 14)
    edit_region(by=cast.coordinator.actor, region=here(cast), details=RegionDetails(status_link_days=45))
    assert (status_link_days(here(cast)), outside_link_days(here(cast))) == (45, 14)


def test_link_of_an_ended_matter_lives_as_long_as_the_region_has_decided(cast: Cast, case: Case) -> None:
    edit_region(by=cast.coordinator.actor, region=here(cast), details=RegionDetails(status_link_days=7))
    with act_as(cast.adviser.actor) as by:
        take_up(by=by, leg=Leg.objects.get(case=case))
        settle(by=by, case=case, outcomes=[OutcomeForm("advice")], words="Valmis.")
    ends = StatusLink.objects.get(case=case, revoked_at=None).expires_at
    assert ends is not None
    assert abs(ends - timezone.now() - timedelta(days=7)) < timedelta(minutes=5)


def test_new_region_begins_with_the_nations_promise_and_those_that_are_there_keep_theirs(cast: Cast) -> None:
    edit_nation(by=cast.national.actor, details=NationDetails(taken_up_days=1, informed_days=5))
    made = create_region(by=cast.national.actor, names={"fi": "Uusi seutu"}, prefix="UUS", area=cast.here.area, since=timezone.localdate())
    assert (made.taken_up_days, made.informed_days) == (1, 5)
    assert here(cast).taken_up_days == 2


def test_only_those_who_keep_the_network_decide_and_what_they_did_is_told(cast: Cast, client_of: ClientOf) -> None:
    for other in (cast.coordinator, cast.area, cast.steering):
        with pytest.raises(NotAllowed):
            edit_nation(by=other.actor, details=NationDetails())
    with pytest.raises(RuleBroken):
        edit_nation(by=cast.national.actor, details=NationDetails(review_months=0))
    browser = client_of(cast.national)
    page = browser.get("/verkosto/koko-maa/")
    answer = browser.submit(page, {"phone": "029 555 0100", "review_months": "4"}, form="form")
    assert answer.status_code == 302
    assert (nation_rules().phone, nation_rules().review_months) == ("029 555 0100", 4)
    told = nation_history()
    assert {change.person for change in told} == {cast.national.someone.name}
    assert "029 555 0100" in browser.get("/verkosto/koko-maa/historia").content.decode()
    assert Event.objects.filter(action="nation.edited").count() == 1
    assert client_of(cast.coordinator).get("/verkosto/koko-maa/").status_code == 403


def test_regions_form_says_what_an_empty_field_means_and_keeps_it_empty(cast: Cast, client_of: ClientOf) -> None:
    edit_nation(by=cast.national.actor, details=NationDetails(review_months=9))
    browser, address = client_of(cast.coordinator), f"/verkosto/seudut/{cast.here.region.code}/muuta"
    page = browser.get(address, HTTP_ACCEPT_LANGUAGE="en")
    assert "Empty: as for the whole country, 9." in page.content.decode()
    assert browser.submit(page, {"status_link_days": "30"}, form="form").status_code == 302
    assert (here(cast).status_link_days, here(cast).review_months) == (30, None)


def test_nations_door_has_opening_hours_of_its_own(cast: Cast, client_of: ClientOf, client: Client) -> None:
    assert "ma–pe klo 8–16" in plain(client.get("/tarve/"))
    browser = client_of(cast.national)
    page = browser.get("/verkosto/koko-maa/")
    wrong = browser.submit(page, {"hours": "aamusta iltaan"}, form="form")
    assert (wrong.status_code, "aamusta iltaan" in wrong.content.decode()) == (422, True)
    assert browser.submit(page, {"hours": ""}, form="form").status_code == 422  # a promise is counted in them
    assert browser.submit(page, {"hours": "8-12, 16-20", "saturday_hours": "10-14"}, form="form").status_code == 302
    assert "ma–pe klo 8–12, 16–20, la klo 10–14" in plain(client.get("/tarve/"))
    calendar = nation_calendar()
    friday = datetime(2026, 11, 20, 21, tzinfo=ZoneInfo("Europe/Helsinki"))
    assert next_opening(calendar, friday) == datetime(2026, 11, 21, 10, tzinfo=ZoneInfo("Europe/Helsinki"))
    assert "8–12, 16–20" in browser.get("/verkosto/koko-maa/historia").content.decode()


def test_nations_door_has_closing_days_that_are_told_and_counted(cast: Cast, client_of: ClientOf, client: Client) -> None:
    zone = ZoneInfo("Europe/Helsinki")
    with time_machine.travel(datetime(2026, 11, 19, 12, tzinfo=zone), tick=False):
        browser = client_of(cast.national)
        page = browser.get("/verkosto/koko-maa/")
        wrong = browser.submit(page, {"closing_days": "20.11.2026, perjantai"}, form="form")
        assert (wrong.status_code, "20.11.2026, perjantai" in wrong.content.decode()) == (422, True)
        assert browser.submit(page, {"closing_days": "18.11.2026"}, form="form").status_code == 422  # it has passed
        assert "24.12.26" in browser.submit(page, {"closing_days": "24.12.26"}, form="form").content.decode().partition("error-summary")[2][:900]
        assert browser.submit(page, {"closing_days": "23.11.2026; 20.11.2026"}, form="form").status_code == 302
        assert "20.11.2026, 23.11.2026" in browser.get("/verkosto/koko-maa/").content.decode()
        assert "Pe 20.11. suljettu" in plain(client.get("/tarve/"))
        assert next_opening(nation_calendar(), datetime(2026, 11, 19, 17, tzinfo=zone)) == datetime(2026, 11, 24, 8, tzinfo=zone)
        assert "20.11.2026, 23.11.2026" in browser.get("/verkosto/koko-maa/historia").content.decode()
    with time_machine.travel(datetime(2026, 11, 21, 12, tzinfo=zone), tick=False):
        browser = client_of(cast.national)
        page = browser.get("/verkosto/koko-maa/")
        assert browser.submit(page, {"closing_days": "23.11.2026"}, form="form").status_code == 422  # a day that has passed stays
        assert browser.submit(page, {"closing_days": "20.11.2026"}, form="form").status_code == 302


def plain(page: Any) -> str:
    return str(page.content.decode()).replace("\xa0", " ").replace("\u2060", "")
