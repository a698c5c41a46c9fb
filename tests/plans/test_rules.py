"""Who reads and does what with plans, and what facts and dates say of measures."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from luukku.core.actor import PUBLIC, Actor, act_as, act_as_house
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.models import OutgoingMail
from luukku.network.access import actor_of_person
from luukku.network.enums import ROLES, Level, Role
from luukku.network.models import Seat
from luukku.plans.access import WRITERS, get_measure, get_plan, reminded, reminder_token, visible_measures, visible_plans
from luukku.plans.actions.deciding import Approval, approve_plan, close_plan
from luukku.plans.actions.following import Report, comment, report, say_light
from luukku.plans.actions.from_elsewhere import make_measure
from luukku.plans.actions.measures import add_measure, edit_measure
from luukku.plans.actions.plans import BasicForm, BeginForm, begin_plan, edit_plan, fetched
from luukku.plans.actions.reminding import answer_reminder, remind
from luukku.plans.models import CheckPoint, Measure, Plan, PlanKind, Reminder, Snapshot
from luukku.plans.queries.due import my_due
from luukku.plans.queries.pages import listed_plans, measure_page, plan_page
from tests.cast import Cast
from tests.factories.network import PersonFactory, SeatFactory
from tests.harness.client import Client
from tests.plans.conftest import Form

Count = Callable[..., AbstractContextManager[object]]


def both(actor: Actor) -> tuple[int, int]:
    """Measures that the first wall shows, and the second."""
    with act_as(actor), connection.cursor() as cursor:
        cursor.execute("select count(*) from plans_measure")
        return visible_measures(actor).count(), int(cursor.fetchone()[0])


def test_draft_is_read_by_the_regions_parties_and_what_is_approved_by_the_network(
    cast: Cast, measure: Measure, request: pytest.FixtureRequest
) -> None:
    for party in (cast.coordinator, cast.steering, cast.partner, cast.adviser, cast.editor):
        assert both(party.actor) == (1, 1), party.name
    for stranger in (cast.outsider.actor, cast.area.actor, cast.national.actor, cast.shepherd.actor, cast.founder.actor, PUBLIC):
        assert both(stranger) == (0, 0)
    request.getfixturevalue("followed")
    for inside in (cast.outsider, cast.area, cast.national, cast.admin):
        assert both(inside.actor) == (1, 1), inside.name
    for stranger in (cast.shepherd.actor, cast.founder.actor, PUBLIC):
        assert both(stranger) == (0, 0)
    Plan.objects.update(is_public=True)
    assert both(PUBLIC) == (1, 1)


def test_whoever_reads_an_approved_plan_of_another_region_changes_nothing_even_past_the_first_wall(cast: Cast, followed: Plan) -> None:
    for other in (cast.outsider, cast.national):
        with act_as(other.actor), connection.cursor() as cursor:
            for table in ("plans_plan", "plans_measure", "plans_measureseat"):
                cursor.execute(f"delete from {table}")
                assert cursor.rowcount == 0
            cursor.execute("update plans_measure set words = 'Toista'")
            assert cursor.rowcount == 0


def told_past_the_first_wall(actor: Actor, statement: str) -> int | None:
    """How many rows a statement of the actor's own connection changed; None where the wall refused it."""
    try:
        with act_as(actor), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            return int(cursor.rowcount)
    except DatabaseError:
        return None


