"""A change of borders that is known beforehand: nothing before its day, everything on it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from threading import Thread
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail as django_mail
from django.db import connection
from django.utils import timezone

from luukku.core.actor import HOUSE, act_as_house
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.models import Event
from luukku.network.actions.municipalities import merge_municipality
from luukku.network.actions.planned_municipalities import cancel_plan, carry_out_plans, plan_merge, plan_move
from luukku.network.models import Area, Municipality, PlannedChange
from luukku.network.models.plans import PlanState
from luukku.network.queries.places import area_of, municipality_today, region_on
from luukku.network.queries.regions import municipalities_of
from tests.cast import Cast, Member
from tests.factories.network import MunicipalityFactory
from tests.harness.client import Client

HELSINKI = ZoneInfo("Europe/Helsinki")
ClientOf = Callable[[Member], Client]


@pytest.fixture
def new_year() -> date:
    return date(timezone.localdate().year + 1, 1, 1)


def first_minutes(day: date) -> datetime:
    """By the Finnish clock; by the world's it is still the day before."""
    return datetime.combine(day, datetime.min.time(), HELSINKI) + timedelta(minutes=1)


@pytest.mark.django_db
def test_move_holds_from_the_first_minutes_of_its_day_and_not_before(cast: Cast, new_year: date) -> None:
    town, there = cast.here.municipality, cast.there
    plan_move(by=cast.national.actor, municipality=town, area=there.area, region=there.region, since=new_year)
    assert Event.objects.latest("id").action == "municipality.planned"
    with time_machine.travel(first_minutes(new_year) - timedelta(minutes=2), tick=False):
        assert carry_out_plans(by=HOUSE) == 0
        assert (area_of(town), region_on(town, timezone.localdate())) == (cast.here.area, cast.here.region)
        assert town in municipalities_of(cast.here.region)
    with time_machine.travel(first_minutes(new_year), tick=False):
        assert carry_out_plans(by=HOUSE) == 1
        assert (area_of(town), region_on(town, timezone.localdate())) == (there.area, there.region)
        assert town in municipalities_of(there.region)
        assert town not in municipalities_of(cast.here.region)
        assert carry_out_plans(by=HOUSE) == 0
    assert region_on(town, new_year - timedelta(days=1)) == cast.here.region


@pytest.mark.django_db
def test_merger_that_a_sleeping_worker_finds_days_later_counts_from_its_own_day(cast: Cast, new_year: date) -> None:
    town, into = cast.here.municipality, MunicipalityFactory.create(code="981", name_fi="Suurkunta")
    plan_merge(by=cast.national.actor, municipality=town, into=into, since=new_year)
    assert municipality_today(town.code) == town
    with time_machine.travel(first_minutes(new_year + timedelta(days=4)), tick=False):
        assert carry_out_plans(by=HOUSE) == 1
        assert municipality_today(town.code) == into
    assert Municipality.objects.get(pk=town.pk).valid_until == new_year - timedelta(days=1)


@pytest.mark.django_db
def test_what_a_rule_forbids_by_then_is_told_and_stops_no_other(
    cast: Cast, new_year: date, client_of: ClientOf, run_jobs: Callable[..., int]
) -> None:
    town, other = cast.here.municipality, cast.there.municipality
    plan_move(by=cast.national.actor, municipality=town, area=cast.there.area, region=None, since=new_year)
    plan_move(by=cast.national.actor, municipality=other, area=cast.there.area, region=None, since=new_year)
    merge_municipality(by=cast.national.actor, municipality=town, into=other, since=timezone.localdate())
    with time_machine.travel(first_minutes(new_year), tick=False):
        assert carry_out_plans(by=HOUSE) == 1
        assert region_on(other, new_year) is None
        run_jobs()
    told = {mail.to[0]: mail for mail in django_mail.outbox}
    assert set(told) == {cast.national.someone.mail_address, cast.admin.someone.mail_address}
    letter = told[cast.national.someone.mail_address]
    assert str(town.name_fi) in letter.subject
    assert f"/verkosto/kunnat/{town.pk}/" in letter.body
    refused = PlannedChange.objects.get(municipality=town)
    assert (refused.state, bool(refused.refusal)) == (PlanState.REFUSED, True)
    assert refused.refusal in client_of(cast.national).get("/verkosto/kunnat/").content.decode()
    cancel_plan(by=cast.national.actor, municipality=town)
    assert refused.refusal not in client_of(cast.national).get("/verkosto/kunnat/").content.decode()


