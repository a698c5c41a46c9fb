"""A seat goes round: who holds it in which year, how it goes over by its dates alone, and who is asked in time."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.models import Event
from luukku.governance.actions.groups import GroupForm, create_group, take_seats
from luukku.governance.models import GroupKind, Membership
from luukku.network.actions.rotas import TurnForm, change_turn, drop_turn, end_rota, make_rota, plan_turn
from luukku.network.actions.seats import end_seat, give_seat
from luukku.network.enums import Role
from luukku.network.models import Person, Seat, SeatRota, SeatTurn
from luukku.network.queries.people import person_page
from luukku.network.queries.regions import region_page
from luukku.network.queries.rotas import my_due, rota_page
from tests.cast import Cast, Member
from tests.factories.network import SeatFactory
from tests.harness.client import Client
from tests.network.fixtures import SqlCount

pytestmark = pytest.mark.django_db
THIS, NEXT, THEN = (date(year, 1, 1) for year in (2026, 2027, 2028))


@pytest.fixture
def rota(cast: Cast) -> SeatRota:
    """The steering group's chair, whom the adviser has been since spring; it is November."""
    SeatFactory.create(person=cast.adviser.someone, role=Role.STEERING_CHAIR, region=cast.here.region, valid_from=date(2025, 4, 1))
    with in_november():
        return make_rota(by=cast.coordinator.actor, region=cast.here.region, role=Role.STEERING_CHAIR, holder=Seat.objects.get(role="steering-chair"))


def in_november() -> time_machine.travel:
    return time_machine.travel(datetime(2026, 11, 20, 10, tzinfo=timezone.get_current_timezone()), tick=False)


def on(day: date) -> time_machine.travel:
    """A minute after the midnight with which the day begins here."""
    return time_machine.travel(datetime(day.year, day.month, day.day, 0, 1, tzinfo=timezone.get_current_timezone()), tick=False)


def year_of(first: date, **holder: object) -> TurnForm:
    return TurnForm(first_day=first, last_day=first.replace(month=12, day=31), **holder)  # type: ignore[arg-type]


def chairs(day: date) -> list[Person]:
    return [seat.person for seat in Seat.objects.on(day).filter(role="steering-chair").select_related("person").order_by("pk")]


def test_the_seat_goes_over_on_the_first_day_by_its_dates_alone(cast: Cast, rota: SeatRota) -> None:
    with in_november():
        plan_turn(by=cast.coordinator.actor, rota=rota, form=year_of(NEXT, organisation=cast.partners, person=cast.partner.someone))
    old, new = cast.adviser.someone, cast.partner.someone
    assert [chairs(day) for day in (date(2026, 12, 31), NEXT, THEN)] == [[old], [new], [new]]
    with on(date(2026, 12, 31)):
        assert "steering-chair" not in {seat.role for seat in cast.partner.actor.seats}
    with on(NEXT):
        assert "steering-chair" in {seat.role for seat in cast.partner.actor.seats}
        assert "steering-chair" not in {seat.role for seat in cast.adviser.actor.seats}
        assert [seat.role for seat in person_page(old).past] == ["steering-chair"]
    assert Event.objects.filter(action="rota.turn_planned", region_id=cast.here.region.pk).count() == 1


def test_who_holds_it_goes_on_until_somebody_is_named_even_late(cast: Cast, rota: SeatRota) -> None:
    with in_november():
        turn = plan_turn(by=cast.coordinator.actor, rota=rota, form=year_of(NEXT, organisation=cast.partners))
    assert chairs(date(2027, 2, 2)) == [cast.adviser.someone]
    with on(date(2027, 2, 3)):
        change_turn(by=cast.coordinator.actor, turn=turn, form=year_of(NEXT, organisation=cast.partners, person=cast.partner.someone))
    assert [chairs(date(2027, 2, day)) for day in (2, 3)] == [[cast.adviser.someone], [cast.partner.someone]]