def test_party_that_only_reads_and_comments_changes_nothing_of_a_plan_past_the_first_wall(cast: Cast, followed: Plan) -> None:
    change, seat = "update plans_measure set words = 'Toista'", "insert into plans_measureseat (measure_id, plan_id, role, is_lead)"
    own = f"{seat} select id, plan_id, 'desk-lead', false from plans_measure"
    for party in (cast.desklead, cast.steering, cast.editor):
        assert told_past_the_first_wall(party.actor, change) is None, party.name
        assert told_past_the_first_wall(party.actor, own) is None
        assert told_past_the_first_wall(party.actor, "update plans_plan set state = 'closed'") is None
        assert told_past_the_first_wall(party.actor, "update plans_measureseat set role = 'desk-lead'") is None
        assert not told_past_the_first_wall(party.actor, "delete from plans_measure")
        assert told_past_the_first_wall(party.actor, "delete from plans_measureseat") == 0
    assert told_past_the_first_wall(cast.adviser.actor, change) == 1, "her seat answers for it"
    assert told_past_the_first_wall(cast.adviser.actor, "update plans_plan set state = 'closed'") is None
    assert told_past_the_first_wall(cast.coordinator.actor, change) == 1


def test_whose_programme_a_plan_is_stands_past_the_first_wall_and_a_reform_moves_it(cast: Cast, followed: Plan) -> None:
    take = f"update plans_plan set organisation_id = {cast.partners.pk} where id = {followed.pk}"
    assert told_past_the_first_wall(cast.coordinator.actor, take) is None
    with act_as_house("test"):
        assert Plan.objects.filter(pk=followed.pk).update(organisation=cast.partners) == 1


def test_wall_knows_the_same_writers_and_levels_as_the_first_one(db: None) -> None:
    with connection.cursor() as cursor:
        for function, roles in (("plans_led", set(WRITERS)), ("plans_answered", {r for r, row in ROLES.items() if row.level is Level.REGION})):
            cursor.execute("select pg_get_functiondef(%s::regprocedure)", [f"wall.{function}()"])
            told = cursor.fetchone()[0]
            listed = re.findall(r"in \(('[^)]*')\)", told)[-1].replace("'", "").split(", ")
            assert set(listed) == {str(role) for role in roles}


def test_snapshot_is_never_changed(cast: Cast, followed: Plan) -> None:
    with act_as(cast.coordinator.actor), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update plans_snapshot set body = '{}'")
    with act_as_house("try"), pytest.raises(DatabaseError), transaction.atomic():
        Snapshot.objects.update(digest="x")


def test_own_year_is_her_own_until_it_is_in_use_and_then_the_coordinators_to_read(cast: Cast, today: date) -> None:
    with act_as(cast.adviser.actor) as by:
        kind = PlanKind.objects.get(code="personal")
        plan = begin_plan(by=by, region=cast.here.region, form=BeginForm(kind, today.year, person=cast.adviser.someone))
        with pytest.raises(NotAllowed):
            begin_plan(by=by, region=cast.here.region, form=BeginForm(PlanKind.objects.get(code="action"), today.year))
    for other in (cast.coordinator, cast.desklead):
        with act_as(other.actor) as actor, pytest.raises(NotFound):
            get_plan(actor, plan.pk)
    Plan.objects.update(state="followed", approved_at=timezone.now())
    with act_as(cast.coordinator.actor) as actor:
        assert list(visible_plans(actor)) == [plan]
        with pytest.raises(NotAllowed):
            edit_plan(by=actor, plan=fetched(plan.pk), form=BasicForm(), based_on=1)
    with act_as(cast.desklead.actor) as actor, connection.cursor() as cursor:
        cursor.execute("select count(*) from plans_plan")
        assert cursor.fetchone()[0] == 0


def test_plan_without_a_seat_that_answers_or_without_a_decision_is_not_approved(cast: Cast, draft: Plan, form: Form, held: object) -> None:
    with act_as(cast.coordinator.actor) as by:
        add_measure(by=by, plan=draft, form=form(seats=[]))
        with pytest.raises(RuleBroken, match="1"):
            approve_plan(by=by, plan=draft, approval=Approval(meeting=held))  # type: ignore[arg-type]
    with act_as(cast.coordinator.actor) as by, pytest.raises(RuleBroken):
        edit_measure(by=by, measure=Measure.objects.get(), form=form(), based_on=7)
    with act_as(cast.coordinator.actor) as by:
        edit_measure(by=by, measure=Measure.objects.get(), form=form(), based_on=1)
        with pytest.raises(RuleBroken):
            approve_plan(by=by, plan=draft, approval=Approval(words="Joku"))
    for other in (cast.adviser, cast.partner, cast.outsider):
        with act_as(other.actor) as by, pytest.raises(NotAllowed):
            approve_plan(by=by, plan=draft, approval=Approval())


