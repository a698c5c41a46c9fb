"""The days and hours that a customer wishes bind meetings too."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest

from luukku.core.actor import act_as
from luukku.core.errors import RuleBroken
from luukku.customers.models import Contact
from luukku.desk.actions.appointments.booking import agree
from luukku.desk.actions.appointments.changing import move_freely
from luukku.desk.actions.appointments.plan import Plan
from luukku.desk.actions.appointments.wished import suits
from luukku.desk.enums import MeetingPlace
from luukku.desk.models import Appointment, Case
from tests.cast import Cast, Member
from tests.desk.appointments.conftest import local
from tests.harness.client import Client


def plan(cast: Cast, day: date, hour: int, *, anyway: bool = False) -> Plan:
    start = local(day, hour)
    end = start + timedelta(minutes=45)
    return Plan(cast.here.desk, (cast.adviser.someone,), start, end, end, start, MeetingPlace.PHONE, anyway=anyway)


@pytest.fixture
def wishing(case: Case) -> Case:
    """She wishes Mondays and Tuesdays from 9 to 12."""
    Contact.objects.filter(customer=case.customer_id).update(call_days=[0, 1], call_from=time(9), call_until=time(12))
    return case


@pytest.mark.parametrize(("days", "hour", "fits"), [(0, 9, True), (1, 11, True), (0, 8, False), (0, 12, False), (2, 9, False)])
def test_meeting_is_agreed_within_her_days_and_hours_only(wishing: Case, cast: Cast, monday: date, days: int, hour: int, fits: bool) -> None:
    with act_as(cast.adviser.actor) as by:
        if fits:
            agree(by=by, case=wishing, plan=plan(cast, monday + timedelta(days=days), hour))
        else:
            with pytest.raises(RuleBroken, match="toivoo"):
                agree(by=by, case=wishing, plan=plan(cast, monday + timedelta(days=days), hour))
    assert Appointment.objects.exists() is fits


def test_end_of_a_meeting_counts_too(wishing: Case, monday: date) -> None:
    contact = Contact.objects.get(customer=wishing.customer_id)
    assert suits(contact, local(monday, 11, 15), local(monday, 12))
    assert not suits(contact, local(monday, 11, 30), local(monday, 12, 15))


def test_her_own_word_overrides_her_wishes_also_when_it_is_moved(wishing: Case, cast: Cast, monday: date) -> None:
    with act_as(cast.adviser.actor) as by:
        made = agree(by=by, case=wishing, plan=plan(cast, monday, 15, anyway=True))
        with pytest.raises(RuleBroken):
            move_freely(by=by, appointment=made, plan=plan(cast, monday, 16))
        move_freely(by=by, appointment=made, plan=plan(cast, monday, 16, anyway=True))


def test_form_tells_her_wishes_and_asks_for_her_word(wishing: Case, cast: Cast, monday: date, client_of: Callable[[Member], Client]) -> None:
    browser = client_of(cast.adviser)
    page = browser.get(f"/asia/{wishing.number}/aika")
    assert "Asiakas toivoo: ma–ti 9–12" in page.content.decode()
    given = {"day": monday.isoformat(), "hour": "15:00", "length": "45", "place": "phone"}
    assert browser.submit(page, given, form="agreed").status_code == 422
    assert browser.submit(page, given | {"anyway": "on"}, form="agreed").status_code == 302


def test_who_wishes_nothing_is_not_asked(case: Case, cast: Cast, client_of: Callable[[Member], Client]) -> None:
    assert 'name="anyway"' not in client_of(cast.adviser).get(f"/asia/{case.number}/aika").content.decode()
