"""Fifty at once, with real commits: one gets the time, the others are told what is free instead."""

import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from datetime import time as clock
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from luukku.core.actor import PUBLIC, Actor, act_as
from luukku.desk.actions.appointments.booking import book_with_need
from luukku.desk.actions.appointments.changing import move
from luukku.desk.actions.appointments.plan import TimeTaken, claim, lock_hours, lock_time
from luukku.desk.actions.appointments.publishing import withdraw_times
from luukku.desk.actions.appointments.rooms import add_room
from luukku.desk.actions.appointments.three import book_three
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.handover.sending import Passing, hand_over
from luukku.desk.actions.intake import NeedForm
from luukku.desk.models import Appointment, BookableTimes, Case, Handover, Leg
from luukku.network.access import actor_of_person
from tests.cast import Cast, assemble
from tests.desk.appointments.conftest import local
from tests.desk.handover.conftest import plan_of_three
from tests.desk.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    return assemble()


def booker(times: BookableTimes, need: NeedForm, day: date, hour: int) -> Callable[[], Appointment]:
    return booking_at(times, need, local(day, hour))


def booking_at(times: BookableTimes, need: NeedForm, starts_at: datetime) -> Callable[[], Appointment]:
    def work() -> Appointment:
        with act_as(PUBLIC):
            chosen = BookableTimes.objects.select_related("desk__organisation", "desk__region", "room").get(pk=times.pk)
            return book_with_need(by=PUBLIC, times=chosen, starts_at=starts_at, need=need)

    return work


def patient(work: Callable[[], object], seconds: int = 8) -> Callable[[], object]:
    """The same, giving up when a lock has not come in time."""

    def waiting() -> object:
        with connection.cursor() as cursor:
            cursor.execute("select set_config('lock_timeout', %s, false)", [f"{seconds}s"])
        return work()

    return waiting


def withdraw(times: BookableTimes) -> BookableTimes:
    with act_as(actor_of_person(times.people.get().pk)) as by:
        return withdraw_times(by=by, times=times)


def test_of_fifty_at_once_one_gets_the_time_and_the_others_the_nearest(times: BookableTimes, need: Callable[..., NeedForm], monday: date) -> None:
    results = at_once(*[booker(times, need(name=f"Asiakas {n}"), monday, 9) for n in range(50)])
    assert sum(isinstance(each, Appointment) for each in results) == 1, results
    refused = [each for each in results if isinstance(each, TimeTaken)]
    assert len(refused) == 49, results
    assert all([slot.starts_at for slot in each.nearest] == [local(monday, 10), local(monday, 11)] for each in refused)
    assert Case.objects.count() == 1


def test_of_fifty_at_once_each_gets_a_time_of_her_own(
    cast: Cast, publish: Callable[..., BookableTimes], need: Callable[..., NeedForm], monday: date
) -> None:
    times = publish(opens=clock(8), closes=clock(16, 30), length=10, buffer=0)
    starts = [local(monday, 8) + timedelta(minutes=10 * n) for n in range(50)]
    results = at_once(*[booking_at(times, need(name=f"Asiakas {n}"), start) for n, start in enumerate(starts)])
    assert all(isinstance(each, Appointment) for each in results), results
    assert sorted(Appointment.objects.values_list("starts_at", flat=True)) == starts
    assert set(Leg.objects.values_list("handler", flat=True)) == {cast.adviser.someone.pk}


def test_who_books_other_hours_of_the_same_adviser_does_not_wait(times: BookableTimes, need: Callable[..., NeedForm], monday: date) -> None:
    """Who books the same hour, or takes the times back, does."""
    with transaction.atomic():
        lock_time(times, local(monday, 9))
        other, same = at_once(patient(booker(times, need(), monday, 10)), patient(booker(times, need(), monday, 9)))
        [taking_back] = at_once(patient(lambda: withdraw(times)))
    assert isinstance(other, Appointment), other
    assert isinstance(same, OperationalError), same
    assert isinstance(taking_back, OperationalError), taking_back


def test_who_books_minutes_that_two_meetings_share_waits_whenever_they_begin_and_end(times: BookableTimes, monday: date) -> None:
    people = list(times.people.all())

    def hours(first: datetime, last: datetime) -> Callable[[], object]:
        def work() -> None:
            with transaction.atomic():
                lock_hours(people, first, last)

        return patient(work, seconds=2)

    at = local(monday, 10)
    with transaction.atomic():
        lock_hours(people, at, at + timedelta(minutes=50))
        shared, next_quarter = at_once(
            hours(at + timedelta(minutes=45), at + timedelta(minutes=90)), hours(at + timedelta(minutes=60), at + timedelta(minutes=90))
        )
    assert isinstance(shared, OperationalError), shared
    assert next_quarter is None


