"""A year filled from the year before: the same things on days of this one."""

from collections.abc import Callable
from datetime import date

import pytest

from luukku.core.actor import act_as
from luukku.core.errors import NotAllowed
from luukku.governance.actions.clock import EntryForm, add_entry, cancel_entry, fill_year
from luukku.governance.models import ClockEntry
from luukku.governance.models.whose import Whose
from luukku.governance.queries.usual_year import Usual, usual_entries
from tests.cast import Cast, Member
from tests.harness.client import Client

pytestmark = pytest.mark.django_db


def of_2027(cast: Cast, *forms: EntryForm) -> dict[str, Usual]:
    """By title, what 2027 is proposed to hold when 2026 holds these."""
    with act_as(cast.coordinator.actor) as by:
        for form in forms:
            add_entry(by=by, form=form, region=cast.here.region)
        return {each.title: each for each in usual_entries(Whose(cast.here.region), 2027)}


def test_theme_day_comes_on_the_same_weekday_of_the_month_and_not_on_a_holiday(cast: Cast) -> None:
    found = of_2027(cast, EntryForm("theme", "Teemapäivä", date(2026, 4, 15)), EntryForm("event", "Loppiaistori", date(2026, 1, 7)))
    assert found["Teemapäivä"].first_day == date(2027, 4, 21)  # the third Wednesday
    moved = found["Loppiaistori"].proposed
    assert (moved.day, moved.instead_of, moved.why) == (date(2027, 1, 5), date(2027, 1, 6), "holiday")


def test_day_on_which_others_meet_is_left_and_two_never_share_one(cast: Cast) -> None:
    with act_as(cast.national.actor) as by:
        add_entry(by=by, form=EntryForm("national", "Valtakunnan päivä", date(2027, 4, 21)))
    found = of_2027(cast, EntryForm("theme", "Yksi", date(2026, 4, 15)), EntryForm("theme", "Toinen", date(2026, 4, 15)))
    assert found["Yksi"].proposed.why == "clash"
    assert len({date(2027, 4, 21), found["Yksi"].first_day, found["Toinen"].first_day}) == 3


def test_campaign_keeps_its_dates_and_what_is_due_comes_before_a_weekend(cast: Cast) -> None:
    campaign = EntryForm("campaign", "Kesätyöt", date(2026, 7, 1), date(2026, 7, 31))
    found = of_2027(cast, campaign, EntryForm("due", "Suunnitelma 2027 luonnos 2026", date(2026, 11, 27)))
    assert (found["Kesätyöt"].first_day, found["Kesätyöt"].last_day) == (date(2027, 7, 1), date(2027, 7, 31))
    assert found["Suunnitelma 2027 luonnos 2027"].first_day == date(2027, 11, 26)  # the 27th is a Saturday


def test_what_is_there_or_was_called_off_is_not_proposed_and_what_is_usual_is(cast: Cast) -> None:
    with act_as(cast.coordinator.actor) as by:
        cancel_entry(by=by, entry=add_entry(by=by, form=EntryForm("theme", "Peruttu", date(2026, 3, 4)), region=cast.here.region))
        add_entry(by=by, form=EntryForm("event", "Yrittäjäpäivä", date(2027, 10, 6)), region=cast.here.region)
    found = of_2027(cast, EntryForm("event", "Yrittäjäpäivä", date(2026, 10, 7)))
    assert {each.kind.value for each in found.values()} == {"campaign"}


def test_coordinator_fills_the_year_once_and_nobody_else_does(client_of: Callable[[Member], Client], cast: Cast) -> None:
    found = of_2027(cast, EntryForm("event", "Yrittäjäpäivä", date(2026, 10, 7)), EntryForm("theme", "Teemapäivä", date(2026, 4, 15)))
    home = f"/vuosikello/tayta?seutu={cast.here.region.code}&vuosi=2027"
    coordinator = client_of(cast.coordinator)
    page = coordinator.get(home)
    assert coordinator.submit(page, {}, form="fill").status_code == 422  # the usual campaign has no name yet
    assert not ClockEntry.objects.filter(first_day__year=2027).exists()
    named = {f"{found[''].key}-title": "Kesätyöseteli", f"{found['Teemapäivä'].key}-on": []}
    for _twice in range(2):
        assert coordinator.submit(page, named, form="fill").status_code == 302
    there = ClockEntry.objects.filter(region=cast.here.region, first_day__year=2027)
    assert sorted(there.values_list("kind", flat=True)) == ["campaign", "event"]
    assert client_of(cast.steering).get(home).status_code == 403
    with act_as(cast.steering.actor) as by, pytest.raises(NotAllowed):
        fill_year(by=by, whose=Whose(cast.here.region), forms=())
