"""Who may read a booked time, by raw SQL with every check of the application left out; and what a feed's address opens."""

from collections.abc import Callable
from typing import Any

import icalendar
import pytest
from django.db import DatabaseError, connection, transaction

from luukku.core.actor import PUBLIC, Actor, act_as
from luukku.desk.actions.appointments.feeds import end_feed, make_feed
from luukku.desk.models import Appointment, AppointmentPerson, BookableTimes
from tests.cast import Cast
from tests.desk.appointments.conftest import local
from tests.desk.test_walls import count, run
from tests.harness.client import Client
from tests.harness.counting import sql_count
from tests.harness.rfc5545 import problems

TABLES = ("desk_appointment", "desk_appointmentperson", "desk_calendarfeed")


@pytest.fixture
def full(booked: Appointment, cast: Cast) -> Appointment:
    with act_as(cast.adviser.actor) as actor:
        make_feed(by=actor, full=True)
    return booked


@pytest.mark.parametrize("name", ["outsider", "partner", "coordinator", "national", "admin", "steering", "editor", "area"])
def test_foreign_actor_reads_changes_and_deletes_nothing(full: Appointment, cast: Cast, name: str) -> None:
    with act_as(getattr(cast, name).actor):
        for table in TABLES:
            assert count(table) == 0, table
            assert run(f"update {table} set readers = wall.principals()") == 0, table
            assert run(f"delete from {table}") == 0, table


def test_without_an_actor_there_is_nothing(full: Appointment) -> None:
    with act_as(PUBLIC):
        assert {count(table) for table in TABLES} == {0}


def test_link_sees_its_own_time_and_no_other(full: Appointment, times: BookableTimes, book: Callable[..., Appointment]) -> None:
    other = book(times, name="Toinen")
    with act_as(Actor("link", (other.case.door_principal,))):
        assert list(Appointment.objects.values_list("pk", flat=True)) == [other.pk]
        assert AppointmentPerson.objects.count() == 1
        assert count("desk_calendarfeed") == 0


def test_colleagues_feed_is_hers_alone(full: Appointment, cast: Cast) -> None:
    with act_as(cast.desklead.actor):
        assert count("desk_calendarfeed") == 0
        assert count("desk_appointment") == 1


@pytest.mark.parametrize(
    "statement",
    [
        "insert into desk_appointmentperson (appointment_id, person_id, readers) values (%(appointment)s, %(person)s, '{}')",
        """insert into desk_appointment (case_id, desk_id, starts_at, ends_at, busy_until, change_until, place, address, video_link, state, cancelled_by,
        cancelled_late, moves, uid, sequence, created_at, changed_at, readers) values (%(case)s, %(desk)s, now(), now() + interval '1 hour',
        now() + interval '1 hour', now(), 'phone', '', '', 'booked', '', false, 0, gen_random_uuid(), 0, now(), now(), '{}')""",
        "insert into desk_calendarfeed (person_id, digest, is_full, created_at, readers) values (%(adviser)s, 'x', true, now(), '{}')",
    ],
)
def test_outsider_cannot_hang_herself_on_a_foreign_time_nor_a_time_on_a_foreign_case(full: Appointment, cast: Cast, statement: str) -> None:
    given = {
        "appointment": full.pk, "case": full.case_id, "person": cast.outsider.someone.pk, "desk": cast.there.desk.pk, "adviser": cast.adviser.someone.pk,
    }  # fmt: skip
    with act_as(cast.outsider.actor):
        with pytest.raises(DatabaseError, match=r"row-level security|one's own"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, given)
        assert not Appointment.objects.exists()


def test_busy_window_tells_when_and_not_whose(full: Appointment, cast: Cast) -> None:
    with act_as(PUBLIC), connection.cursor() as cursor:
        cursor.execute("select * from wall.desk_busy(%s, '{}', %s, %s, null)", [[cast.adviser.someone.pk], full.starts_at, full.ends_at])
        assert [column.name for column in cursor.description or ()] == ["person_id", "room_id", "starts", "ends"]
        assert cursor.fetchall() == [(cast.adviser.someone.pk, None, full.starts_at, full.busy_until)]


@pytest.mark.parametrize("full_feed", [True, False])
def test_feed_shows_times_without_customer_or_matter_until_it_is_taken_away(booked: Appointment, cast: Cast, client: Client, full_feed: bool) -> None:
    with act_as(cast.adviser.actor) as actor:
        token = make_feed(by=actor, full=full_feed)
    answer = client.get(f"/kalenteri/{token}.ics")
    text = answer.content.decode()
    assert problems(text) == []
    calendar: Any = icalendar.Calendar.from_ical(text)
    assert [event["DTSTART"].dt for event in calendar.walk("VEVENT")] == [booked.starts_at]
    assert ("Koskikatu" in text) is full_feed
    for secret in ("kahvila", "Kaisa", booked.case.number, "/s/"):
        assert secret not in text
    with act_as(cast.adviser.actor) as actor:
        end_feed(by=actor)
    assert client.get(f"/kalenteri/{token}.ics").status_code == 404
    assert client.get("/kalenteri/x.ics").status_code == 404


def test_pages_cost_a_fixed_number_of_statements(
    client: Client, publish: Callable[..., BookableTimes], client_of: Any, cast: Cast, monday: Any
) -> None:
    for hour in range(8, 8 + 5):
        publish(opens=local(monday, hour).time(), closes=local(monday, hour + 1).time())
    client.get("/koskimaa/aika/")
    with sql_count(at_most=13) as first:
        client.get("/koskimaa/aika/")
    for hour in range(13, 20):
        publish(opens=local(monday, hour).time(), closes=local(monday, hour + 1).time())
    with sql_count(first.number):
        client.get("/koskimaa/aika/")
    browser = client_of(cast.adviser)
    browser.get("/ajat/")
    with sql_count(at_most=16):
        browser.get("/ajat/")
