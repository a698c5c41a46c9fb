"""A warm handover's meeting of three is a booked time of both advisers."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from luukku.core.actor import act_as
from luukku.core.errors import RuleBroken
from luukku.core.models import OutgoingMail
from luukku.desk.actions.appointments.plan import Plan
from luukku.desk.actions.appointments.three import book_three
from luukku.desk.enums import MeetingPlace
from luukku.desk.models import Appointment, Handover
from tests.cast import Cast
from tests.desk.appointments.conftest import local
from tests.desk.handover.conftest import hand, mine

__all__ = ("hand", "mine")


def plan(cast: Cast, day: date, hour: int) -> Plan:
    start = local(day, hour)
    end = start + timedelta(minutes=45)
    return Plan(cast.here.desk, (cast.adviser.someone, cast.partner.someone), start, end, end, start, MeetingPlace.PHONE)


def test_meeting_of_three_is_booked_moved_and_makes_the_handover_warm(hand: Callable[..., Handover], cast: Cast, monday: date) -> None:
    handover = hand(to_desk=cast.partner_desk)
    with act_as(cast.adviser.actor) as by:
        made = book_three(by=by, handover=handover, plan=plan(cast, monday, 13))
        handover.refresh_from_db()
        assert handover.is_warm
        moved = book_three(by=by, handover=handover, plan=plan(cast, monday, 14))
    assert moved.pk == made.pk
    assert Appointment.objects.get().starts_at == local(monday, 14)
    told = OutgoingMail.objects.filter(kind="desk.appointment_staff").values_list("facts__person", flat=True)
    assert set(told) == {cast.adviser.someone.pk, cast.partner.someone.pk}
    with act_as(cast.partner.actor):
        assert Appointment.objects.count() == 1


def test_meeting_of_three_needs_both_sides(hand: Callable[..., Handover], cast: Cast, monday: date) -> None:
    handover = hand(to_desk=cast.partner_desk)
    alone = plan(cast, monday, 13)
    with act_as(cast.adviser.actor) as by, pytest.raises(RuleBroken):
        book_three(by=by, handover=handover, plan=Plan(**vars(alone) | {"people": (cast.adviser.someone,)}))
