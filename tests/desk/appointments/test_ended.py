"""What is booked for a matter that ends: nobody waits for a customer who needs no more help."""

from collections.abc import Callable
from datetime import date, timedelta

from django.core import mail
from django.urls import reverse

from luukku.core.actor import Actor, act_as
from luukku.core.models import OutgoingMail
from luukku.desk.access.links import first_token
from luukku.desk.actions.appointments.booking import book_for_case
from luukku.desk.actions.customer import withdraw
from luukku.desk.actions.ending import OutcomeForm, not_for_us, settle
from luukku.desk.actions.legs import add_leg
from luukku.desk.models import Appointment, AppointmentPerson, BookableTimes, Leg
from tests.cast import Cast, Member
from tests.desk.appointments.conftest import free_of, local
from tests.harness.client import Client


def state_of(appointment: Appointment) -> tuple[str, str]:
    appointment.refresh_from_db()
    return appointment.state, appointment.cancelled_by


def test_customer_who_needs_no_more_help_is_told_and_her_hours_are_free(
    booked: Appointment, times: BookableTimes, client: Client, run_jobs: Callable[..., int], monday: date
) -> None:
    run_jobs("luukku.core.tasks.send_mail")
    mail.outbox.clear()
    page = client.get(f"/s/{first_token(booked.case)}/peru/")
    assert "perutaan samalla" in page.content.decode()
    client.submit(page, form="withdraw")
    run_jobs("luukku.core.tasks.send_mail")
    assert state_of(booked) == ("cancelled", "customer")
    assert [slot.starts_at for slot in free_of(times)] == [local(monday, hour) for hour in (9, 10, 11)]
    told = {message.to[0]: message for message in mail.outbox}
    assert sorted(told) == ["adviser@cast.example", "kaisa@customer.example"]
    assert all("METHOD:CANCEL" in message.message().as_string() or "method=CANCEL" in message.message().as_string() for message in mail.outbox)
    hers = str(told["kaisa@customer.example"].body)
    assert "kukaan ei odota sinua" in hers
    assert "pysyy avoinna" not in hers


def test_settled_matter_takes_its_coming_time_off_and_says_so_before(booked: Appointment, cast: Cast, client_of: Callable[[Member], Client]) -> None:
    leg = Leg.objects.get(case=booked.case_id)
    browser = client_of(cast.adviser)
    for act in ("settle", "not_for_us"):
        assert "samalla poistuu varattu aika" in browser.get(reverse(f"desk:{act}", args=(booked.case.number, leg.pk))).content.decode().lower(), act
    with act_as(cast.adviser.actor) as by:
        settle(by=by, case=booked.case, outcomes=[OutcomeForm("advice")], words="Selvisi puhelimessa.")
    assert state_of(booked) == ("cancelled", "us")
    assert list(OutgoingMail.objects.order_by("id").values_list("kind", flat=True))[-3:] == [
        "desk.appointment_cancelled", "desk.appointment_staff", "desk.settled"]  # fmt: skip


def test_time_stays_while_another_part_goes_on_and_when_it_has_begun(booked: Appointment, times: BookableTimes, cast: Cast, monday: date) -> None:
    first = Leg.objects.get(case=booked.case_id)
    with act_as(cast.adviser.actor) as by:
        add_leg(by=by, leg=first, need="Toinen osa")
        settle(by=by, case=booked.case, leg=first, outcomes=[OutcomeForm("advice")], words="Tämä osa on valmis.")
        assert state_of(booked) == ("booked", "")
        later = book_for_case(by=by, case=booked.case, times=times, starts_at=local(monday, 11))
        not_for_us(by=by, case=booked.case, guidance="Kysykää kunnasta.", at=booked.starts_at + timedelta(minutes=5))
    assert (state_of(booked), state_of(later)) == (("booked", ""), ("cancelled", "us"))


def test_time_of_a_part_that_ends_is_off_where_nobody_goes_on_with_it(booked: Appointment, cast: Cast, client_of: Callable[[Member], Client]) -> None:
    first = Leg.objects.get(case=booked.case_id)
    with act_as(cast.adviser.actor) as by:
        add_leg(by=by, leg=first, need="Toinen osa")
    Leg.objects.filter(case=booked.case_id).exclude(pk=first.pk).update(desk=cast.partner_desk)
    page = client_of(cast.adviser).get(reverse("desk:settle", args=(booked.case.number, first.pk))).content.decode()
    assert "samalla poistuu varattu aika" in page.lower()
    with act_as(cast.adviser.actor) as by:
        settle(by=by, case=booked.case, leg=first, outcomes=[OutcomeForm("advice")], words="Tämä osa on valmis.")
    assert state_of(booked) == ("cancelled", "us")


def test_time_to_which_somebody_comes_whose_part_goes_on_stays(booked: Appointment, cast: Cast) -> None:
    first = Leg.objects.get(case=booked.case_id)
    with act_as(cast.adviser.actor) as by:
        add_leg(by=by, leg=first, need="Toinen osa")
    Leg.objects.filter(case=booked.case_id).exclude(pk=first.pk).update(desk=cast.partner_desk)
    AppointmentPerson.objects.filter(appointment=booked).update(person=cast.partner.someone)
    with act_as(cast.adviser.actor) as by:
        settle(by=by, case=booked.case, leg=first, outcomes=[OutcomeForm("advice")], words="Tämä osa on valmis.")
    assert state_of(booked) == ("booked", "")


def test_withdrawing_by_the_link_alone_is_allowed_past_the_limit_and_counted_as_late(booked: Appointment, monday: date) -> None:
    with act_as(Actor("link", (booked.case.door_principal,))) as by:
        withdraw(by=by, case=booked.case, at=local(monday, 8))
    assert state_of(booked) == ("cancelled", "customer")
    assert booked.cancelled_late
