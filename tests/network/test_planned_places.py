"""A name or an area that is known beforehand: nothing before its day, everything on it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from luukku.core.actor import HOUSE
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.models import OutgoingMail
from luukku.network.actions.areas import end_area
from luukku.network.actions.planned_places import cancel_place_plan, carry_out_place_plans, plan_area, plan_name
from luukku.network.actions.region_life import rename_region
from luukku.network.models import Area, PlannedPlace, Region
from luukku.network.models.plans import PlanState
from luukku.network.queries.plans import place_plans
from tests.cast import Cast, Member
from tests.harness.client import Client

HELSINKI = ZoneInfo("Europe/Helsinki")
ClientOf = Callable[[Member], Client]
pytestmark = pytest.mark.django_db
NAMES = {"fi": "Uusi nimi", "sv": "Nytt namn", "en": "New name"}


@pytest.fixture
def new_year() -> date:
    return date(timezone.localdate().year + 1, 1, 1)


def on(day: date) -> time_machine.travel:
    """A minute after the midnight with which the day begins here; by the world's clock it is the day before."""
    return time_machine.travel(datetime.combine(day, datetime.min.time(), HELSINKI) + timedelta(minutes=1), tick=False)


def here(cast: Cast) -> Region:
    return Region.objects.get(pk=cast.here.region.pk)


def test_name_and_area_hold_from_the_first_minutes_of_their_day_and_not_before(cast: Cast, new_year: date) -> None:
    old = here(cast).name_fi
    plan_name(by=cast.national.actor, place=here(cast), names=NAMES, since=new_year)
    plan_area(by=cast.national.actor, region=here(cast), area=cast.there.area, since=new_year)
    plan_name(by=cast.national.actor, place=cast.here.area, names={"fi": "Uusi alue"}, since=new_year)
    with on(new_year - timedelta(days=1)):
        assert carry_out_place_plans(by=HOUSE) == 0
        assert here(cast).name_fi == old
    with on(new_year):
        assert carry_out_place_plans(by=HOUSE) == 3
        assert carry_out_place_plans(by=HOUSE) == 0
        assert (here(cast).name_fi, here(cast).past_names.get().name_fi) == ("Uusi nimi", old)
        assert [spell.area for spell in here(cast).area_spells.on(new_year)] == [cast.there.area]
        assert [spell.area for spell in here(cast).area_spells.on(new_year - timedelta(days=1))] == [cast.here.area]
        assert Area.objects.get(pk=cast.here.area.pk).name_fi == "Uusi alue"
    assert not place_plans(here(cast))


def test_one_change_of_a_kind_waits_at_a_time_and_is_taken_back(cast: Cast, new_year: date) -> None:
    plan = plan_name(by=cast.national.actor, place=here(cast), names=NAMES, since=new_year)
    with pytest.raises(RuleBroken):
        plan_name(by=cast.national.actor, place=here(cast), names={"fi": "Kolmas"}, since=new_year)
    for wrong in (timezone.localdate(), new_year.replace(year=new_year.year + 9)):
        with pytest.raises(RuleBroken):
            plan_area(by=cast.national.actor, region=here(cast), area=cast.there.area, since=wrong)
    with pytest.raises(NotAllowed):
        cancel_place_plan(by=cast.coordinator.actor, plan=plan)
    cancel_place_plan(by=cast.national.actor, plan=plan)
    with on(new_year):
        assert carry_out_place_plans(by=HOUSE) == 0
    with pytest.raises(NotAllowed):
        plan_name(by=cast.coordinator.actor, place=here(cast), names=NAMES, since=new_year)


def test_what_a_rule_forbids_by_then_stays_undone_and_is_told(cast: Cast, new_year: date) -> None:
    plan = plan_name(by=cast.national.actor, place=here(cast), names=NAMES, since=new_year)
    plan_area(by=cast.national.actor, region=here(cast), area=cast.there.area, since=new_year)
    with on(new_year + timedelta(days=2)):
        rename_region(by=cast.national.actor, region=here(cast), names={"fi": "Muu"}, since=new_year + timedelta(days=1))
        end_area(by=cast.national.actor, area=cast.there.area, since=new_year + timedelta(days=1), successor=cast.here.area)
        assert carry_out_place_plans(by=HOUSE) == 0
        plan.refresh_from_db()
        assert (plan.state, bool(plan.refusal)) == (PlanState.REFUSED, True)
        assert OutgoingMail.objects.filter(kind="network.place_plan_refused", subject_id=plan.pk).exists()
        assert here(cast).name_fi == "Muu"


def test_keeper_writes_a_day_to_come_on_the_same_forms_and_takes_it_back(cast: Cast, client_of: ClientOf, new_year: date) -> None:
    browser, code = client_of(cast.national), cast.here.region.code
    page = browser.get(f"/verkosto/seudut/{code}/nimi")
    given = {"name_fi": "Uusi nimi", "since_0": "1", "since_1": "1", "since_2": str(new_year.year), "since": new_year.isoformat()}
    answer = browser.submit(page, {name: value for name, value in given.items() if name in page.content.decode()}, form="form")
    assert answer.status_code == 302
    assert "Uusi nimi" in browser.get(f"/verkosto/seudut/{code}/").content.decode()
    plan = PlannedPlace.objects.get()
    assert (plan.region, plan.since, here(cast).name_fi) == (cast.here.region, new_year, cast.here.region.name_fi)
    assert "/peru" not in client_of(cast.coordinator).get(f"/verkosto/seudut/{code}/").content.decode().split("tulevat")[-1][:40]
    assert client_of(cast.coordinator).post(f"/verkosto/tulevat/{plan.pk}/peru").status_code == 403
    assert browser.post(f"/verkosto/tulevat/{plan.pk}/peru").status_code == 302
    assert not place_plans(here(cast))
