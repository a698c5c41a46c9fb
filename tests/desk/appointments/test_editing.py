"""Published times are changed and taken back; monthly ones; visiting desks and remote points."""

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from typing import Any

import icalendar
import pytest
from django.core import mail
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luukku.core.actor import PUBLIC, act_as
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.models import OutgoingMail
from luukku.core.worktime.finland import days_off
from luukku.desk.access.links import first_token
from luukku.desk.actions.appointments import editing
from luukku.desk.actions.appointments.changing import cancel
from luukku.desk.actions.appointments.editing import change_times, take_back_times
from luukku.desk.actions.appointments.publishing import TimesForm
from luukku.desk.actions.points import PointForm, close_point, edit_point, open_point
from luukku.desk.models import Appointment, BookableTimes, ServicePoint
from luukku.desk.queries.free import bookable
from luukku.desk.queries.points import near_you
from luukku.desk.queries.slots import Pattern
from tests.cast import Cast, Member
from tests.desk.appointments.conftest import free_of, local, next_monday
from tests.harness.client import Client


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def form_of(times: BookableTimes, **fields: Any) -> TimesForm:
    given = {name: getattr(times, name) for name in ("desk", "first_day", "opens", "closes", "length", "buffer", "place", "address")}
    return TimesForm(**given | {"people": tuple(times.people.all())} | fields)


def mails(kind: str) -> int:
    return OutgoingMail.objects.filter(kind=kind).count()


def test_shortened_times_keep_what_fits_and_tell_kindly_who_does_not(times: BookableTimes, book: Callable[..., Appointment], cast: Cast) -> None:
    day = next_monday()
    early, late = book(times, local(day, 9)), book(times, local(day, 11), phone="040 555 0111", email="toinen@customer.example")
    with act_as(cast.adviser.actor) as by:
        told = change_times(by=by, times=times, form=form_of(times, closes=time(11)))
    assert (told.cancelled, told.moved, told.others) == (1, 0, 0)
    early.refresh_from_db()
    late.refresh_from_db()
    assert (early.state, late.state, late.cancelled_by) == ("booked", "cancelled", "us")
    assert mails("desk.appointment_cancelled") == 1
    assert [slot.starts_at for slot in free_of(times)] == [local(day, 10)]


def test_another_place_is_told_and_the_hour_stays(times: BookableTimes, book: Callable[..., Appointment], cast: Cast) -> None:
    made = book(times)
    with act_as(cast.adviser.actor) as by:
        told = change_times(by=by, times=times, form=form_of(times, address="Kirjasto, 2. kerros", length=30))
    assert (told.cancelled, told.moved) == (0, 1)
    before, sequence = made.starts_at, made.sequence
    made.refresh_from_db()
    assert (made.address, made.starts_at, made.sequence) == ("Kirjasto, 2. kerros", before, sequence + 1)
    assert made.ends_at - made.starts_at == timedelta(minutes=45)
    assert mails("desk.appointment_moved") == 1


def test_another_place_reaches_the_advisers_calendar_too_and_is_told_as_a_place(
    times: BookableTimes, book: Callable[..., Appointment], cast: Cast, run_jobs: Callable[..., int]
) -> None:
    book(times)
    run_jobs("luukku.core.tasks.send_mail")
    mail.outbox.clear()
    with act_as(cast.adviser.actor) as by:
        change_times(by=by, times=times, form=form_of(times, address="Kirjasto, 2. kerros"))
    run_jobs("luukku.core.tasks.send_mail")
    assert sorted(message.to[0] for message in mail.outbox) == ["adviser@cast.example", "kaisa@customer.example"]
    assert all("Varatun aikasi paikka on vaihtunut" in message.subject for message in mail.outbox)
    for message in mail.outbox:
        part = next(part for part in message.message().walk() if part.get_content_type() == "text/calendar")
        held: Any = part.get_payload(decode=True)
        event: Any = icalendar.Calendar.from_ical(held).walk("VEVENT")[0]
        assert ("Kirjasto" in str(event["LOCATION"]), int(event["SEQUENCE"])) == (True, 1)


def test_time_that_ends_at_midnight_is_published_and_stays_when_its_evening_is_changed(
    publish: Callable[..., BookableTimes], book: Callable[..., Appointment], cast: Cast
) -> None:
    evening = publish(opens=time(22), closes=time(23, 59), length=120, buffer=0)  # until midnight, for which a field of time has no word
    made = book(evening)
    assert made.ends_at == local(next_monday() + timedelta(days=1), 0)
    with act_as(cast.adviser.actor) as by:
        told = change_times(by=by, times=evening, form=form_of(evening, notice_hours=2))
    made.refresh_from_db()
    assert (told.cancelled, made.state) == (0, "booked")