def test_the_same_person_has_one_seat_for_turns_in_a_row_and_two_around_anothers(cast: Cast, rota: SeatRota) -> None:
    again = SeatFactory.create(person=cast.adviser.someone, role=Role.ADVISER, organisation=cast.here.organisation)
    with in_november():
        by = cast.coordinator.actor
        plan_turn(by=by, rota=rota, form=year_of(THEN, person=again.person))
        assert Seat.objects.filter(role="steering-chair").count() == 1
        turn = plan_turn(by=by, rota=rota, form=year_of(NEXT, person=cast.partner.someone))
        assert [chairs(day) for day in (THIS, NEXT, THEN)] == [[again.person], [cast.partner.someone], [again.person]]
        drop_turn(by=by, turn=SeatTurn.objects.select_related("rota", "seat").get(pk=turn.pk))
    assert [chairs(day) for day in (THIS, NEXT, THEN)] == [[again.person]] * 3
    assert Seat.objects.filter(role="steering-chair").count() == 1


def test_another_holder_of_the_turn_of_today_takes_the_seat_at_once(cast: Cast, rota: SeatRota) -> None:
    turn = SeatTurn.objects.select_related("rota", "seat").get()
    first, last = turn.valid_from, turn.valid_until
    with in_november():
        with pytest.raises(RuleBroken) as broken:
            change_turn(by=cast.coordinator.actor, turn=turn, form=TurnForm(first_day=first, last_day=last, organisation=cast.partners))
        assert broken.value.field == "person"
        change_turn(by=cast.coordinator.actor, turn=turn, form=TurnForm(first_day=first, last_day=last, person=cast.partner.someone))
    assert [chairs(date(2026, 11, day)) for day in (19, 20)] == [[cast.adviser.someone], [cast.partner.someone]]


def test_turns_do_not_overlap_and_what_is_over_stays(cast: Cast, rota: SeatRota) -> None:
    by, first = cast.coordinator.actor, SeatTurn.objects.select_related("rota", "seat").get()
    with in_november(), pytest.raises(RuleBroken) as broken:
        plan_turn(by=by, rota=rota, form=TurnForm(first_day=date(2026, 12, 1), last_day=date(2027, 12, 31), organisation=cast.partners))
    assert broken.value.field == "first_day"
    with in_november(), pytest.raises(RuleBroken):
        drop_turn(by=by, turn=first)
    with on(NEXT), pytest.raises(RuleBroken):
        change_turn(by=by, turn=first, form=year_of(THIS, person=cast.partner.someone))
    with in_november(), pytest.raises(RuleBroken):
        plan_turn(by=by, rota=rota, form=year_of(NEXT))


def test_only_those_who_give_the_seat_plan_its_turns(cast: Cast, rota: SeatRota) -> None:
    for member in (cast.adviser, cast.steering, cast.outsider, cast.area):
        with pytest.raises(NotAllowed):
            plan_turn(by=member.actor, rota=rota, form=year_of(NEXT, organisation=cast.partners))
        with pytest.raises(NotAllowed):
            end_rota(by=member.actor, rota=rota)
    with pytest.raises(NotAllowed):
        make_rota(by=cast.coordinator.actor, region=cast.there.region, role=Role.STEERING_CHAIR)


def test_the_rota_ends_and_who_holds_the_seat_keeps_it(cast: Cast, rota: SeatRota) -> None:
    with in_november():
        plan_turn(by=cast.coordinator.actor, rota=rota, form=year_of(NEXT, person=cast.partner.someone))
        end_rota(by=cast.coordinator.actor, rota=rota)
    assert [chairs(day) for day in (NEXT, THEN)] == [[cast.adviser.someone]] * 2


def test_coordinator_and_the_head_of_the_organisation_are_asked_in_time(cast: Cast, rota: SeatRota) -> None:
    give_seat(by=cast.admin.actor, person=cast.partner.someone, role=Role.ORGANISATION_HEAD, organisation=cast.partners, since=THIS)
    with on(date(2026, 9, 1)):
        assert my_due(cast.coordinator.actor) == []
    with in_november():
        by = cast.coordinator.actor
        assert [due.words for due in my_due(by)] == ["Agree whose turn is next: Chair of the steering group"]
        turn = plan_turn(by=by, rota=rota, form=year_of(NEXT, organisation=cast.partners))
        asked = "Name who holds the seat next: Chair of the steering group"
        assert [[due.words for due in my_due(each.actor)] for each in (cast.coordinator, cast.partner, cast.adviser)] == [[asked], [asked], []]
        change_turn(by=by, turn=turn, form=year_of(NEXT, organisation=cast.partners, person=cast.partner.someone))
        assert [my_due(each.actor) for each in (cast.coordinator, cast.partner)] == [[], []]