def test_measure_keeps_its_seat_when_the_person_changes(cast: Cast, followed: Plan) -> None:
    measure = Measure.objects.get()
    with act_as(cast.desklead.actor) as by, pytest.raises(NotAllowed):
        report(by=by, measure=get_measure(by, measure.pk), said=Report("Tehty"))
    Seat.objects.filter(person=cast.adviser.someone).update(valid_from=None, valid_until=timezone.localdate() - timedelta(days=1))
    new = PersonFactory.create(name="Uusi Neuvoja")
    SeatFactory.create(person=new, role=Role.ADVISER, organisation=cast.here.organisation, region=cast.here.region)
    with act_as(cast.adviser.actor) as gone, pytest.raises((NotAllowed, NotFound)):
        report(by=gone, measure=get_measure(gone, measure.pk), said=Report("Tehty"))
    with act_as(actor_of_person(new.pk)) as by:
        report(by=by, measure=get_measure(by, measure.pk), said=Report("Aloitettu"))
        page = measure_page(by, measure.pk)
    assert page.row.lead is not None
    assert page.row.lead.holders == "Uusi Neuvoja"
    assert page.row.measure.state == "going"


def light_of(measure: Measure, **changes: object) -> str:
    """As facts and dates say after a change in its row."""
    Measure.objects.filter(pk=measure.pk).update(**changes)
    return str(Measure.objects.with_light(timezone.localdate()).get(pk=measure.pk).light)  # type: ignore[attr-defined]


def test_light_comes_from_facts_and_dates_and_a_reason_overrides_it(cast: Cast, followed: Plan, today: date) -> None:
    measure, now = Measure.objects.get(), timezone.now()
    days = timedelta(days=1)
    assert light_of(measure) == "good"  # a tenth of its time has gone
    assert light_of(measure, starts_on=today + days) == "waiting"
    assert light_of(measure, starts_on=today - 50 * days, due_on=today + 50 * days) == "behind"  # half the time, nothing of twenty
    assert light_of(measure, value=Decimal(5)) == "good"  # half of an even pace
    assert light_of(measure, value=Decimal("4.9")) == "behind"
    assert light_of(measure, value=Decimal(10), touched_at=now - 59 * days) == "good"
    assert light_of(measure, touched_at=now - 61 * days) == "behind"
    assert light_of(measure, touched_at=now - 181 * days) == "silent"  # nobody knows whether it is late
    assert light_of(measure, due_on=today - days) == "late"  # its day has passed: the same word as of tasks
    assert light_of(measure, touched_at=now, due_on=today - days) == "late"
    point = CheckPoint.objects.create(measure=measure, plan=followed, day=today - days, words="Puolet")
    assert light_of(measure, due_on=today + days) == "behind"
    point.done_at = now
    point.save()
    with act_as(cast.adviser.actor) as by:
        with pytest.raises(RuleBroken):
            say_light(by=by, measure=get_measure(by, measure.pk), light="late", reason=" ")
        say_light(by=by, measure=get_measure(by, measure.pk), light="late", reason="Tekijä lähti")
    assert light_of(measure) == "late"
    assert light_of(measure, state="done") == "done"


@pytest.mark.parametrize(("start", "target", "value", "reached"), [(0, 20, 20, 1), (0, 20, 19, 0), (10, 2, 2, 1), (10, 2, 3, 0), (10, 2, None, 0)])
def test_goal_is_reached_upwards_and_downwards(followed: Plan, start: int, target: int, value: int | None, reached: int) -> None:
    Measure.objects.update(start_value=start, target_value=target, value=value)
    assert Measure.objects.reached().count() == reached
    Measure.objects.update(state="dropped")
    assert not Measure.objects.reached().exists(), "given up, it is not among those whose share is told"


