"""Premises have opening hours of their own, evenings and weekends too, and customers read when they are open."""

from collections.abc import Callable
from datetime import date, datetime, time

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from luukku.core.errors import NotAllowed
from luukku.core.worktime import Hours, parse_hours
from luukku.network.actions.desks import add_closing_day, set_day_hours, set_hours
from luukku.network.models import OpeningHours, Premises
from luukku.network.queries.calendars import Calendars
from luukku.network.queries.history import organisation_history
from luukku.network.queries.place_hours import forget_place_hours, hours_of_place
from tests.cast import Cast, Member
from tests.harness.client import Client
from tests.network.fixtures import SqlCount

pytestmark = pytest.mark.django_db
MONDAY = date(2027, 3, 1)


def week(*days: str) -> list[Hours]:
    return [parse_hours(each) for each in (*days, *("",) * (7 - len(days)))]


def at(day: int, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(MONDAY.replace(day=day), time(hour)))


@pytest.fixture
def place(cast: Cast) -> Premises:
    """Open on weekdays, longer on Tuesday, and on Saturday."""
    made: Premises = Premises.objects.create(
        organisation=cast.here.organisation, name="Yritystalo", municipality=cast.here.municipality, hours_text_fi="Lauantaisin ajanvarauksella"
    )
    with time_machine.travel(at(1, 8), tick=False):
        set_hours(by=cast.admin.actor, owner=made, week=week("9-16", "9-12, 17-20", "9-16", "9-16", "9-16", "10-13"))
    return made


@pytest.mark.parametrize(
    ("day", "hour", "closes", "opens"),
    [
        (1, 10, at(1, 16), None),
        (2, 13, None, at(2, 17)),
        (2, 18, at(2, 20), None),
        (5, 17, None, at(6, 10)),
        (6, 12, at(6, 13), None),
        (6, 14, None, at(8, 9)),
    ],
)
def test_it_is_told_whether_it_is_open_and_when_next(place: Premises, day: int, hour: int, closes: datetime | None, opens: datetime | None) -> None:
    found = hours_of_place(place, at(day, hour))
    assert found is not None
    assert (found.closes_at, found.opens_at) == (closes, opens)
    assert "10:00" in found.week


def test_closing_days_holidays_and_days_of_their_own_count(cast: Cast, place: Premises) -> None:
    with time_machine.travel(at(1, 8), tick=False):
        add_closing_day(by=cast.admin.actor, owner=place, day=date(2027, 3, 2))
        set_day_hours(by=cast.admin.actor, owner=place, day=date(2027, 3, 7), hours=parse_hours("12-14"))
        found = hours_of_place(place, at(2, 10))
        assert found is not None
        assert (found.opens_at, len(found.unusual)) == (at(3, 9), 2)
        sunday = hours_of_place(place, at(7, 13))
        assert sunday is not None
        assert sunday.closes_at == at(7, 14)
    good_friday = hours_of_place(place, timezone.make_aware(datetime(2027, 3, 26, 10)))
    assert good_friday is not None
    assert good_friday.closes_at is None


def test_without_hours_only_the_words_are_shown(cast: Cast, place: Premises) -> None:
    set_hours(by=cast.admin.actor, owner=place, week=week())
    assert hours_of_place(place) is None
    assert place.hours_text == "Lauantaisin ajanvarauksella"


def test_hours_of_all_places_cost_one_statement_and_then_none(cast: Cast, place: Premises, sql_count: SqlCount) -> None:
    forget_place_hours()
    with sql_count(at_most=1):
        for _ in range(3):
            hours_of_place(place)


def test_hours_of_a_place_are_no_working_time_of_its_region(cast: Cast, place: Premises) -> None:
    calendar = Calendars().of_region(cast.here.region.pk)
    assert not calendar.week[5]


def test_a_place_is_the_third_kind_of_owner_and_one_only(cast: Cast, place: Premises) -> None:
    hours = {"weekday": 1, "opens": time(9), "closes": time(12)}
    for owners in ({}, {"region": cast.here.region, "premises": place}, {"desk": cast.here.desk, "premises": place}):
        with pytest.raises(IntegrityError), transaction.atomic():
            OpeningHours.objects.create(**hours, **owners)


def test_others_do_not_set_its_hours(cast: Cast, place: Premises) -> None:
    for member in (cast.adviser, cast.partner, cast.coordinator, cast.outsider):
        with pytest.raises(NotAllowed):
            set_hours(by=member.actor, owner=place, week=week("9-16"))


def test_head_sets_hours_on_screen_and_the_public_and_the_table_show_them(
    cast: Cast, place: Premises, client: Client, client_of: Callable[[Member], Client]
) -> None:
    browser = client_of(cast.admin)
    address = reverse("network:premises-hours", args=[place.pk])
    wrong = browser.submit(browser.get(address), {"day_0": "yhdeksästä"})
    assert wrong.status_code == 422
    assert "yhdeksästä" in wrong.content.decode()
    assert browser.submit(browser.get(address), {"day_6": "12-15"}).status_code == 302
    front = client.get("/koskimaa/").content.decode()
    assert "Yritystalo" in front
    assert "su klo" in front.replace("\xa0", " ")
    assert "Lauantaisin ajanvarauksella" in front
    table = browser.get(reverse("network:premises-table")).content.decode()
    assert "Yritystalo" in table
    assert "12\u2060–\u206015" in table
    assert any("12.00" in field.after or "12:00" in field.after for change in organisation_history(cast.here.organisation) for field in change.fields)
