"""The whole walk of a customer without scripts: from the region's times to a booked one, moved, cancelled."""

from collections.abc import Callable
from datetime import date
from typing import Any

import icalendar
from django.core import mail

from luukku.core.actor import act_as
from luukku.customers.models import Contact
from luukku.desk.access.links import first_token
from luukku.desk.actions.appointments.marking import did_not_come
from luukku.desk.enums import AppointmentState, Canceller, MeetingPlace
from luukku.desk.models import Appointment, BookableTimes
from tests.cast import Cast, Member
from tests.desk.appointments.conftest import free_of, local
from tests.harness.client import Client

GIVEN = {"words": "Mietin sukupolvenvaihdosta.", "name": "Maija Mökki", "municipality": "901", "email": "maija@customer.example"}


def key_of(times: BookableTimes, hour: int, day: date) -> str:
    return next(slot.key for slot in free_of(times) if slot.starts_at == local(day, hour))


def invitations() -> list[tuple[str, Any]]:
    """Receiver and calendar part of each mail that has left, in order."""
    found = []
    for message in mail.outbox:
        part = next(part for part in message.message().walk() if part.get_content_type() == "text/calendar")
        held: Any = part.get_payload(decode=True)
        calendar = icalendar.Calendar.from_ical(held)
        assert part.get_param("method") == calendar["METHOD"]
        found.append((message.to[0], calendar))
    return found


def test_customer_books_moves_and_cancels_by_herself(
    client: Client, cast: Cast, times: BookableTimes, monday: date, run_jobs: Callable[..., int]
) -> None:
    page = client.get("/koskimaa/aika/")
    assert "Koskikatu 1" in page.content.decode()
    form = client.get(f"/koskimaa/aika/varaa/?aika={key_of(times, 10, monday)}")
    answer = client.submit(form, GIVEN, form="booking", follow=True)
    assert answer.status_code == 200, answer.content.decode()
    booked = Appointment.objects.get()
    here = answer.redirect_chain[-1][0]
    assert "Aikasi on varattu" in answer.content.decode()
    run_jobs("luukku.core.tasks.send_mail")
    assert [(to, str(each["METHOD"])) for to, each in invitations()] == [
        ("maija@customer.example", "REQUEST"), ("adviser@cast.example", "REQUEST")]  # fmt: skip

    moving = client.get(f"{here}siirra/?aika={key_of(times, 9, monday)}")
    assert client.submit(moving, form="booking").status_code == 302
    run_jobs("luukku.core.tasks.send_mail")
    client.submit(client.get(f"{here}peru/"), form="cancel")
    run_jobs("luukku.core.tasks.send_mail")
    booked.refresh_from_db()
    assert (booked.state, booked.cancelled_by, booked.cancelled_late, booked.moves) == (AppointmentState.CANCELLED, Canceller.CUSTOMER, False, 1)
    hers = [each for to, each in invitations() if to == "maija@customer.example"]
    events: list[Any] = [each.walk("VEVENT")[0] for each in hers]
    assert [str(each["METHOD"]) for each in hers] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [int(event["SEQUENCE"]) for event in events] == [0, 1, 2]
    assert len({str(event["UID"]) for event in events}) == 1
    assert [event["DTSTART"].dt for event in events[:2]] == [local(monday, 10), local(monday, 9)]
    assert all(line[:1] not in (":", ".", ",") for message in mail.outbox for line in str(message.body).splitlines())
    assert "sukupolven" not in str([message.message().as_string() for message in mail.outbox])
    assert len(free_of(times)) == 3


def test_taken_time_offers_the_nearest_and_keeps_what_was_typed(
    client: Client, cast: Cast, times: BookableTimes, monday: date, book: Callable[..., Appointment]
) -> None:
    form = client.get(f"/koskimaa/aika/varaa/?aika={key_of(times, 10, monday)}")
    book(times, local(monday, 10))
    answer: Any = client.submit(form, GIVEN, form="booking")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Mietin sukupolvenvaihdosta." in text
    assert "Maija Mökki" in text
    again = client.submit(answer, form="booking")
    assert again.status_code == 302
    assert sorted(Appointment.objects.values_list("starts_at", flat=True)) == [local(monday, 9), local(monday, 10)]


def test_who_did_not_come_finds_the_way_to_a_new_time(client: Client, cast: Cast, times: BookableTimes, booked: Appointment) -> None:
    with act_as(cast.adviser.actor) as by:
        did_not_come(by=by, appointment=booked, at=booked.ends_at)
    here = f"/s/{first_token(booked.case)}/aika/"
    page = client.get(f"{here}{booked.pk}/").content.decode()
    assert "Et tullut" in page
    assert f'href="{here}"' in page


def test_time_taken_while_moving_leads_back_to_moving(
    client: Client, cast: Cast, times: BookableTimes, booked: Appointment, monday: date, book: Callable[..., Appointment]
) -> None:
    here = f"/s/{first_token(booked.case)}/aika/{booked.pk}/"
    moving = client.get(f"{here}siirra/?aika={key_of(times, 10, monday)}")
    book(times, local(monday, 10), email="toinen@customer.example", phone="040 555 0112")
    page = client.submit(moving, form="booking").content.decode()
    assert f'href="{here}siirra/"' in page
    assert f'href="/s/{first_token(booked.case)}/aika/"' not in page  # there a second one would be booked
    book(times, local(monday, 11), email="kolmas@customer.example", phone="040 555 0113")
    last = client.submit(moving, form="booking").content.decode()
    assert "Kirjoita meille" in last
    assert "<ul" not in last.partition("<main")[2].partition("</main>")[0]


def test_staff_move_keeps_what_was_agreed_and_a_taken_time_is_told_where_one_chooses(
    times: BookableTimes, booked: Appointment, monday: date, book: Callable[..., Appointment], cast: Cast, client_of: Callable[[Member], Client]
) -> None:
    booked.place, booked.video_link = MeetingPlace.VIDEO, "https://video.example/oma"
    booked.save()
    browser = client_of(cast.adviser)
    page, taken = browser.get(f"/ajat/varaus/{booked.pk}/siirra"), key_of(times, 10, monday)
    assert "https://video.example/oma" in page.content.decode()
    book(times, local(monday, 10), email="toinen@customer.example", phone="040 555 0112")
    answer = browser.submit(page, {"slot": taken}, form="free", follow=True)
    assert answer.redirect_chain[-1][0] == f"/ajat/varaus/{booked.pk}/siirra"
    assert "Valitse toinen" in answer.content.decode()
    assert browser.submit(answer, {"slot": key_of(times, 11, monday)}, form="free").status_code == 302
    booked.refresh_from_db()
    assert booked.starts_at == local(monday, 11)


def test_week_of_a_year_that_is_none_shows_this_week(cast: Cast, client_of: Callable[[Member], Client]) -> None:
    browser = client_of(cast.adviser)
    assert all(browser.get(f"/ajat/?viikko={day}").status_code == 200 for day in ("0001-01-01", "9999-12-31", "x"))


def test_page_of_a_time_says_by_what_she_has_heard_of_it(client: Client, booked: Appointment) -> None:
    here = f"/s/{first_token(booked.case)}/aika/{booked.pk}/"
    assert "Lähetimme kutsun osoitteeseen kaisa@customer.example" in client.get(here).content.decode()
    Contact.objects.update(way="phone")
    assert "Toivot, että sinulle soitetaan" in client.get(here).content.decode()
    Contact.objects.update(email="")
    assert "Et antanut sähköpostiosoitetta" in client.get(here).content.decode()
