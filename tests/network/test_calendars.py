"""Regions' and desks' hours as promises are counted in them, and the command that counts."""

import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from luukku.core.actor import HOUSE
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.worktime import CLOSED, OFFICE_WEEK, format_hours, parse_hours, working_minutes_between
from luukku.network.actions.desks import add_closing_day, remove_closing_day, set_day_hours, set_hours
from luukku.network.actions.load_reference import load_reference
from luukku.network.models import OpeningDay, OpeningHours, Region
from luukku.network.queries.calendars import desk_calendar, own_week, region_calendar
from tests.cast import Cast, Member
from tests.harness.client import Client
from tests.network.fixtures import SqlCount

WEEK = [*[parse_hours("8-16")] * 4, parse_hours("8.30-12, 13-19"), parse_hours("10-24"), CLOSED]


def promise(*arguments: str) -> str:
    out = StringIO()
    call_command("promise", *arguments, stdout=out)
    return out.getvalue()


def test_region_without_hours_serves_weekdays_8_to_16(cast: Cast) -> None:
    assert region_calendar(cast.here.region.pk).week == OFFICE_WEEK
    assert own_week(cast.here.region) is None


def test_hours_are_kept_to_the_minute_and_midnight_too(cast: Cast) -> None:
    set_hours(by=cast.coordinator.actor, owner=cast.here.region, week=WEEK)
    assert list(region_calendar(cast.here.region.pk).week) == WEEK
    assert own_week(cast.here.region) == tuple(WEEK)


def test_desk_keeps_its_regions_hours_until_it_has_its_own(cast: Cast) -> None:
    set_hours(by=HOUSE, owner=cast.here.region, week=WEEK)
    assert list(desk_calendar(cast.here.desk).week) == WEEK
    own = [parse_hours("9-15")] * 5 + [CLOSED] * 2
    set_hours(by=cast.coordinator.actor, owner=cast.here.desk, week=own)
    assert list(desk_calendar(cast.here.desk).week) == own
    assert list(desk_calendar(cast.partner_desk).week) == WEEK
    set_hours(by=HOUSE, owner=cast.here.desk, week=[CLOSED] * 7)
    assert list(desk_calendar(cast.here.desk).week) == WEEK


def test_desk_is_closed_on_its_own_and_its_regions_closing_days(cast: Cast) -> None:
    year = timezone.localdate().year + 1
    add_closing_day(by=HOUSE, owner=cast.here.region, day=date(year, 3, 2))
    own = add_closing_day(by=HOUSE, owner=cast.here.desk, day=date(year, 3, 3), reason="Muutto")
    assert desk_calendar(cast.here.desk).closing_days == {date(year, 3, 2), date(year, 3, 3)}
    assert desk_calendar(cast.partner_desk).closing_days == {date(year, 3, 2)}
    remove_closing_day(by=HOUSE, closing_day=own)
    assert desk_calendar(cast.here.desk).closing_days == {date(year, 3, 2)}


def test_calendar_costs_three_statements(cast: Cast, sql_count: SqlCount) -> None:
    set_hours(by=HOUSE, owner=cast.here.region, week=WEEK)
    with sql_count(1):
        desk_calendar(cast.here.desk)


def test_region_cannot_be_left_without_hours(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="at least one day"):
        set_hours(by=cast.coordinator.actor, owner=cast.here.region, week=[CLOSED] * 7)


def test_closing_day_must_be_ahead_and_once(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="passed"):
        add_closing_day(by=HOUSE, owner=cast.here.region, day=date(2020, 1, 1))
    day = date(timezone.localdate().year + 1, 3, 2)
    add_closing_day(by=HOUSE, owner=cast.here.region, day=day)
    with pytest.raises(RuleBroken, match="already"):
        add_closing_day(by=HOUSE, owner=cast.here.region, day=day)


def test_only_those_entitled_set_hours(cast: Cast) -> None:
    for member in (cast.adviser, cast.outsider, cast.steering, cast.area, cast.national):
        with pytest.raises(NotAllowed):
            set_hours(by=member.actor, owner=cast.here.region, week=WEEK)
        with pytest.raises(NotAllowed):
            set_hours(by=member.actor, owner=cast.here.desk, week=WEEK)
    assert not OpeningHours.objects.exists()


def test_history_keeps_hours_that_were_taken_away(cast: Cast) -> None:
    set_hours(by=HOUSE, owner=cast.here.region, week=WEEK)
    set_hours(by=HOUSE, owner=cast.here.region, week=OFFICE_WEEK)
    labels = OpeningHours.pgh_event_model.objects.values_list("pgh_label", flat=True)  # type: ignore[attr-defined]
    assert sorted(set(labels)) == ["delete", "insert"]


@pytest.mark.django_db
def test_promise_counts_in_the_regions_calendar() -> None:
    load_reference(by=HOUSE)
    arguments = ("--region", "suupohja", "--from", "2026-12-23T15:10", "--working-days", "2", "--json")
    assert json.loads(promise(*arguments)) == {"due": "2026-12-29T15:10:00+02:00"}
    set_hours(by=HOUSE, owner=Region.objects.get(code="suupohja"), week=[*[parse_hours("9-15")] * 6, CLOSED])
    assert json.loads(promise(*arguments)) == {"due": "2026-12-30T09:00:00+02:00"}


