"""What happens to a booked time: moved, cancelled, too late, reminded, held, missed; absences and closing days."""

import uuid
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from luukku.core.actor import Actor, act_as, act_as_house
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.models import OutgoingMail
from luukku.core.months import ended_months
from luukku.core.registries import measures
from luukku.desk.access import get_appointment
from luukku.desk.actions.appointments import changing
from luukku.desk.actions.appointments.booking import agree, book_for_case
from luukku.desk.actions.appointments.changing import TooLate, cancel, move
from luukku.desk.actions.appointments.marking import did_not_come, met
from luukku.desk.actions.appointments.plan import Plan, TimeTaken, claim
from luukku.desk.actions.appointments.publishing import be_busy
from luukku.desk.actions.appointments.reminding import remind
from luukku.desk.actions.handling import assign
from luukku.desk.enums import AppointmentState, CaseState, MeetingPlace
from luukku.desk.models import Appointment, AppointmentPerson, BookableTimes, Case, Leg, Note
from luukku.desk.queries.week import monday_of, week
from luukku.network.actions.absences import enter_absence
from luukku.network.actions.seats import end_seat
from luukku.network.models import ClosingDay, Seat
from tests.cast import Cast, Member
from tests.desk.appointments.conftest import free_of, local
from tests.harness.client import Client

Publish = Callable[..., BookableTimes]
Book = Callable[..., Appointment]


def holder_of(appointment: Appointment) -> Actor:
    return Actor("link", (appointment.case.door_principal,))


def kinds() -> list[str]:
    return list(OutgoingMail.objects.order_by("id").values_list("kind", flat=True))


def test_customer_moves_her_time_and_the_old_one_is_free(booked: Appointment, times: BookableTimes, monday: date) -> None:
    with act_as(holder_of(booked)) as by:
        moved = move(by=by, appointment=booked, times=times, starts_at=local(monday, 11))
    assert (moved.sequence, moved.moves, moved.uid) == (1, 1, booked.uid)
    assert [slot.starts_at for slot in free_of(times)] == [local(monday, 9), local(monday, 10)]
    assert Leg.objects.get(case=booked.case_id).next_step_at == local(monday, 11)


