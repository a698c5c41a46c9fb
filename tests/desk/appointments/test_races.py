"""Fifty at once, with real commits: one gets the time, the others are told what is free instead."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from luukku.core.actor import PUBLIC, Actor, act_as
from luukku.desk.actions.appointments.booking import book_with_need
from luukku.desk.actions.appointments.changing import move
from luukku.desk.actions.appointments.plan import TimeTaken
from luukku.desk.actions.appointments.publishing import add_room
from luukku.desk.actions.appointments.three import book_three
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.handover.sending import Passing, hand_over
from luukku.desk.actions.intake import NeedForm
from luukku.desk.models import Appointment, BookableTimes, Case, Handover, Leg
from tests.cast import Cast, assemble
from tests.desk.appointments.conftest import local
from tests.desk.handover.conftest import plan_of_three
from tests.desk.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    return assemble()


def booker(times: BookableTimes, need: NeedForm, day: date, hour: int) -> Callable[[], Appointment]:
    def work() -> Appointment:
        with act_as(PUBLIC):
            chosen = BookableTimes.objects.select_related("desk__organisation", "desk__region", "room").get(pk=times.pk)
            return book_with_need(by=PUBLIC, times=chosen, starts_at=local(day, hour), need=need)

    return work


def test_of_fifty_at_once_one_gets_the_time_and_the_others_the_nearest(times: BookableTimes, need: Callable[..., NeedForm], monday: date) -> None:
    results = at_once(*[booker(times, need(name=f"Asiakas {n}"), monday, 9) for n in range(50)])
    assert sum(isinstance(each, Appointment) for each in results) == 1, results
    refused = [each for each in results if isinstance(each, TimeTaken)]
    assert len(refused) == 49, results
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
