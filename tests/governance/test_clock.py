"""The annual clock: days of a year, what stands in it, and the calendar that follows it."""

from collections.abc import Callable
from datetime import date, time, timedelta
from math import dist

import icalendar
import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from luukku.core.actor import act_as, act_as_house
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.registries import DueThing, due_things
from luukku.core.worktime.finland import days_off
from luukku.governance.actions.clock import EntryForm, add_entry, cancel_entry, edit_entry, make_feed, plan_year
from luukku.governance.actions.entries import finish_entry, remind_of_entries
from luukku.governance.actions.meetings import cancel_meeting
from luukku.governance.actions.minutes import give_task
from luukku.governance.models import ClockEntry, Group, Meeting, Membership
from luukku.governance.queries.clock import APART, free_place
from luukku.governance.queries.due import my_due
from luukku.governance.queries.year import propose
from tests.cast import Cast, Member
from tests.governance.conftest import at
from tests.harness.client import Client


@settings(deadline=None)
@given(
    st.integers(2026, 2060),
    st.sets(st.integers(1, 12)),
    st.integers(1, 5),
    st.integers(0, 4),
    st.sets(st.dates(date(2026, 1, 1), date(2060, 12, 31))),
)
def test_proposed_days_are_working_days_outside_july_that_nobody_has(year: int, months: set[int], nth: int, weekday: int, taken: set[date]) -> None:
    found = propose(year, months, nth, weekday, taken)
    days = [each.day for each in found]
    assert {day.month for day in days} == months - {7}
    assert all(day.weekday() <= 4 and day not in days_off(day.year) and day not in taken for day in days)


def test_usual_day_that_is_a_holiday_or_taken_moves_to_the_nearest() -> None:
    assert propose(2027, [1], 1, 2, ())[0].instead_of == date(2027, 1, 6)  # Epiphany
    moved = propose(2027, [3], 2, 1, {date(2027, 3, 9)})[0]
    assert (moved.day, moved.why) == (date(2027, 3, 8), "clash")


def test_year_is_planned_by_who_runs_the_group_and_no_day_twice(cast: Cast, group: Group) -> None:
    day = at(400).date()
    while day.weekday() > 4 or day.month == 7 or day in days_off(day.year):
        day += timedelta(days=1)
    with act_as(cast.adviser.actor) as by:
        assert len(plan_year(by=by, group=group, days=[day], starts=time(9), ends=time(11))) == 1
        assert plan_year(by=by, group=group, days=[day], starts=time(9), ends=time(11)) == []
        with pytest.raises(RuleBroken):
            plan_year(by=by, group=group, days=[date(2027, 7, 14)], starts=time(9), ends=time(11))
    with act_as(cast.steering.actor) as by, pytest.raises(NotAllowed):
        plan_year(by=by, group=group, days=[day], starts=time(9), ends=time(11))


def test_year_is_planned_on_the_page_and_stands_in_the_clock(client_of: Callable[[Member], Client], cast: Cast, group: Group) -> None:
    browser = client_of(cast.coordinator)
    year = timezone.localdate().year + 1
    query = f"vuosi={year}&months=3&months=6&months=10&months=12&nth=2&weekday=1&starts=09:00&ends=11:00"
    page = browser.get(f"/ryhmat/{group.pk}/vuosi?{query}")
    assert browser.submit(page, {"d1": ""}, form="plan").status_code == 302
    assert Meeting.objects.filter(group=group).count() == 3
    shown = client_of(cast.steering).get(f"/vuosikello/?vuosi={year}").content.decode()
    assert shown.count("Koskimaan ohjausryhmä") == 3
    assert "Koskimaan ohjausryhmä" not in client_of(cast.outsider).get(f"/vuosikello/?vuosi={year}").content.decode()


def test_calendar_follows_changes_and_cancellations_under_stable_names(client: Client, cast: Cast, invited: Meeting) -> None:
    with act_as(cast.coordinator.actor) as by:
        entry = add_entry(by=by, region=cast.here.region, form=EntryForm("event", "Yrittäjäpäivä", at(20).date()))
    with act_as(cast.steering.actor) as by:
        url = f"/vuosikello/{make_feed(by=by)}.ics"

    def events() -> dict[str, tuple[int, str]]:
        text = icalendar.Calendar.from_ical(client.get(url).content)
        return {str(each["UID"]): (int(str(each["SEQUENCE"])), str(each["STATUS"])) for each in text.walk("VEVENT")}

    before = events()
    assert {status for _, status in before.values()} == {"CONFIRMED"}
    with act_as(cast.coordinator.actor) as by:
        edit_entry(by=by, entry=entry, form=EntryForm("event", "Yrittäjäpäivä", at(21).date()))
        cancel_entry(by=by, entry=ClockEntry.objects.get())
        cancel_meeting(by=by, meeting=invited)
    after = events()
    assert after.keys() == before.keys()
    assert {status for _, status in after.values()} == {"CANCELLED"}
    assert all(after[uid][0] > before[uid][0] for uid in before)
    with act_as(cast.steering.actor) as by:
        make_feed(by=by)
    assert client.get(url).status_code == 404