def test_time_whose_people_change_while_it_is_moved_stays_where_it_was(
    booked: Appointment, times: BookableTimes, cast: Cast, monday: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    def claimed(*given: Any, **more: Any) -> Plan:
        found = claim(*given, **more)
        AppointmentPerson.objects.filter(appointment=booked).update(person=cast.desklead.someone)  # as another does at the same moment
        return found

    monkeypatch.setattr(changing, "claim", claimed)
    with act_as(holder_of(booked)) as by, pytest.raises(RuleBroken, match="Se, ketkä tulevat"):
        move(by=by, appointment=booked, times=times, starts_at=local(monday, 11))
    booked.refresh_from_db()
    assert booked.starts_at == local(monday, 9)


def test_moved_to_another_adviser_takes_the_first_ones_calendar_back(
    booked: Appointment, publish: Publish, cast: Cast, monday: date, run_jobs: Callable[..., int]
) -> None:
    other = publish(by=cast.desklead.actor, people=(cast.desklead.someone,), opens=time(13), closes=time(14))
    with act_as(holder_of(booked)) as by:
        move(by=by, appointment=booked, times=other, starts_at=local(monday, 13))
    facts = [(mail.facts["what"], mail.facts["person"]) for mail in OutgoingMail.objects.filter(kind="desk.appointment_staff").order_by("id")]
    assert facts[1:] == [("withdrawn", cast.adviser.someone.pk), ("moved", cast.desklead.someone.pk)]
    with act_as(cast.desklead.actor) as actor:
        assert [each.pk for each in get_appointment(actor, booked.pk).people.all()] == [cast.desklead.someone.pk]


def test_too_late_is_told_and_staff_cancel_for_her_late(booked: Appointment, cast: Cast, monday: date) -> None:
    late = local(monday, 6)
    with act_as(holder_of(booked)) as by, pytest.raises(TooLate):
        cancel(by=by, appointment=booked, at=late)
    with act_as(cast.adviser.actor) as actor:
        done = cancel(by=actor, appointment=booked, wish="customer", at=late)
    assert (done.state, done.cancelled_late, done.cancelled_by) == (AppointmentState.CANCELLED, True, "customer")
    assert kinds()[2:] == ["desk.appointment_cancelled", "desk.appointment_staff"]


def test_another_customers_link_changes_nothing(booked: Appointment, times: BookableTimes, book: Book, monday: date) -> None:
    other = book(times, local(monday, 10), name="Toinen")
    with act_as(holder_of(other)) as by:
        with pytest.raises(NotFound):
            cancel(by=by, appointment=booked)
        with pytest.raises(NotFound):
            move(by=by, appointment=booked, times=times, starts_at=local(monday, 11))
    booked.refresh_from_db()
    assert (booked.state, booked.moves) == (AppointmentState.BOOKED, 0)


def test_reminder_goes_once_the_day_before_and_not_for_what_was_booked_yesterday(
    booked: Appointment, times: BookableTimes, book: Book, monday: date
) -> None:
    day_before = local(monday - timedelta(days=1), 9)
    book(times, local(monday, 11), at=day_before - timedelta(hours=1))
    for moment in (day_before - timedelta(hours=3), day_before, day_before, day_before + timedelta(hours=1)):
        with act_as_house("test"):
            remind(moment)
    assert kinds().count("desk.appointment_reminder") == 1
    reminded = OutgoingMail.objects.filter(kind="desk.appointment_staff", facts__what="reminder", facts__appointment=booked.pk)
    assert list(reminded.values_list("facts__person", flat=True)) == [each.pk for each in booked.people.all()]
    booked.refresh_from_db()
    assert booked.reminded_at is not None


def test_meeting_held_keeps_the_customer_informed_and_leaves_a_note(booked: Appointment, cast: Cast, monday: date) -> None:
    with act_as(cast.adviser.actor) as actor:
        with pytest.raises(RuleBroken):
            met(by=actor, appointment=booked)
        met(by=actor, appointment=booked, note="Sovittiin laskelmista.", at=local(monday, 10))
    assert Appointment.objects.get().state == AppointmentState.KEPT
    assert Case.objects.get().state == CaseState.IN_PROGRESS
    assert Note.objects.get().body == "Sovittiin laskelmista."
    assert Leg.objects.get().next_step_at is None


def test_figures_count_what_became_of_the_times(times: BookableTimes, book: Book, cast: Cast, monday: date) -> None:
    first, second, third = (book(times, local(monday, hour)) for hour in (9, 10, 11))
    with act_as(cast.adviser.actor) as actor:
        met(by=actor, appointment=first, at=local(monday, 12))
        did_not_come(by=actor, appointment=second, at=local(monday, 12))
        cancel(by=actor, appointment=third, wish="customer", at=local(monday, 10))
    region, months = cast.here.region.pk, ended_months(2)
    monday_then = months.first + timedelta(days=(7 - months.first.weekday()) % 7)
    for hour in (12, 14):  # three would be too few to tell of
        for each in Appointment.objects.filter(pk__in=(first.pk, second.pk, third.pk)):
            each.pk, each.uid, each._state.adding = None, uuid.uuid4(), True
            each.starts_at = timezone.make_aware(datetime.combine(monday_then, time(hour)))
            each.ends_at = each.busy_until = each.starts_at + timedelta(hours=1)
            each.save()
    with act_as(cast.coordinator.actor):
        assert not Appointment.objects.exists()
        found = {name: measure.compute(region, months) for name, measure in measures.items() if name.startswith("desk.times_")}
    assert found["desk.times_booked"] == (6.0, 6)
    assert found["desk.times_held"] == found["desk.times_missed"] == (0.5, 4)
    assert found["desk.times_cancelled"] == (1 / 3, 6)
    assert found["desk.times_cancelled_late"] == (1 / 3, 6)
    assert found["desk.times_off_hours"] == (0.0, 4)
    assert measures["desk.days_to_first_time"].compute(region, months)[1] == 1


def test_absence_takes_times_away_and_what_is_booked_must_be_moved(booked: Appointment, times: BookableTimes, cast: Cast, monday: date) -> None:
    with act_as(cast.adviser.actor) as actor:
        be_busy(by=actor, person=cast.adviser.someone, starts_at=local(monday, 8), ends_at=local(monday, 10, 30))
        page = week(actor, monday_of(monday), people=[cast.adviser.someone.pk])
    assert [slot.starts_at for slot in free_of(times)] == [local(monday, 11)]
    assert [each.pk for each in page.must_move] == [booked.pk]
    with act_as(cast.desklead.actor) as actor:
        be_busy(by=actor, person=cast.adviser.someone, starts_at=local(monday, 13), ends_at=local(monday, 14))
        with pytest.raises(NotAllowed):  # serves at another desk
            be_busy(by=actor, person=cast.partner.someone, starts_at=local(monday, 8), ends_at=local(monday, 9))


def test_meeting_of_which_nobody_has_said_whether_it_was_held_is_asked_about(
    booked: Appointment, cast: Cast, client_of: Callable[[Member], Client]
) -> None:
    then = timezone.now() - timedelta(days=20)
    Appointment.objects.update(starts_at=then, ends_at=then + timedelta(hours=1), busy_until=then + timedelta(hours=1))
    for member, address in ((cast.adviser, "/ajat/"), (cast.desklead, "/ajat/?nayta=tiski")):
        page = client_of(member).get(address).content.decode()
        assert "Tapasitteko?" in page
        assert f"/ajat/varaus/{booked.pk}/pidetty" in page
    with act_as(cast.adviser.actor) as actor:
        met(by=actor, appointment=booked)
    assert "Tapasitteko?" not in client_of(cast.adviser).get("/ajat/").content.decode()


def test_lead_sees_on_her_desk_the_time_that_an_absence_has_fallen_on(
    booked: Appointment, cast: Cast, monday: date, client_of: Callable[[Member], Client]
) -> None:
    browser, heading = client_of(cast.desklead), "Varatut ajat, jotka on siirrettävä"
    assert heading not in browser.get("/tiskini/").content.decode()
    with act_as(cast.adviser.actor) as actor:
        enter_absence(by=actor, person=cast.adviser.someone, first_day=monday, last_day=monday, deputy=cast.desklead.someone)
    page = browser.get("/tiskini/").content.decode()
    assert heading in page
    assert f"/ajat/varaus/{booked.pk}/siirra" in page
    assert browser.get(f"/ajat/varaus/{booked.pk}/siirra").status_code == 200


def test_who_has_left_the_desk_is_offered_no_more_and_what_is_booked_must_be_moved(
    booked: Appointment, publish: Publish, times: BookableTimes, client: Client, cast: Cast, monday: date
) -> None:
    joint = publish(people=(cast.adviser.someone, cast.desklead.someone), opens=time(13), closes=time(16))
    others = publish(by=cast.desklead.actor, people=(cast.desklead.someone,), opens=time(17), closes=time(18))
    leg = Leg.objects.get(case=booked.case_id)
    with act_as(cast.desklead.actor) as actor:
        assign(by=actor, leg=leg, person=cast.desklead.someone)
        assert not week(actor, monday_of(monday), desks=[cast.here.desk.pk]).must_move
    with act_as(cast.admin.actor) as actor:
        end_seat(by=actor, seat=Seat.objects.get(person=cast.adviser.someone, organisation=cast.here.organisation))
    assert (free_of(times), free_of(joint)) == ([], [])
    assert [slot.starts_at for slot in free_of(others)] == [local(monday, 17)]
    page = client.get("/koskimaa/aika/").content.decode()
    assert ("17.00" in page, "10.00" in page) == (True, False)
    with act_as(cast.desklead.actor) as actor:
        assert [each.pk for each in week(actor, monday_of(monday), desks=[cast.here.desk.pk]).must_move] == [booked.pk]


def test_closing_day_takes_times_away(booked: Appointment, times: BookableTimes, cast: Cast, monday: date) -> None:
    ClosingDay.objects.create(desk=cast.here.desk, day=monday)
    assert free_of(times) == []
    with act_as(cast.adviser.actor) as actor:
        assert [each.pk for each in week(actor, monday_of(monday), people=[cast.adviser.someone.pk]).must_move] == [booked.pk]


def test_joint_time_is_free_only_when_all_are(publish: Publish, cast: Cast, book: Book, times: BookableTimes, monday: date) -> None:
    joint = publish(people=(cast.adviser.someone, cast.desklead.someone), opens=time(8), closes=time(11))
    assert len(free_of(joint)) == 3
    book(times, local(monday, 9))
    assert [slot.starts_at for slot in free_of(joint)] == [local(monday, 8), local(monday, 10)]
    taken = book(joint, local(monday, 10))
    assert {person.pk for person in taken.people.all()} == {cast.adviser.someone.pk, cast.desklead.someone.pk}
    assert [slot.starts_at for slot in free_of(times)] == [local(monday, 11)]


def test_agreed_time_is_refused_where_somebody_is_booked(booked: Appointment, case: Case, cast: Cast, monday: date) -> None:
    def plan(hour: int, minute: int) -> Plan:
        start = local(monday, hour, minute)
        end = start + timedelta(minutes=30)
        return Plan(cast.here.desk, (cast.adviser.someone,), start, end, end, start, MeetingPlace.PHONE)

    with act_as(cast.adviser.actor) as actor:
        with pytest.raises(RuleBroken):
            agree(by=actor, case=case, plan=plan(9, 50))  # the break after the booked one
        made = agree(by=actor, case=case, plan=plan(10, 0))
    assert made.times_id is None


def test_customer_books_at_desks_of_her_matter_only(
    case: Case, holder: Actor, publish: Publish, cast: Cast, times: BookableTimes, monday: date
) -> None:
    other = publish(by=cast.partner.actor, desk=cast.partner_desk, people=(cast.partner.someone,))
    with act_as(holder) as by:
        with pytest.raises(RuleBroken):
            book_for_case(by=by, case=case, times=other, starts_at=local(monday, 9))
        assert book_for_case(by=by, case=case, times=times, starts_at=local(monday, 9)).case_id == case.pk
        with pytest.raises(TimeTaken):
            book_for_case(by=by, case=case, times=times, starts_at=local(monday, 9))


def test_only_own_times_are_published_unless_one_leads(publish: Publish, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        publish(people=(cast.desklead.someone,))
    with pytest.raises(NotAllowed):
        publish(by=cast.outsider.actor, people=(cast.outsider.someone,))
    assert publish(by=cast.desklead.actor).pk