def test_reminder_is_answered_by_its_link_once_a_day_is_quiet(cast: Cast, client: Client, followed: Plan) -> None:
    now = timezone.now()
    with act_as_house("remind"):
        assert remind(now) == 0
        assert remind(now + timedelta(days=31)) == 2  # the adviser and the coordinator
        assert remind(now + timedelta(days=32)) == 0
    assert OutgoingMail.objects.filter(kind="plans.reminder").count() == 2
    reminder = Reminder.objects.get(person=cast.adviser.someone)
    token = reminder_token(reminder)
    page = client.get(f"/t/{token}/")
    assert "Käydään yhdessä yrityksissä" in page.content.decode()
    assert client.submit(page, {"words": "Kaksi käyntiä", "answer": "as-before"}, form="answer").status_code == 200
    assert Measure.objects.get().notes.get(words="Kaksi käyntiä").person == cast.adviser.someone
    assert client.get("/t/" + "0" * 64 + "/").status_code == 404
    with act_as(cast.coordinator.actor) as by, pytest.raises(NotFound):
        answer_reminder(by=by, reminder=reminder, answer="done")
    Seat.objects.filter(person=cast.adviser.someone).update(valid_from=None, valid_until=timezone.localdate() - timedelta(days=1))
    assert client.submit(page, {"words": "Kolme", "answer": "done"}, form="answer").status_code == 404
    with act_as(PUBLIC):
        assert reminded(token) is not None  # the link lives, the seat does not


def test_promise_that_fails_becomes_one_measure_however_often_it_is_asked(cast: Cast, draft: Plan, today: date) -> None:
    given = {"region": cast.here.region, "origin": "agreements.promise", "origin_id": 7, "words": "Neuvojan työaika toteutuu"}
    with act_as(cast.coordinator.actor) as by:
        first = make_measure(by=by, **given)  # type: ignore[arg-type]
        assert make_measure(by=by, **given) == first  # type: ignore[arg-type]
    assert [seat.role for seat in first.seats.all()] == ["coordinator"]
    with act_as(cast.outsider.actor) as by, pytest.raises((NotAllowed, RuleBroken)):
        make_measure(by=by, **(given | {"origin_id": 8}))  # type: ignore[arg-type]


def test_closing_wants_an_outcome_of_each_and_approved_plans_take_no_comments(cast: Cast, followed: Plan) -> None:
    with act_as(cast.coordinator.actor) as by:
        with pytest.raises(RuleBroken):
            close_plan(by=by, plan=followed, endings={})
        with pytest.raises(RuleBroken):
            comment(by=by, plan=followed, words="Vielä yksi asia")


def test_my_tasks_bring_what_my_seat_answers_for(cast: Cast, followed: Plan, today: date) -> None:
    Measure.objects.update(due_on=today + timedelta(days=5))
    with act_as(cast.adviser.actor) as actor:
        assert [each.url for each in my_due(actor)] == [f"/toimenpiteet/{Measure.objects.get().pk}/"]
    with act_as(cast.partner.actor) as actor:
        assert my_due(actor) == []


def test_pages_cost_the_same_however_long(cast: Cast, followed: Plan, form: Form, sql_count: Count) -> None:
    with act_as(cast.coordinator.actor) as by:
        for number in range(12):
            add_measure(by=by, plan=followed, form=form(f"Toimenpide {number}", check_points=[(form().due_on, "Valmis")]))
        with sql_count(at_most=18):
            assert len(plan_page(by, followed.pk).rows) == 13
        with sql_count(at_most=17):
            measure_page(by, Measure.objects.first().pk)  # type: ignore[union-attr]
        with sql_count(at_most=2):
            list(listed_plans(by, cast.here.region))
