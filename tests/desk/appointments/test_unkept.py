"""A booked time counts as taken up only as long as it is kept: cancelled or missed by us, the first clock runs again and is counted."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from luukku.core.actor import HOUSE, Actor, act_as, act_as_house
from luukku.core.models import Event
from luukku.desk.access import get_case
from luukku.desk.actions.appointments.booking import book_for_case
from luukku.desk.actions.appointments.changing import cancel
from luukku.desk.actions.appointments.marking import met
from luukku.desk.actions.appointments.unkept import arm_missed
from luukku.desk.actions.talking import log_call
from luukku.desk.models import Appointment, BookableTimes, Clock, Leg
from tests.cast import Cast
from tests.desk.appointments.conftest import local


def runs() -> list[tuple[str, bool | None]]:
    return list(Clock.objects.filter(kind="taken-up").order_by("id").values_list("end", "kept"))


@pytest.fixture
def after(booked: Appointment) -> Callable[[int], datetime]:
    """`after(2)`: so many days after the meeting."""
    return lambda days: booked.ends_at + timedelta(days=days)


def missed(at: datetime) -> int:
    with act_as_house("test"):
        return arm_missed(by=HOUSE, at=at)


def test_booked_time_counts_as_taken_up(booked: Appointment) -> None:
    assert runs() == [("met", True)]
    assert Leg.objects.get().due_kind == "informed"


def test_time_that_we_cancel_starts_the_first_clock_again(booked: Appointment, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as by:
        cancel(by=by, appointment=booked)
    assert runs() == [("met", True), ("", None)]
    assert Leg.objects.get().due_kind == "taken-up"
    assert Event.objects.filter(action="case.time_unkept").count() == 1
    with act_as(cast.adviser.actor) as by:
        log_call(by=by, case=get_case(by, booked.case.number), body="Sovittiin muuta.")
    assert runs() == [("met", True), ("met", True)]


def test_new_time_names_somebody_again(booked: Appointment, times: BookableTimes, cast: Cast, monday: date) -> None:
    with act_as(cast.adviser.actor) as by:
        cancel(by=by, appointment=booked)
    with act_as(Actor("link", (booked.case.door_principal,))) as by:
        book_for_case(by=by, case=booked.case, times=times, starts_at=local(monday, 11))
    assert runs() == [("met", True), ("met", True)]


@pytest.mark.parametrize("how", ["she wished", "she did", "talked already", "other time"])
def test_first_clock_rests_where_the_customer_is_not_left_alone(
    booked: Appointment, times: BookableTimes, cast: Cast, monday: date, how: str
) -> None:
    by = Actor("link", (booked.case.door_principal,)) if how == "she did" else cast.adviser.actor
    with act_as(by):
        if how == "talked already":
            log_call(by=by, case=get_case(by, booked.case.number), body="Soitin.")
        if how == "other time":
            book_for_case(by=by, case=booked.case, times=times, starts_at=local(monday, 11))
        cancel(by=by, appointment=booked, wish="customer" if how == "she wished" else "us")
    assert [end for end, _ in runs()] == ["met"]


def test_time_that_nobody_marks_within_a_working_day_was_missed(booked: Appointment, after: Callable[[int], datetime]) -> None:
    assert missed(after(0)) == 0
    assert missed(after(0) + timedelta(hours=3)) == 0
    assert missed(after(2)) == 1
    assert missed(after(2)) == missed(after(3)) == 0  # once
    assert runs() == [("met", True), ("", None)]


def test_time_that_was_marked_or_cancelled_was_not_missed(booked: Appointment, cast: Cast, after: Callable[[int], datetime]) -> None:
    with act_as(cast.adviser.actor) as by:
        met(by=by, appointment=booked, at=after(0))
    assert missed(after(3)) == 0
    assert runs() == [("met", True)]


def test_adviser_who_says_later_that_they_met_ends_the_clock(booked: Appointment, cast: Cast, after: Callable[[int], datetime]) -> None:
    assert missed(after(2)) == 1
    with act_as(cast.adviser.actor) as by:
        met(by=by, appointment=booked, at=after(2) + timedelta(hours=1))
    assert runs() == [("met", True), ("met", True)]
