"""A handler is away: her matters are her deputy's and her desk lead's to see to, and the customer knows who stands in."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from luukku.core.actor import act_as, act_as_house
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.months import ended_months
from luukku.core.remembered import forget_all
from luukku.desk.access.links import first_token
from luukku.desk.actions.handling import assign, release, take_up
from luukku.desk.actions.sweeping import sweep
from luukku.desk.models import Case, Clock, ClockWarning, Leg, Wait
from luukku.desk.queries.needed import misfit_of, misfits, typical_days
from luukku.desk.queries.queue import QueueFilters, queue
from luukku.network.actions.absences import enter_absence
from luukku.network.actions.seats import end_seat
from luukku.network.enums import Role
from luukku.network.models import Absence, Seat
from tests.cast import Cast, Member
from tests.factories.catalogue import ServiceFactory
from tests.factories.network import PersonFactory, SeatFactory
from tests.harness.client import Client

DAY = timedelta(days=1)


@pytest.fixture
def mine(leg: Leg, cast: Cast) -> Leg:
    with act_as(cast.adviser.actor) as actor:
        return take_up(by=actor, leg=leg)


@pytest.fixture
def second(cast: Cast) -> Member:
    """Another adviser of the same desk."""
    person = PersonFactory.create(name="Veera Vara", phone="040 555 0177")
    SeatFactory.create(person=person, role=Role.ADVISER, organisation=cast.here.organisation, region=cast.here.region)
    return Member("second", cast.adviser.user, person=person)


@pytest.fixture
def away(cast: Cast, second: Member) -> Absence:
    today = timezone.localdate()
    found = enter_absence(by=cast.adviser.actor, person=cast.adviser.someone, first_day=today - DAY, last_day=today + 3 * DAY, deputy=second.someone)
    forget_all()
    return found


def test_deputy_sees_the_matters_among_her_own_with_a_mark(mine: Leg, away: Absence, second: Member, client_of: Callable[[Member], Client]) -> None:
    with act_as(second.actor) as actor:
        assert [row.pk for row in queue(actor, QueueFilters()).rows] == [mine.pk]
    Absence.objects.all().delete()
    forget_all()
    with act_as(second.actor) as actor:
        assert queue(actor, QueueFilters()).rows == []


def test_deputy_passes_on_what_she_stands_in_for_and_others_do_not(mine: Leg, away: Absence, second: Member, cast: Cast) -> None:
    third = PersonFactory.create(name="Kolmas")
    SeatFactory.create(person=third, role=Role.ADVISER, organisation=cast.here.organisation, region=cast.here.region)
    with act_as(second.actor) as actor:
        assert assign(by=actor, leg=mine, person=third).handler == third
    with act_as(second.actor) as actor, pytest.raises(NotAllowed):
        release(by=actor, leg=mine)


def test_deputy_takes_up_what_was_given_to_the_absent(leg: Leg, away: Absence, second: Member, cast: Cast) -> None:
    with act_as(cast.desklead.actor) as actor:
        assign(by=actor, leg=leg, person=cast.adviser.someone)
    with act_as(second.actor) as actor:
        assert take_up(by=actor, leg=leg).handler_id == second.someone.pk


def test_colleagues_read_on_the_case_until_when_its_handler_is_away_and_who_stands_in(
    mine: Leg, away: Absence, cast: Cast, client_of: Callable[[Member], Client]
) -> None:
    address = f"/asia/{mine.case.number}/"
    words = " ".join(client_of(cast.desklead).get(address).content.decode().split())
    assert "(poissa " in words
    assert "sijaisena Veera Vara" in words
    Absence.objects.filter(pk=away.pk).update(deputy=None)
    assert "sijaisena Veera Vara" not in client_of(cast.desklead).get(address).content.decode()


def test_customer_reads_who_stands_in(mine: Leg, away: Absence, client: Client) -> None:
    text = client.get(reverse("desk:status", kwargs={"token": first_token(mine.case)})).content.decode()
    assert "Veera Vara" in text
    assert "0177" in text


def test_deputy_is_warned_in_her_stead_and_the_lead_as_early(mine: Leg, away: Absence, second: Member, cast: Cast) -> None:
    due = datetime(2026, 12, 7, 10, tzinfo=ZoneInfo("Europe/Helsinki"))
    Clock.objects.filter(leg=mine, ended_at=None).update(due_at=due)
    Absence.objects.update(first_day=due.date() - 10 * DAY, last_day=due.date())
    with act_as_house("test"):
        sweep(now=due.replace(day=4, hour=15))
    assert sorted(ClockWarning.objects.values_list("person__name", "step")) == [("Leena Lead", "lead"), ("Veera Vara", "handler")]


def test_seat_with_open_matters_is_kept_until_they_are_passed_on(mine: Leg, second: Member, cast: Cast) -> None:
    seat = Seat.objects.get(person=cast.adviser.someone)
    with pytest.raises(RuleBroken):
        end_seat(by=cast.admin.actor, seat=seat)
    SeatFactory.create(person=cast.adviser.someone, role=Role.DESK_LEAD, organisation=cast.here.organisation)
    end_seat(by=cast.admin.actor, seat=seat)  # the other seat lets her go on
    other = Seat.objects.get(person=cast.adviser.someone, valid_until=None)
    with pytest.raises(RuleBroken):
        end_seat(by=cast.admin.actor, seat=other)
    with act_as(cast.desklead.actor) as actor:
        assign(by=actor, leg=mine, person=second.someone)
    end_seat(by=cast.admin.actor, seat=other)


def test_day_needed_that_does_not_fit_is_told() -> None:
    today = timezone.localdate()
    noon = timezone.now()
    assert not misfits(None, noon, None, today)
    assert not misfits(today + 3 * DAY, noon, today + 3 * DAY, today)
    assert misfits(today + DAY, noon + 3 * DAY, None, today)
    assert misfits(today - DAY, None, None, today)
    assert misfits(today + 3 * DAY, noon, today + 4 * DAY, today)


def test_typical_days_are_told_from_five_settled_matters_on(send: Callable[..., Case], cast: Cast) -> None:
    service = ServiceFactory.create(handling_days=40)
    pair = (cast.here.region.pk, service.pk)
    ended = timezone.make_aware(datetime.combine(ended_months(1).last, time(12)))
    for number in range(5):
        assert typical_days([pair]) == {pair: 40}
        forget_all()
        case = send(service=service, at=ended - 20 * DAY)
        Case.objects.filter(pk=case.pk).update(state="settled", settled_at=ended)
        Leg.objects.filter(case=case).update(
            state="settled", settled_at=ended - (10 - number) * DAY, handler=cast.adviser.someone, due_at=None, due_kind=""
        )
    assert typical_days([pair])[pair] == pytest.approx(12, abs=0.1)


def test_day_needed_is_held_against_the_cards_typical_days_where_too_few_were_settled(send: Callable[..., Case], cast: Cast) -> None:
    forget_all()
    service = ServiceFactory.create(handling_days=30)
    now = timezone.now()
    case = send(service=service, needed_by=timezone.localdate(now) + 20 * DAY)
    leg = Leg.objects.get(case=case)
    assert misfit_of(case, leg, now).typical == timezone.localdate(case.contacted_at + 30 * DAY)
    case.needed_by = timezone.localdate(now) + 31 * DAY
    assert not misfit_of(case, leg, now)


def test_queue_marks_a_day_that_is_needed_sooner_than_such_matters_take(
    send: Callable[..., Case], cast: Cast, client_of: Callable[[Member], Client]
) -> None:
    forget_all()
    service, today = ServiceFactory.create(handling_days=30), timezone.localdate()
    for days in (20, 40):
        send(service=service, needed_by=today + days * DAY)
    with act_as(cast.adviser.actor) as actor:
        rows = queue(actor, QueueFilters(scope="desk")).rows
    assert sorted(misfits(row.needed_by, row.due_at, row.ready, today) for row in rows) == [False, True]
    shown = client_of(cast.adviser).get("/jono/?scope=desk").content.decode()
    assert shown.count("govuk-tag--yellow") == 1


def test_spells_of_waiting_follow_the_causes_and_are_shown_to_both(mine: Leg, cast: Cast, client: Client) -> None:
    from luukku.desk.actions.waiting import resume, wait

    now = timezone.now()
    with act_as(cast.adviser.actor) as actor:
        wait(by=actor, leg=mine, waiting_for="authority", at=now + DAY)
        wait(by=actor, leg=mine, waiting_for="authority", at=now + 2 * DAY)
        wait(by=actor, leg=mine, waiting_for="hearing", at=now + 3 * DAY)
        resume(by=actor, leg=mine, at=now + 4 * DAY)
    assert list(Wait.objects.values_list("cause", "started_at", "ended_at")) == [
        ("authority", now + DAY, now + 3 * DAY), ("hearing", now + 3 * DAY, now + 4 * DAY),
    ]  # fmt: skip