@pytest.mark.django_db
def test_only_the_networks_keepers_plan_and_cancel_and_one_plan_waits_at_a_time(cast: Cast, new_year: date) -> None:
    town, owner = cast.here.municipality, cast.national.actor
    for member in (cast.coordinator, cast.area, cast.adviser):
        with pytest.raises(NotAllowed):
            plan_move(by=member.actor, municipality=town, area=cast.there.area, region=None, since=new_year)
        with pytest.raises(NotAllowed):
            cancel_plan(by=member.actor, municipality=town)
    plan_move(by=owner, municipality=town, area=cast.there.area, region=None, since=new_year)
    with pytest.raises(RuleBroken):
        plan_move(by=owner, municipality=town, area=cast.here.area, region=None, since=new_year + timedelta(days=1))
    cancel_plan(by=owner, municipality=town)
    plan_move(by=owner, municipality=town, area=cast.here.area, region=None, since=new_year + timedelta(days=1))
    with pytest.raises(NotAllowed):
        carry_out_plans(by=owner)


@pytest.mark.django_db
def test_plan_to_what_ends_or_too_far_ahead_is_refused(cast: Cast, new_year: date) -> None:
    town, owner = cast.here.municipality, cast.national.actor
    Area.objects.filter(pk=cast.there.area.pk).update(valid_until=timezone.localdate())
    attempts: tuple[Callable[[], object], ...] = (
        lambda: plan_move(by=owner, municipality=town, area=Area.objects.get(pk=cast.there.area.pk), region=None, since=new_year),
        lambda: plan_merge(by=owner, municipality=town, into=town, since=new_year),
        lambda: plan_move(by=owner, municipality=town, area=cast.here.area, region=None, since=date(2126, 1, 1)),
        lambda: plan_move(by=owner, municipality=town, area=cast.here.area, region=None, since=timezone.localdate()),
    )
    for each in attempts:
        with pytest.raises(RuleBroken):
            each()
    assert not PlannedChange.objects.exists()


@pytest.mark.django_db
def test_keeper_writes_a_merger_down_sees_it_and_cancels_it(cast: Cast, client_of: ClientOf, new_year: date) -> None:
    browser, town, into = client_of(cast.national), cast.here.municipality, cast.there.municipality
    where = f"/verkosto/kunnat/{town.pk}/"
    sent = browser.submit(browser.get(f"{where}liita"), {"into": into.pk, "since": new_year.isoformat()})
    assert sent.status_code == 302
    regions = [f"/verkosto/seudut/{place.region.code}/" for place in (cast.here, cast.there)]
    for page in (where, f"/verkosto/kunnat/{into.pk}/", *regions, "/verkosto/kunnat/"):
        shown = browser.get(page).content.decode()
        assert f"1.1.{new_year.year}" in shown
        assert str(into.name) in shown
    assert Municipality.objects.get(pk=town.pk).valid_until is None
    assert "Peru muutos" not in client_of(cast.adviser).get(where).content.decode()
    page = browser.get(where)
    assert browser.submit(page, form=0).status_code == 302
    assert PlannedChange.objects.get().state == PlanState.CANCELLED
    assert f"1.1.{new_year.year}" not in browser.get("/verkosto/kunnat/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_carry_a_plan_out_once(cast: Cast, new_year: date) -> None:
    plan_move(by=cast.national.actor, municipality=cast.here.municipality, area=cast.there.area, region=None, since=new_year)
    done: list[int] = []

    def work() -> None:
        try:
            with act_as_house("carry out") as house:
                done.append(carry_out_plans(by=house))
        finally:
            connection.close()

    with time_machine.travel(first_minutes(new_year), tick=True):
        threads = [Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sum(done) == 1
    assert len(done) == 4
    assert Event.objects.filter(action="municipality.moved").count() == 1
