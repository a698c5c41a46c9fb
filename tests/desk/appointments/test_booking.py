"""A published time is booked: with a new matter, once, and by nobody else."""

import uuid
from collections.abc import Callable
from datetime import date

import pytest

from luukku.core.actor import PUBLIC, act_as
from luukku.core.models import OutgoingMail
from luukku.desk.access.links import first_token, link_actor
from luukku.desk.actions.appointments.plan import TimeTaken
from luukku.desk.enums import CaseState, Channel
from luukku.desk.models import Appointment, BookableTimes, Case, Leg
from tests.cast import Cast
from tests.desk.appointments.conftest import free_of, local


def test_published_stretch_is_cut_into_times(times: BookableTimes, monday: date) -> None:
    assert [slot.starts_at for slot in free_of(times)] == [local(monday, 9), local(monday, 10), local(monday, 11)]


def test_booking_makes_a_case_that_the_adviser_holds(booked: Appointment, cast: Cast, monday: date) -> None:
    case = Case.objects.get(pk=booked.case_id)
    leg = Leg.objects.get(case=case)
    assert (case.channel, case.state, leg.handler, leg.next_step_at) == (
        Channel.APPOINTMENT,
        CaseState.TAKEN_UP,
        cast.adviser.person,
        local(monday, 9),
    )
    assert list(OutgoingMail.objects.order_by("id").values_list("kind", flat=True)) == ["desk.appointment_booked", "desk.appointment_staff"]


def test_booked_time_is_free_for_nobody_else_and_the_nearest_are_told(
    booked: Appointment, times: BookableTimes, book: Callable[..., Appointment], monday: date
) -> None:
    assert [slot.starts_at for slot in free_of(times)] == [local(monday, 10), local(monday, 11)]
    with pytest.raises(TimeTaken) as refused:
        book(times, local(monday, 9), name="Toinen")
    assert [slot.starts_at for slot in refused.value.nearest] == [local(monday, 10), local(monday, 11)]
    assert Case.objects.count() == 1


def test_same_form_twice_books_once(times: BookableTimes, book: Callable[..., Appointment], monday: date) -> None:
    key = str(uuid.uuid4())
    first = book(times, local(monday, 9), key=key)
    assert book(times, local(monday, 9), key=key).pk == first.pk
    assert Case.objects.count() == 1


def test_time_that_was_never_published_cannot_be_booked(times: BookableTimes, book: Callable[..., Appointment], monday: date) -> None:
    with pytest.raises(TimeTaken):
        book(times, local(monday, 9, 30))


def test_link_reads_her_booked_time_and_the_public_none(booked: Appointment) -> None:
    with act_as(PUBLIC):
        holder = link_actor(first_token(Case(door_principal=booked.case.door_principal, created_at=booked.case.created_at)))
        assert Appointment.objects.count() == 0
    assert holder is not None
    with act_as(holder):
        assert Appointment.objects.count() == 1
