"""What an adviser sees of her day: booked times by their hour, next steps with theirs, and by when customers need what they ask."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.core.ui.clocks import phrase_by
from luukku.core.ui.times import Teller, moment_text
from luukku.desk.actions.appointments.booking import agree
from luukku.desk.actions.appointments.plan import Plan
from luukku.desk.actions.handling import set_next_step, take_up
from luukku.desk.enums import MeetingPlace
from luukku.desk.models import Appointment, Case, Handover, HandoverPart, Leg
from luukku.desk.queries.warned import NEXT_STEP
from luukku.desk.queries.week import booked_today, meetings_of
from luukku.desk.web.staff.phrases import Clocks
from luukku.network.models import Person
from tests.cast import Cast, Member
from tests.desk.handover.conftest import hand, mine
from tests.harness.client import Client
from tests.harness.counting import sql_count

__all__ = ("hand", "mine")
ClientOf = Callable[[Member], Client]


def moment(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def book(cast: Cast, case: Case, starts: datetime, *people: Person) -> Appointment:
    """Agreed on the day before."""
    ends = starts + timedelta(minutes=30)
    plan = Plan(cast.here.desk, people or (cast.adviser.someone,), starts, ends, ends, starts, MeetingPlace.PHONE)
    with act_as(cast.adviser.actor) as by:
        return agree(by=by, case=case, plan=plan, at=starts - timedelta(days=1))


def test_booked_times_of_today_are_told_by_their_hour_and_only_ones_own(send: Callable[..., Case], cast: Cast) -> None:
    day = timezone.localdate()
    for hour in (14, 9, 11):
        book(cast, send(), moment(day, hour))
    book(cast, send(), moment(day + timedelta(days=1), 10))
    book(cast, send(), moment(day, 8), cast.desklead.someone)
    with act_as(cast.adviser.actor) as actor, sql_count(at_most=1):
        found = booked_today(actor, moment(day, 12))
    assert [timezone.localtime(each.starts_at).hour for each in found] == [9, 11, 14]
    assert [each.is_over for each in found] == [True, True, False]


def test_queue_shows_them_with_no_more_statements_than_a_queue_may_cost(send: Callable[..., Case], cast: Cast, client_of: ClientOf) -> None:
    for number in range(3):
        book(cast, send(name=f"Asiakas {number}"), moment(timezone.localdate(), 20 + number))
    browser = client_of(cast.adviser)
    browser.get("/jono/")
    with sql_count(at_most=8):
        shown = browser.get("/jono/").content.decode().partition('id="tanaan"')[2]
    assert shown.index("klo\u00a020") < shown.index("klo\u00a021") < shown.index("klo\u00a022")


def test_queue_shows_the_moment_by_which_it_is_sorted(leg: Leg) -> None:
    now = timezone.now()
    leg.next_step_at, leg.due_at = now + timedelta(days=3), now + timedelta(days=20)
    leg.save()
    leg.refresh_from_db()
    assert leg.due_sort == leg.next_step_at
    clocks = Clocks(now)
    assert phrase_by(Teller(now), leg.next_step_at) in clocks.clock(leg)
    assert clocks.under(leg).startswith("Seuraava askel. ")
    assert Clocks(leg.next_step_at + timedelta(days=1)).under(leg).startswith(str(NEXT_STEP))
    assert moment_text(leg.due_at) in clocks.under(leg)  # the promise that runs beyond it stands below
    leg.next_step_at = leg.due_at + timedelta(days=1)
    leg.save()
    leg.refresh_from_db()
    assert phrase_by(Teller(now), leg.due_at) in clocks.clock(leg)
    assert "Seuraava askel" not in clocks.under(leg)


def test_next_step_is_shown_with_its_hour_and_a_needed_day_always(leg: Leg, case: Case, cast: Cast, client_of: ClientOf) -> None:
    soon = moment(timezone.localdate() + timedelta(days=12), 13)
    with act_as(cast.adviser.actor) as by:
        set_next_step(by=by, leg=take_up(by=by, leg=leg), text="Soita pankkiin", when=soon)
    Case.objects.filter(pk=case.pk).update(needed_by=timezone.localdate() + timedelta(days=60))
    shown = client_of(cast.adviser).get("/jono/").content.decode()
    assert "klo\u00a013.00</small>" in shown
    assert 'govuk-tag--grey">Tarvitaan' in shown
    table = b"".join(client_of(cast.adviser).get("/jono/taulukko.csv?scope=mine")).decode()
    assert f"{soon:%Y-%m-%d} 13:00" in table


def test_booked_times_of_a_case_come_by_their_hour_and_past_ones_after(case: Case, cast: Cast) -> None:
    day = timezone.localdate()
    for days in (3, -2, 1, -5):
        book(cast, case, moment(day + timedelta(days=days), 10))
    with act_as(cast.adviser.actor) as actor:
        found = meetings_of(actor, case)
    assert [(timezone.localdate(each.starts_at) - day).days for each in found] == [1, 3, -2, -5]


@pytest.mark.parametrize(("days", "warns"), [(0, True), (40, False)])
def test_package_tells_by_when_she_needs_it_and_warns_before_the_promise(
    case: Case, hand: Callable[..., Handover], cast: Cast, client_of: ClientOf, days: int, warns: bool
) -> None:
    Case.objects.filter(pk=case.pk).update(needed_by=timezone.localdate() + timedelta(days=days))
    handover = hand(leg=Leg.objects.get(case=case))
    part = HandoverPart.objects.get(handover=handover, kind="needed")
    assert part.said_at is not None
    shown = client_of(cast.partner).get(f"/siirrot/{handover.pk}/").content.decode()
    assert "Asiakas tarvitsee sen viimeistään" in shown
    assert ("Ennen lupausta" in shown) is warns


def test_day_that_she_left_out_is_not_told(case: Case, hand: Callable[..., Handover], cast: Cast, client_of: ClientOf) -> None:
    Case.objects.filter(pk=case.pk).update(needed_by=timezone.localdate() + timedelta(days=5))
    handover = hand(leg=Leg.objects.get(case=case), leave_out=["needed"])
    assert "Asiakas tarvitsee sen" not in client_of(cast.partner).get(f"/siirrot/{handover.pk}/").content.decode()