def test_clock_is_changed_by_the_coordinator_alone(cast: Cast) -> None:
    with act_as(cast.adviser.actor) as by, pytest.raises(NotAllowed):
        add_entry(by=by, region=cast.here.region, form=EntryForm("event", "Yrittäjäpäivä", at(20).date()))


def test_menu_leads_to_the_clock_only_those_who_have_one(client_of: Callable[[Member], Client], cast: Cast) -> None:
    for member in cast.staff:
        browser = client_of(member)
        shown = "/vuosikello/" in browser.get("/ryhmat/").content.decode()
        assert browser.get("/vuosikello/").status_code == (200 if shown else 403), member.name
        assert browser.get("/tehtavat/").status_code == 200


def test_marks_of_near_days_cover_nobody() -> None:
    taken: list[tuple[float, float]] = []
    for day in [date(2026, 11, 14), date(2026, 11, 27), *(date(2026, 12, 2 + n) for n in range(6))]:
        free_place(day, 200, taken)
    pairs = [(one, other) for n, one in enumerate(taken) for other in taken[:n]]
    assert min(dist(one, other) for one, other in pairs) >= APART
    assert taken[0] == free_place(date(2026, 11, 14), 200, [])


def test_tasks_stand_by_urgency_with_late_ones_first(client_of: Callable[[Member], Client], cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    today = timezone.localdate()
    things = [DueThing(today + timedelta(days=days), words, "", "/") for days, words in ((40, "Kaukana"), (0, "Nyt"), (-3, "Jo mennyt"))]
    monkeypatch.setattr(due_things, "_entries", {"a": lambda _actor: things})
    html = client_of(cast.coordinator).get("/tehtavat/", headers={"Accept-Language": "fi"}).content.decode()
    order = [html.index(words) for words in ("Myöhässä", "Jo mennyt", "Tänään", "Nyt", "Myöhemmin", "Kaukana")]
    assert order == sorted(order)
    assert html.count("is-late") == 1
    assert "Tällä viikolla" not in html


def test_days_are_reminded_of_before_and_each_week_that_something_due_is_late(cast: Cast) -> None:
    today = timezone.localdate()
    with act_as(cast.coordinator.actor) as by:
        due = add_entry(by=by, region=cast.here.region, form=EntryForm("due", "Luvut", today + timedelta(days=5)))
        add_entry(by=by, region=cast.here.region, form=EntryForm("due", "Raportti", today + timedelta(days=5), person=cast.adviser.someone))
        add_entry(by=by, region=cast.here.region, form=EntryForm("event", "Messut", today + timedelta(days=10), person=cast.adviser.someone))
        add_entry(by=by, region=cast.here.region, form=EntryForm("event", "Ei kenenkään", today + timedelta(days=10)))
        assert "Luvut" in [each.words for each in my_due(by)]  # nobody is named: it is for whoever keeps the year
    with act_as_house("remind"):
        days = (0, 0, 6, 7, 20, 60)
        assert [remind_of_entries(today + timedelta(days=each)) for each in days] == [3, 0, 0, 1, 1, 0]
    with act_as(cast.coordinator.actor) as by:
        finish_entry(by=by, entry=due)
        assert "Luvut" not in [each.words for each in my_due(by)]


def test_who_sees_to_a_day_says_on_its_page_how_it_goes_and_ends_it_by_one_press(client_of: Callable[[Member], Client], cast: Cast) -> None:
    with act_as(cast.coordinator.actor) as by:
        form = EntryForm("due", "Luvut", timezone.localdate(), person=cast.adviser.someone)
        entry = add_entry(by=by, region=cast.here.region, form=form)
    url, adviser, others = f"/vuosikello/{entry.pk}", client_of(cast.adviser), client_of(cast.steering)
    assert adviser.submit(adviser.get(url), {"words": "Puolet koossa"}, form="tell").status_code == 302
    assert "Puolet koossa" in (shown := others.get(url).content.decode())
    assert 'id="finish"' not in shown
    assert others.post(f"{url}/valmis").status_code == 403
    assert adviser.submit(adviser.get(url), {}, form="finish").status_code == 302
    entry.refresh_from_db()
    assert entry.done_at is not None
    assert client_of(cast.coordinator).get(f"{url}/muokkaa").status_code == 200
    assert adviser.get(f"{url}/muokkaa").status_code == 403


def test_task_is_told_of_on_its_page(client_of: Callable[[Member], Client], cast: Cast, held: Meeting) -> None:
    member = Membership.objects.get(group=held.group_id, person=cast.adviser.person)
    with act_as(cast.coordinator.actor) as by:
        task = give_task(by=by, meeting=held, words="Tee", membership=member, due_day=timezone.localdate())
    browser, url = client_of(cast.adviser), f"/tehtavat/{task.pk}/"
    assert browser.submit(browser.get(url), {"words": "  "}, form="tell").status_code == 422
    assert browser.submit(browser.get(url), {"words": "Odotan tarjousta"}, form="tell").status_code == 302
    assert "Odotan tarjousta" in browser.get(url).content.decode()
