"""Rooms: added with the office they are in, renamed, taken out of use when nobody is to come there."""

from collections.abc import Callable, Iterator

import pytest
from django.utils import translation

from luukku.core.actor import act_as
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.desk.actions.appointments.editing import take_back_times
from luukku.desk.actions.appointments.rooms import add_room, change_room, end_room
from luukku.desk.models import Appointment, BookableTimes, Room
from luukku.network.models import Premises
from tests.cast import Cast, Member
from tests.desk.appointments.conftest import next_monday
from tests.harness.client import Client


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def office(cast: Cast) -> Premises:
    return Premises.objects.create(organisation=cast.here.organisation, name="Yritystalo", street="Torikatu 2")


@pytest.fixture
def room(cast: Cast) -> Room:
    with act_as(cast.adviser.actor) as by:
        return add_room(by=by, organisation=cast.here.organisation, name="Iso huone")


def test_room_in_which_somebody_is_to_come_is_kept_until_it_is_moved(
    room: Room, publish: Callable[..., BookableTimes], book: Callable[..., Appointment], cast: Cast
) -> None:
    times = publish(room=room)
    made = book(times)
    with act_as(cast.adviser.actor) as by:
        with pytest.raises(RuleBroken, match="still published"):
            end_room(by=by, room=room)
        take_back_times(by=by, times=times, cancels=False)
        with pytest.raises(RuleBroken, match="A booked time is still to come in this room, Mon"):
            end_room(by=by, room=room)
        end_room(by=by, room=room, at=made.busy_until)
        with pytest.raises(RuleBroken, match="not in use any more"):
            publish(room=room)
        add_room(by=by, organisation=cast.here.organisation, name="Iso huone")  # its name is free again


def test_room_without_a_known_address_tells_no_customer_where_to_come(room: Room, publish: Callable[..., BookableTimes], cast: Cast) -> None:
    with pytest.raises(RuleBroken) as broken:
        publish(room=room, address="")
    assert broken.value.field == "address"
    with act_as(cast.adviser.actor) as by:
        office = Premises.objects.create(organisation=cast.here.organisation, name="Yritystalo", street="Torikatu 2")
        change_room(by=by, room=room, name="Iso huone", premises=office)
    assert publish(room=room, address="").pk


def test_only_those_who_use_it_keep_a_room_and_it_does_not_move(room: Room, office: Premises, cast: Cast) -> None:
    other = Premises.objects.create(organisation=cast.here.organisation, name="Toinen talo")
    for member in (cast.partner, cast.outsider, cast.coordinator):
        with act_as(member.actor) as by, pytest.raises(NotAllowed):
            change_room(by=by, room=room, name="Meidän")
        with act_as(member.actor) as by, pytest.raises(NotAllowed):
            end_room(by=by, room=room)
    with act_as(cast.adviser.actor) as by:
        add_room(by=by, organisation=cast.here.organisation, name="Pieni")
        with pytest.raises(RuleBroken, match="of this name"):
            change_room(by=by, room=room, name="pieni")
        change_room(by=by, room=room, name="Suuri", premises=office)
        change_room(by=by, room=room, name="Suurin", premises=other)
    room.refresh_from_db()
    assert (room.name, room.premises) == ("Suurin", office)


def test_rooms_are_kept_on_screen(office: Premises, cast: Cast, client_of: Callable[[Member], Client]) -> None:
    browser = client_of(cast.adviser)
    assert "Ei vielä huoneita" in browser.get("/ajat/huoneet/").content.decode()
    assert browser.submit(browser.get("/ajat/huone"), {"name": "Sininen"}).status_code == 302
    room = Room.objects.get()
    assert room.premises == office  # the only one is proposed
    page = browser.get("/ajat/huoneet/").content.decode()
    assert "Sininen" in page
    assert "Torikatu 2" in page
    assert browser.submit(browser.get(f"/ajat/huoneet/{room.pk}/"), {"name": "Vihreä"}).status_code == 302
    assert browser.submit(browser.get(f"/ajat/huoneet/{room.pk}/lopeta")).status_code == 302
    room.refresh_from_db()
    assert (room.name, room.deactivated_at is None) == ("Vihreä", False)
    assert client_of(cast.partner).get(f"/ajat/huoneet/{room.pk}/").status_code == 404


def test_agreed_meeting_says_where_the_customer_comes(case: object, cast: Cast, client_of: Callable[[Member], Client]) -> None:
    number = getattr(case, "number", "")
    browser = client_of(cast.adviser)
    page = browser.get(f"/asia/{number}/aika")
    given = {"day": next_monday().strftime("%d.%m.%Y"), "hour": "10:00", "place": "premises", "address": ""}
    answer = browser.submit(page, given, form="agreed")
    assert answer.status_code == 422
    assert "Kerro, minne tullaan" in answer.content.decode()
    assert browser.submit(answer, {"address": "Torikatu 2"}, form="agreed").status_code == 302
    assert Appointment.objects.get().address == "Torikatu 2"