@pytest.mark.django_db
def test_promise_answers_before_the_network_is_loaded() -> None:
    assert promise("--region", "suupohja", "--from", "2026-12-23T13:10Z", "--working-days", "2").strip() == "2026-12-29 15:10"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--region", "nowhere", "--from", "2026-12-23T15:10"), "no region 'nowhere'"),
        (("--region", "suupohja", "--from", "Christmas"), "Not a moment"),
        (("--region", "suupohja", "--from", "2026-12-23T15:10", "--working-days", "-1"), "negative"),
        (("--region", "suupohja", "--from", "2226-12-23T15:10"), "1970–2100"),
    ],
)
def test_promise_says_what_is_wrong(arguments: tuple[str, ...], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        promise(*arguments)


def test_hours_are_shown_as_people_write_them() -> None:
    assert [format_hours(day) for day in WEEK[3:6]] == ["8–16", "8.30–12, 13–19", "10–24"]


def saturday() -> date:
    """A Saturday ahead that is no holiday eve."""
    return date(timezone.localdate().year + 1, 8, 1) + timedelta(days=(5 - date(timezone.localdate().year + 1, 8, 1).weekday()) % 7)


def test_desk_that_keeps_its_regions_hours_is_open_on_its_open_saturday_and_one_with_its_own_is_not(cast: Cast) -> None:
    set_hours(by=HOUSE, owner=cast.partner_desk, week=[parse_hours("9-15")] * 5 + [CLOSED] * 2)
    set_day_hours(by=cast.coordinator.actor, owner=cast.here.region, day=saturday(), hours=parse_hours("10-14"), reason="Avoimet ovet")
    assert format_hours(desk_calendar(cast.here.desk).day(saturday()).hours) == "10–14"
    assert desk_calendar(cast.partner_desk).day(saturday()).hours == CLOSED
    assert (
        working_minutes_between(desk_calendar(cast.here.desk), *(timezone.make_aware(datetime.combine(saturday(), time(hour))) for hour in (0, 23)))
        == 4 * 60
    )


def test_desks_own_word_of_a_day_wins_over_its_regions(cast: Cast) -> None:
    day = saturday() + timedelta(days=2)
    add_closing_day(by=HOUSE, owner=cast.here.region, day=day)
    set_day_hours(by=HOUSE, owner=cast.here.desk, day=day, hours=parse_hours("12-14"))
    assert format_hours(desk_calendar(cast.here.desk).day(day).hours) == "12–14"
    assert desk_calendar(cast.partner_desk).day(day).hours == CLOSED
    set_day_hours(by=HOUSE, owner=cast.here.region, day=saturday(), hours=parse_hours("10-14"))
    add_closing_day(by=HOUSE, owner=cast.partner_desk, day=saturday())
    assert desk_calendar(cast.partner_desk).day(saturday()).hours == CLOSED
    set_day_hours(by=HOUSE, owner=cast.here.desk, day=day, hours=CLOSED)
    assert desk_calendar(cast.here.desk).day(day).hours == CLOSED


def test_day_is_either_closed_or_has_hours_and_lies_ahead(cast: Cast) -> None:
    set_day_hours(by=HOUSE, owner=cast.here.region, day=saturday(), hours=parse_hours("10-14"))
    with pytest.raises(RuleBroken, match="of its own"):
        add_closing_day(by=HOUSE, owner=cast.here.region, day=saturday())
    add_closing_day(by=HOUSE, owner=cast.here.desk, day=saturday())
    with pytest.raises(RuleBroken, match="closing day"):
        set_day_hours(by=HOUSE, owner=cast.here.desk, day=saturday(), hours=parse_hours("10-14"))
    with pytest.raises(RuleBroken, match="passed"):
        set_day_hours(by=HOUSE, owner=cast.here.region, day=date(2020, 1, 4), hours=parse_hours("10-14"))
    with pytest.raises(NotAllowed):
        set_day_hours(by=cast.adviser.actor, owner=cast.here.region, day=saturday(), hours=CLOSED)


def test_open_saturday_is_set_on_the_page_of_hours_and_told_on_the_regions_page(
    cast: Cast, client_of: Callable[[Member], Client], client: Client
) -> None:
    today = timezone.localdate()
    day = today + timedelta(days=(5 - today.weekday()) % 7 or 7)
    browser, place = client_of(cast.coordinator), f"/verkosto/seudut/{cast.here.region.code}/ajat"
    typed = {"open_day": day.isoformat(), "hours": "10-14", "open_reason": "Avoimet ovet"}
    assert browser.submit(browser.get(place), typed, form="opening").status_code == 302
    shown = client.get(f"/{cast.here.region.code}/").content.decode()
    assert "Poikkeuksellisesti" in shown
    assert "10\u2060–\u206014" in shown
    assert browser.post(place, {"take_back": day.isoformat()}).status_code == 302
    assert not OpeningDay.objects.exists()
