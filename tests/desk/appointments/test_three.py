"""A warm handover's meeting of three is a booked time of both advisers."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from email import message_from_bytes

import pytest
from django.core import mail as outbox
from django.core.mail import EmailMessage as DjangoMessage
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse

from luukku.core.actor import Actor, act_as, act_as_house
from luukku.core.errors import RuleBroken
from luukku.core.models import Event, OutgoingMail
from luukku.desk.access.links import first_token
from luukku.desk.actions.appointments.changing import cancel, move, move_freely
from luukku.desk.actions.appointments.editing import change_times
from luukku.desk.actions.appointments.marking import did_not_come, met
from luukku.desk.actions.appointments.plan import Plan, TimeTaken
from luukku.desk.actions.appointments.publishing import TimesForm, be_busy
from luukku.desk.actions.appointments.three import book_three
from luukku.desk.actions.handover.receiving import decline
from luukku.desk.actions.handover.sending import Outside
from luukku.desk.actions.parting import decline_all, move_open_legs
from luukku.desk.models import Appointment, BookableTimes, Handover
from luukku.desk.queries.network_figures import Cell, handover_matrix, wrong_counts
from luukku.network.models import Person
from tests.cast import Cast, Member
from tests.desk.appointments.conftest import local
from tests.desk.conftest import WORDS
from tests.desk.handover.conftest import hand, mine, plan_of_three
from tests.desk.handover.test_figures import settle_triggers
from tests.harness.client import Client
from tests.harness.jobs import run_jobs
from tests.harness.rfc5545 import problems

__all__ = ("hand", "mine")


def plan(cast: Cast, day: date, hour: int, *people: Person) -> Plan:
    return plan_of_three(cast, local(day, hour), *people)


def test_meeting_of_three_is_booked_moved_and_stands_on_the_handover(hand: Callable[..., Handover], cast: Cast, monday: date) -> None:
    handover = hand(to_desk=cast.partner_desk)
    with act_as(cast.adviser.actor) as by:
        made = book_three(by=by, handover=handover, plan=plan(cast, monday, 13))
        handover.refresh_from_db()
        assert handover.has_meeting
        moved = book_three(by=by, handover=handover, plan=plan(cast, monday, 14))
    assert moved.pk == made.pk
    assert Appointment.objects.get().starts_at == local(monday, 14)
    told = OutgoingMail.objects.filter(kind="desk.appointment_staff").values_list("facts__person", flat=True)
    assert set(told) == {cast.adviser.someone.pk, cast.partner.someone.pk}
    with act_as(cast.partner.actor):
        assert Appointment.objects.count() == 1


def test_meeting_of_three_needs_both_sides(hand: Callable[..., Handover], cast: Cast, monday: date) -> None:
    handover = hand(to_desk=cast.partner_desk)
    two_of_one = plan(cast, monday, 13, cast.adviser.someone, cast.desklead.someone)
    for alone in (plan(cast, monday, 13, cast.adviser.someone), two_of_one):
        with act_as(cast.adviser.actor) as by, pytest.raises(RuleBroken, match="kummaltakin"):
            book_three(by=by, handover=handover, plan=alone)
    assert not Appointment.objects.exists()


@pytest.fixture
def three(hand: Callable[..., Handover], cast: Cast, monday: date) -> Appointment:
    """The three meet on Monday at 13."""
    handover = hand(to_desk=cast.partner_desk)
    with act_as(cast.adviser.actor) as by:
        return book_three(by=by, handover=handover, plan=plan(cast, monday, 13))


def test_handover_is_warm_only_when_all_three_came(three: Appointment, cast: Cast) -> None:
    cells = []
    for mark in ("booked", "held", "receiver away", "no show", "held"):
        with act_as(cast.adviser.actor) as by:
            if mark in ("held", "receiver away"):
                met(by=by, appointment=three, all_came=mark == "held", at=three.ends_at)
            elif mark == "no show":
                did_not_come(by=by, appointment=three, at=three.ends_at)
        with act_as(cast.coordinator.actor) as by:
            settle_triggers()
            cell = sum_of(handover_matrix(by, cast.here.region, date(2020, 1, 1), date(2040, 1, 1), outside="-").cells.values())
        cells.append((Handover.objects.get().is_warm, cell))
    assert cells == [(False, 0), (True, 1), (False, 0), (False, 0), (True, 1)]
    assert wrong_counts() == []


def sum_of(cells: Iterable[Cell]) -> int:
    return sum(each.warm for each in cells)


def test_marking_a_meeting_of_three_asks_whether_all_came(three: Appointment, client_of: Callable[[Member], Client], cast: Cast) -> None:
    back = {name: F(name) - timedelta(days=60) for name in ("starts_at", "ends_at", "busy_until")}
    Appointment.objects.update(**back)
    browser = client_of(cast.adviser)
    url = reverse("desk:held", args=[three.pk])
    form = browser.get(url)
    assert "Kaikki kolme olivat paikalla" in form.content.decode()
    browser.submit(form, {"all_came": []})
    assert not Handover.objects.get().is_warm
    browser.submit(browser.get(url), {})
    assert Handover.objects.get().is_warm


def customer_of(appointment: Appointment) -> Actor:
    return Actor("link", (appointment.case.door_principal,))


def told(person: Member) -> list[str]:
    mails = OutgoingMail.objects.filter(kind="desk.appointment_staff", facts__person=person.someone.pk).order_by("id")
    return [mail.facts["what"] for mail in mails]


def busy(cast: Cast, starts_at: datetime, ends_at: datetime) -> None:
    with act_as(cast.partner.actor) as actor:
        be_busy(by=actor, person=cast.partner.someone, starts_at=starts_at, ends_at=ends_at)


def test_customer_moves_the_three_to_a_time_that_suits_both(three: Appointment, times: BookableTimes, cast: Cast, monday: date) -> None:
    busy(cast, local(monday, 9), local(monday, 10))
    with act_as(customer_of(three)) as by:
        with pytest.raises(TimeTaken) as refused:
            move(by=by, appointment=three, times=times, starts_at=local(monday, 9))
        assert [slot.starts_at for slot in refused.value.nearest] == [local(monday, 10), local(monday, 11)]
        moved = move(by=by, appointment=three, times=times, starts_at=local(monday, 10))
    assert {person.pk for person in moved.people.all()} == {cast.adviser.someone.pk, cast.partner.someone.pk}
    assert Handover.objects.get().meeting_at == local(monday, 10)
    assert told(cast.adviser)[-1] == told(cast.partner)[-1] == "moved"


def test_three_do_not_move_to_somebody_elses_time(three: Appointment, publish: Callable[..., BookableTimes], cast: Cast, monday: date) -> None:
    lead = publish(by=cast.desklead.actor, people=(cast.desklead.someone,))
    with act_as(customer_of(three)) as by, pytest.raises(RuleBroken):
        move(by=by, appointment=three, times=lead, starts_at=local(monday, 9))
    three.refresh_from_db()
    assert three.starts_at == local(monday, 13)


def test_pages_offer_only_times_that_suit_both_and_else_a_message(
    three: Appointment, times: BookableTimes, cast: Cast, monday: date, client: Client
) -> None:
    pick = f"/s/{first_token(three.case)}/aika/{three.pk}/siirra/"
    busy(cast, local(monday, 9), local(monday, 10))
    shown = client.get(pick).content.decode()
    assert "Pekka Partner" in shown
    assert shown.count("?aika=") == 2
    busy(cast, local(monday, 10), local(monday, 13))
    shown = client.get(pick).content.decode()
    assert "?aika=" not in shown
    assert "#write" in shown


@pytest.mark.parametrize("who", ["customer", "adviser"])
def test_cancelled_meeting_makes_the_handover_warm_no_more_and_both_are_told(three: Appointment, cast: Cast, who: str) -> None:
    with act_as(customer_of(three) if who == "customer" else cast.adviser.actor) as by:
        cancel(by=by, appointment=three)
    assert not Handover.objects.get().has_meeting
    assert told(cast.adviser)[-1] == told(cast.partner)[-1] == "cancelled"
    assert Event.objects.filter(action="handover.meeting_off").count() == 1


@pytest.mark.parametrize("who", ["passer", "receiver"])
def test_meeting_of_three_goes_back_to_two_when_an_organisation_leaves_the_region(three: Appointment, cast: Cast, who: str) -> None:
    with act_as_house("an organisation leaves the region") as by:
        if who == "receiver":
            assert len(decline_all(by=by, desk=cast.partner_desk, next_desk=cast.here.desk)) == 1
        else:
            assert move_open_legs(by=by, from_desk=cast.here.desk, to_desk=cast.partner_desk) == 1
    handover = Handover.objects.get()
    assert not handover.is_warm
    assert handover.closed_at is not None
    assert told(cast.partner)[-1] == "withdrawn"


def test_staff_who_leave_one_adviser_out_make_it_a_meeting_of_two(three: Appointment, cast: Cast, monday: date) -> None:
    alone = plan(cast, monday, 15, cast.adviser.someone)
    with act_as(cast.adviser.actor) as by:
        move_freely(by=by, appointment=three, plan=alone)
    assert not Handover.objects.get().has_meeting
    assert told(cast.partner)[-1] == "withdrawn"


def test_handover_is_not_warm_by_a_time_that_nobody_booked(hand: Callable[..., Handover], cast: Cast, monday: date) -> None:
    handover = hand(to_desk=cast.partner_desk)
    with pytest.raises(IntegrityError, match="handover_warm_is_booked"), transaction.atomic():
        Handover.objects.filter(pk=handover.pk).update(meeting_at=local(monday, 13))


def test_meeting_is_booked_only_when_the_customer_has_agreed(hand: Callable[..., Handover], cast: Cast, monday: date) -> None:
    handover = hand(to_desk=cast.partner_desk, consent="page")
    with act_as(cast.adviser.actor) as by, pytest.raises(RuleBroken, match="kun asiakas"):
        book_three(by=by, handover=handover, plan=plan(cast, monday, 13))


def test_receiver_who_declines_comes_no_more_and_the_handover_is_not_warm(three: Appointment, cast: Cast) -> None:
    handover = Handover.objects.get()
    with act_as(cast.partner.actor) as by:
        decline(by=by, handover=handover, reason="Ei", next_words="Muualle")
    handover.refresh_from_db()
    assert not handover.has_meeting
    assert [person.pk for person in three.people.all()] == [cast.adviser.someone.pk]
    assert told(cast.partner)[-1] == "withdrawn"
    assert Event.objects.get(action="handover.declined").facts["warm"] is False


def calendar_in(sent: DjangoMessage) -> str:
    """The calendar that a mail carries, with its lines ended as they are on the wire; empty for none."""
    for part in message_from_bytes(sent.message().as_bytes()).walk():
        if part.get_content_type() == "text/calendar":
            return "\r\n".join(bytes(part.get_payload(decode=True)).decode().splitlines()) + "\r\n"
    return ""


def test_outside_organisation_gets_the_invitation_and_hears_of_every_change(hand: Callable[..., Handover], cast: Cast, monday: date) -> None:
    handover = hand(outside=Outside("Käsityöläiset", "neuvonta@kasityo.example"))
    with act_as(cast.adviser.actor) as by:
        made = book_three(by=by, handover=handover, plan=plan(cast, monday, 13, cast.adviser.someone))
        assert Handover.objects.get().has_meeting
        book_three(by=by, handover=handover, plan=plan(cast, monday, 14, cast.adviser.someone))
        run_jobs("luukku.core.tasks.send_mail")
        cancel(by=by, appointment=made)
    assert not Handover.objects.get().has_meeting
    run_jobs("luukku.core.tasks.send_mail")
    mails = OutgoingMail.objects.filter(kind="desk.handover_meeting").order_by("id")
    assert [mail.facts["what"] for mail in mails] == ["booked", "moved", "cancelled"]
    sent = [each for each in outbox.outbox if each.to == ["neuvonta@kasityo.example"]]
    calendars = [calendar for each in sent if (calendar := calendar_in(each))]
    assert ["METHOD:CANCEL" in calendar for calendar in calendars] == [False, False, True]
    assert [problems(calendar) for calendar in calendars] == [[], [], []]
    assert not [each for each in sent if WORDS in each.body]


def test_outside_organisation_hears_of_another_place(hand: Callable[..., Handover], times: BookableTimes, cast: Cast, monday: date) -> None:
    handover = hand(outside=Outside("Käsityöläiset", "neuvonta@kasityo.example"))
    with act_as(cast.adviser.actor) as by:
        made = book_three(by=by, handover=handover, plan=plan(cast, monday, 13, cast.adviser.someone))
        move(by=by, appointment=made, times=times, starts_at=local(monday, 9))
        names = ("desk", "first_day", "opens", "closes", "length", "buffer", "place")
        form = TimesForm(**{name: getattr(times, name) for name in names}, people=(cast.adviser.someone,), address="Kirjasto, 2. kerros")
        change_times(by=by, times=times, form=form)
    mails = OutgoingMail.objects.filter(kind="desk.handover_meeting").order_by("id")
    assert [mail.facts["what"] for mail in mails] == ["booked", "moved", "moved"]
    assert Handover.objects.get().has_meeting


def test_page_of_a_handover_offers_to_book_the_three(
    hand: Callable[..., Handover], cast: Cast, monday: date, client_of: Callable[[Member], Client]
) -> None:
    handover = hand(to_desk=cast.partner_desk, to_person=cast.partner.someone)
    browser, page = client_of(cast.adviser), reverse("desk:handover", kwargs={"pk": handover.pk})
    assert f"{page}tapaaminen" in browser.get(page).content.decode()
    form = browser.get(f"{page}tapaaminen")
    given = {"day": monday.isoformat(), "hour": "13:00", "length": "45", "place": "phone"}
    assert browser.submit(form, given).status_code == 302
    handover.refresh_from_db()
    assert handover.has_meeting
    assert handover.meeting is not None
    assert {person.pk for person in handover.meeting.people.all()} == {cast.adviser.someone.pk, cast.partner.someone.pk}
    assert 'value="13:00"' in browser.get(f"{page}tapaaminen").content.decode()
    assert f"{page}tapaaminen" not in client_of(cast.partner).get(page).content.decode()