def test_time_that_is_cancelled_while_its_place_is_changed_stays_cancelled(
    times: BookableTimes, book: Callable[..., Appointment], cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, read = book(times), editing.booked_of

    def read_then_cancelled(*args: Any) -> list[Appointment]:
        found = read(*args)
        cancel(by=cast.desklead.actor, appointment=made)
        return found

    monkeypatch.setattr(editing, "booked_of", read_then_cancelled)
    with act_as(cast.adviser.actor) as by:
        told = change_times(by=by, times=times, form=form_of(times, address="Kirjasto, 2. kerros"))
    made.refresh_from_db()
    assert (made.state, told.moved, told.others) == ("cancelled", 0, 0)
    assert mails("desk.appointment_moved") == 0


def test_moved_to_another_day_takes_the_booked_time_off(times: BookableTimes, book: Callable[..., Appointment], cast: Cast) -> None:
    made = book(times)
    with act_as(cast.desklead.actor) as by:
        change_times(by=by, times=times, form=form_of(times, first_day=next_monday() + timedelta(days=1)))
    made.refresh_from_db()
    assert made.state == "cancelled"


def test_withdrawn_times_keep_what_is_booked_unless_it_is_taken_off_too(
    publish: Callable[..., BookableTimes], book: Callable[..., Appointment], cast: Cast
) -> None:
    for cancels, state in ((False, "booked"), (True, "cancelled")):
        times = publish(opens=time(9) if cancels else time(13), closes=time(12) if cancels else time(16))
        made = book(times, phone=f"040 555 09{cancels:02}", email=f"a{cancels}@customer.example")
        with act_as(cast.adviser.actor) as by:
            told = take_back_times(by=by, times=times, cancels=cancels)
        made.refresh_from_db()
        assert (made.state, told.cancelled) == (state, int(cancels))
        assert free_of(times) == []


def test_only_its_own_desk_changes_times_and_wrong_ones_change_nothing(times: BookableTimes, cast: Cast) -> None:
    for member in (cast.partner, cast.outsider, cast.coordinator):
        with act_as(member.actor) as by, pytest.raises(NotAllowed):
            change_times(by=by, times=times, form=form_of(times, closes=time(11)))
    with act_as(cast.adviser.actor) as by:
        with pytest.raises(RuleBroken) as broken:
            change_times(by=by, times=times, form=form_of(times, closes=time(8)))
        assert broken.value.field == "closes"
        take_back_times(by=by, times=times, cancels=False)
        with pytest.raises(RuleBroken):
            change_times(by=by, times=times, form=form_of(times))


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine
@given(weekday=st.integers(0, 6), weeks=st.sets(st.integers(1, 5), min_size=1), year=st.integers(2026, 2030), month=st.integers(1, 12))
def test_weeks_of_a_month_are_its_first_to_fourth_and_last_weekdays(weekday: int, weeks: set[int], year: int, month: int) -> None:
    pattern = Pattern(frozenset({weekday}), date(2026, 1, 1), None, time(9), time(10), 60, 0, frozenset(weeks))
    days = [date(year, month, 1) + timedelta(days=n) for n in range(31)]
    same = [day for day in days if day.month == month and day.weekday() == weekday]
    wanted = {same[number - 1] for number in weeks if number < 5} | ({same[-1]} if 5 in weeks else set())
    assert {day for day in same if pattern.runs_on(day)} == wanted - set(days_off(year))


@pytest.fixture
def point(cast: Cast) -> ServicePoint:
    with act_as(cast.adviser.actor) as by:
        form = PointForm("visiting", cast.here.municipality, "Kunnantalo", "Koskitie 1", {"fi": "Soita ovikelloa"})
        return open_point(by=by, keeper=cast.here.organisation, region=cast.here.region, form=form)


def test_visiting_desk_on_the_first_tuesday_is_shown_near_you_and_can_be_booked(
    point: ServicePoint, publish: Callable[..., BookableTimes], client: Client, cast: Cast
) -> None:
    publish(first_day=timezone.localdate(), weekdays=(1,), weeks=(1,), opens=time(10), closes=time(14), point=point, address="")
    (near,) = near_you(cast.here.region)
    assert near.next_day.weekday() == 1
    assert near.next_day.day <= 7
    assert (near.name, near.times.municipality, near.times.place) == ("Kunnantalo", cast.here.municipality, "visiting")
    assert near.first is not None
    code = cast.here.municipality.code
    for address in ("/koskimaa/", "/koskimaa/lahella/", f"/koskimaa/lahella/{code}/"):
        assert "Kunnantalo" in client.get(address).content.decode(), address
    assert "Koskitie 1" in client.get(f"/koskimaa/lahella/{code}/").content.decode()
    assert client.get("/koskimaa/lahella/999/").status_code == 404


def test_screen_of_a_remote_point_is_never_booked_twice(cast: Cast, publish: Callable[..., BookableTimes], book: Callable[..., Appointment]) -> None:
    with act_as(cast.coordinator.actor) as by, pytest.raises(NotAllowed):
        open_point(by=by, keeper=cast.there.organisation, region=cast.there.region, form=PointForm("visiting", cast.there.municipality, "Muualla"))
    with act_as(cast.adviser.actor) as by:
        form = PointForm("remote-point", cast.here.municipality, "Kirjasto")
        remote = open_point(by=by, keeper=cast.here.organisation, region=cast.here.region, form=form)
    link = {"point": remote, "video_link": "https://video.example/a", "address": ""}
    first = publish(**link)
    second = publish(by=cast.partner.actor, desk=cast.partner_desk, people=(cast.partner.someone,), **link)
    assert first.room == second.room == remote.room
    before = len(free_of(second))
    made = book(first)
    assert made.place == "remote-point"
    assert len(free_of(bookable().get(pk=second.pk))) == before - 1
    without = form_of(first, point=remote, video_link="")
    with act_as(cast.adviser.actor) as by, pytest.raises(RuleBroken):
        change_times(by=by, times=first, form=without)


def test_point_is_edited_by_its_keepers_and_closed_only_when_nothing_is_published_there(
    point: ServicePoint, publish: Callable[..., BookableTimes], cast: Cast
) -> None:
    times = publish(point=point, address="")
    moved = PointForm("visiting", cast.here.municipality, "Kirjasto", "Torikatu 2")
    for member in (cast.partner, cast.outsider, cast.steering):
        with act_as(member.actor) as by, pytest.raises(NotAllowed):
            edit_point(by=by, point=point, form=moved)
    with act_as(cast.coordinator.actor) as by:
        edit_point(by=by, point=point, form=moved)
        times.refresh_from_db()
        assert times.address == "Kirjasto, Torikatu 2"
        with pytest.raises(RuleBroken):
            close_point(by=by, point=point)
    with act_as(cast.adviser.actor) as by:
        take_back_times(by=by, times=times, cancels=False)
        close_point(by=by, point=point)
    point.refresh_from_db()
    assert point.deactivated_at is not None
    with act_as(PUBLIC):
        assert near_you(cast.here.region) == []


def test_who_has_booked_at_a_visiting_desk_is_told_where_it_moves(
    point: ServicePoint, publish: Callable[..., BookableTimes], book: Callable[..., Appointment], cast: Cast, client: Client,
    run_jobs: Callable[..., int],
) -> None:  # fmt: skip
    made = book(publish(point=point, address=""))
    run_jobs()
    mail.outbox.clear()
    with act_as(cast.coordinator.actor) as by:  # who reads nobody's matters
        edit_point(by=by, point=point, form=PointForm("visiting", cast.here.municipality, "Kunnantalo", "Koskitie 1", {"fi": "Uusi ovi"}))
        run_jobs()
        assert mail.outbox == []
        edit_point(by=by, point=point, form=PointForm("visiting", cast.here.municipality, "Kirjasto", "Torikatu 2"))
    run_jobs()
    made.refresh_from_db()
    assert (made.address, made.sequence) == ("Kirjasto, Torikatu 2", 1)
    assert sorted(message.to[0] for message in mail.outbox) == ["adviser@cast.example", "kaisa@customer.example"]
    assert "Varatun aikasi paikka on vaihtunut" in client.get(f"/s/{first_token(made.case)}/").content.decode()


def test_adviser_changes_times_and_opens_a_point_on_screen(
    times: BookableTimes, book: Callable[..., Appointment], cast: Cast, client_of: Callable[[Member], Client]
) -> None:
    made = book(times, local(next_monday(), 11))
    browser = client_of(cast.adviser)
    page = browser.get(f"/ajat/{times.pk}/muuta")
    assert page.status_code == 200
    assert browser.submit(page, {"closes": "08:00"}).status_code == 422
    assert browser.submit(page, {"closes": "11:00"}).status_code == 302
    made.refresh_from_db()
    assert made.state == "cancelled"
    assert browser.submit(browser.get(f"/ajat/{times.pk}/lopeta"), {"booked": "off"}).status_code == 302
    new = browser.get("/ajat/paikat/uusi")
    assert browser.submit(new, {"municipality": cast.here.municipality.pk, "name": ""}).status_code == 422
    assert browser.submit(new, {"municipality": cast.here.municipality.pk, "name": "Kunnantalo"}).status_code == 302
    point = ServicePoint.objects.get()
    assert "Kunnantalo" in browser.get("/ajat/paikat/").content.decode()
    assert browser.submit(browser.get(f"/ajat/paikat/{point.pk}/"), {"name": "Kirjasto"}).status_code == 302
    assert browser.submit(browser.get(f"/ajat/paikat/{point.pk}/sulje")).status_code == 302
    assert client_of(cast.outsider).get(f"/ajat/paikat/{point.pk}/").status_code == 403