def test_a_seat_that_ends_later_can_be_taken_away_at_once(cast: Cast, rota: SeatRota) -> None:
    with in_november():
        plan_turn(by=cast.coordinator.actor, rota=rota, form=year_of(NEXT, person=cast.partner.someone))
        end_seat(by=cast.coordinator.actor, seat=Seat.objects.get(role="steering-chair", person=cast.adviser.someone))
        assert chairs(date(2026, 11, 20)) == []


def test_the_chair_of_the_group_changes_with_the_seat(cast: Cast, rota: SeatRota) -> None:
    member = give_seat(by=cast.coordinator.actor, person=cast.partner.someone, role=Role.STEERING_MEMBER, region=cast.here.region, since=THIS)
    with in_november():
        by = cast.coordinator.actor
        group = create_group(by=by, region=cast.here.region, kind=GroupKind.objects.get(code="steering"), form=GroupForm({"fi": "Ohjausryhmä"}))
        plan_turn(by=by, rota=rota, form=year_of(NEXT, person=member.person))
    with on(NEXT):
        take_seats(by=cast.coordinator.actor, group=group)
        take_seats(by=cast.coordinator.actor, group=group)
        found = Membership.objects.on(NEXT).filter(group=group, person__in=(cast.partner.someone, cast.adviser.someone))
        assert [(each.person, each.role) for each in found] == [(cast.partner.someone, "chair")]


def test_coordinator_plans_a_turn_on_screen_and_everybody_sees_it(cast: Cast, client_of: Callable[[Member], Client], sql_count: SqlCount) -> None:
    browser, region = client_of(cast.coordinator), reverse("network:region", args=[cast.here.region.code])
    page = browser.get(reverse("network:new-rota", args=[cast.here.region.code]))
    assert browser.submit(page, {"role": "steering-chair"}).status_code == 302
    made = SeatRota.objects.get()
    page = browser.get(reverse("network:new-turn", args=[made.pk]))
    wrong = browser.submit(page, {"organisation": ""})
    assert wrong.status_code == 422
    assert browser.submit(page, {"organisation": str(cast.partners.pk), "person": str(cast.partner.someone.pk)}).status_code == 302
    shown = client_of(cast.adviser).get(region).content.decode()
    assert cast.partner.someone.name in shown
    assert "Lisää kiertävä paikka" not in shown
    turn = SeatTurn.objects.get()
    assert turn.valid_from == timezone.localdate().replace(month=1, day=1, year=timezone.localdate().year + 1)
    assert browser.submit(browser.get(reverse("network:drop-turn", args=[turn.pk])), {}).status_code == 302
    assert not Seat.objects.filter(role="steering-chair").exists()
    assert rota_page(made).coming == []
    with sql_count(at_most=14):
        region_page(cast.here.region)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(["plan", "name", "drop", "wait"]), st.integers(0, 4), st.integers(0, 2)), max_size=8))
def test_whatever_is_planned_one_person_at_most_holds_the_seat_on_any_day(cast: Cast, steps: list[tuple[str, int, int]]) -> None:
    SeatRota.objects.all().delete()
    Seat.objects.filter(role="steering-chair").delete()
    people, by, now = [cast.adviser.someone, cast.partner.someone, cast.desklead.someone], cast.coordinator.actor, date(2026, 11, 20)
    made = make_rota(by=by, region=cast.here.region, role=Role.STEERING_CHAIR)
    for what, which, who in steps:
        now += timedelta(days=250 if what == "wait" else 0)
        with on(now):
            turns = list(SeatTurn.objects.select_related("rota", "seat").filter(rota=made))
            try:
                if what == "plan":
                    plan_turn(
                        by=by, rota=made, form=year_of(date(2026 + which, 1, 1), organisation=cast.partners, person=people[who] if who else None)
                    )
                elif what == "name" and turns:
                    turn = turns[which % len(turns)]
                    change_turn(by=by, turn=turn, form=year_of(turn.valid_from, organisation=cast.partners, person=people[who]))
                elif what == "drop" and turns:
                    drop_turn(by=by, turn=turns[which % len(turns)])
            except RuleBroken:
                continue
        days = [date(2026, 1, 1) + timedelta(days=90 * n) for n in range(24)]
        assert all(len(chairs(day)) <= 1 for day in days)
        for turn in SeatTurn.objects.filter(rota=made, person__isnull=False, valid_from__gte=now):
            assert chairs(turn.valid_from) == [turn.person]