def test_times_taken_back_meanwhile_are_booked_no_more(times: BookableTimes, need: Callable[..., NeedForm], monday: date) -> None:
    read_before = BookableTimes.objects.get(pk=times.pk)
    withdraw(times)
    with act_as(PUBLIC), pytest.raises(TimeTaken):
        book_with_need(by=PUBLIC, times=read_before, starts_at=local(monday, 9), need=need())
    assert not Case.objects.exists()


def test_without_the_turns_the_constraints_refuse_and_the_nearest_are_told(
    times: BookableTimes, need: Callable[..., NeedForm], monday: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("luukku.desk.actions.appointments.plan.lock_hours", lambda *_: None)
    gate = threading.Barrier(4)

    def claim_together(*args: Any, **kwargs: Any) -> Any:
        found = claim(*args, **kwargs)
        gate.wait(timeout=20)  # all of them have seen it free
        return found

    monkeypatch.setattr("luukku.desk.actions.appointments.booking.claim", claim_together)
    results = at_once(*[booker(times, need(name=f"Asiakas {n}"), monday, 9) for n in range(4)])
    assert sum(isinstance(each, Appointment) for each in results) == 1, results
    refused = [each for each in results if isinstance(each, TimeTaken)]
    assert len(refused) == 3, results
    assert all([slot.starts_at for slot in each.nearest] == [local(monday, 10), local(monday, 11)] for each in refused)
    assert Case.objects.count() == 1


def test_two_movers_to_one_time_leave_the_other_where_it_was(times: BookableTimes, need: Callable[..., NeedForm], monday: date) -> None:
    first, second = (booker(times, need(), monday, hour)() for hour in (9, 10))

    def moving(each: Appointment) -> Callable[[], object]:
        def work() -> object:
            with act_as(Actor("link", (each.case.door_principal,))) as by:
                return move(by=by, appointment=each, times=times, starts_at=local(monday, 11))

        return work

    results = at_once(moving(first), moving(second))
    assert sum(isinstance(each, TimeTaken) for each in results) == 1, results
    starts = sorted(Appointment.objects.values_list("starts_at", flat=True))
    assert local(monday, 11) in starts
    assert len(set(starts)) == 2


def test_two_advisers_in_one_room_are_not_booked_at_once(
    cast: Cast, publish: Callable[..., BookableTimes], need: Callable[..., NeedForm], monday: date
) -> None:
    with act_as(cast.adviser.actor) as actor:
        room = add_room(by=actor, organisation=cast.here.organisation, name="Iso neuvotteluhuone")
    hers = publish(room=room)
    lead = publish(by=cast.desklead.actor, people=(cast.desklead.someone,), room=room)
    results = at_once(*[booker(times, need(), monday, 9) for times in (hers, lead) for _ in range(4)])
    assert sum(isinstance(each, Appointment) for each in results) == 1, results
    assert sum(isinstance(each, TimeTaken) for each in results) == 7, results


@pytest.mark.parametrize("column", ["person", "room"])
def test_database_itself_refuses_what_the_lock_would_have_let_through(
    cast: Cast, publish: Callable[..., BookableTimes], need: Callable[..., NeedForm], monday: date, column: str
) -> None:
    """No action of ours in between: bare statements as the owner."""
    with act_as(cast.adviser.actor) as actor:
        room = add_room(by=actor, organisation=cast.here.organisation, name="Huone")
    times = publish(room=room)
    nine, ten = (booker(times, need(), monday, hour)() for hour in (9, 10))
    with connection.cursor() as cursor:
        if column == "room":
            cursor.execute("delete from desk_appointmentperson where appointment_id = %s", [ten.pk])
        else:
            cursor.execute("update desk_appointment set room_id = null")
    statement = "update desk_appointment set starts_at = %s, ends_at = %s, busy_until = %s where id = %s"
    with pytest.raises(IntegrityError, match=f"{column}_never_double_booked"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [nine.starts_at, nine.ends_at, nine.busy_until, ten.pk])


def test_two_who_book_the_three_at_once_make_one_meeting(send: Callable[..., Case], cast: Cast, monday: date) -> None:
    with act_as(cast.adviser.actor) as actor:
        leg = take_up(by=actor, leg=Leg.objects.get(case=send()))
        handover = hand_over(by=actor, leg=leg, passing=Passing(reason="Vienti", consent="phone", to_desk=cast.partner_desk))

    def booking(hour: int) -> Callable[[], object]:
        def work() -> object:
            with act_as(cast.adviser.actor) as by:
                return book_three(by=by, handover=handover, plan=plan_of_three(cast, local(monday, hour)))

        return work

    results = at_once(booking(13), booking(14))
    assert all(isinstance(each, Appointment) for each in results), results
    meeting = Appointment.objects.get()
    assert Handover.objects.get().meeting_at == meeting.starts_at
