"""A strategy of a town: its departments are asked how their measures go, each answers on one page, the office compiles the report."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from luukku.core.actor import PUBLIC, act_as, act_as_house
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.models import OutgoingMail
from luukku.network.enums import Role
from luukku.network.models import Organisation
from luukku.plans.access import get_round
from luukku.plans.actions.deciding import Approval, approve_plan
from luukku.plans.actions.following import Report
from luukku.plans.actions.measures import MeasureForm, add_measure
from luukku.plans.actions.parts import name_parts
from luukku.plans.actions.plans import BasicForm, BeginForm, begin_plan, edit_plan, fetched
from luukku.plans.actions.rounds import RoundForm, answer_part, close_round, edit_round, keep_rounds, plan_round, remove_round
from luukku.plans.models import Measure, Note, Plan, PlanKind, PlanPart, Round, RoundPart, Snapshot
from luukku.plans.queries.due import my_due
from luukku.plans.queries.rounds import round_page, table
from luukku.plans.queries.seats import Key
from tests.cast import Cast, Member, member
from tests.harness.client import Client

ClientOf = Callable[[Member], Client]
AREAS = [{"fi": "Vetovoima", "sv": "Dragningskraft", "en": "Attraction"}, {"fi": "Osaaminen", "sv": "Kunnande", "en": "Competence"}]


def _at(day: date, hour: int = 8) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


@pytest.fixture
def strategy(cast: Cast, adviser_seat: Key, today: date) -> Plan:
    """Three measures in two focus areas: two lead by the adviser's seat, one by the partner's; approved by the town's council."""
    with act_as(cast.coordinator.actor) as by:
        begun = BeginForm(PlanKind.objects.get(code="strategy"), today.year, today.year + 3, "Elinvoimaohjelma")
        plan = begin_plan(by=by, region=cast.here.region, form=begun)
        name_parts(by=by, plan=plan, parts=AREAS)
        first, second = PlanPart.objects.offered(plan)
        partner: Key = ("adviser", cast.partner.actor.seats[0].organisation_id, None)
        for part, words, seat in (
            (first, "Tontit verkkoon", adviser_seat),
            (second, "Rekrytoinnin tuki", adviser_seat),
            (second, "Oppisopimus", partner),
        ):
            form = MeasureForm(part=part, words=words, starts_on=today - timedelta(days=30), due_on=today + timedelta(days=700), seats=[seat])
            add_measure(by=by, plan=plan, form=form)
        edit_plan(by=by, plan=plan, form=BasicForm(name="Elinvoimaohjelma", is_public=True), based_on=fetched(plan.pk).version)
        return approve_plan(by=by, plan=plan, approval=Approval(words="Kaupunginvaltuusto § 41"))


@pytest.fixture
def asked(cast: Cast, strategy: Plan, today: date) -> Round:
    with act_as(cast.coordinator.actor) as by:
        return plan_round(by=by, plan=strategy, form=RoundForm("Syksy", today, today + timedelta(days=14), "Mitä on tehty?"))


def _part(round_: Round, organisation_id: int | None) -> RoundPart:
    return RoundPart.objects.select_related("round__plan__region", "round__plan__kind").get(round=round_, organisation=organisation_id)


def _all(part: RoundPart, **said: Any) -> dict[int, Report]:
    keys = Measure.objects.filter(seats__organisation=part.organisation_id, plan=part.plan_id).values_list("pk", flat=True)
    return {pk: Report(**{"state": "going", "words": "Alkuun päästiin", **said}) for pk in keys}


def test_measures_stand_under_the_plans_own_focus_areas_and_those_go_on_in_the_next_plan(cast: Cast, strategy: Plan) -> None:
    assert [str(part.name_fi) for part in PlanPart.objects.offered(strategy)] == ["Vetovoima", "Osaaminen"]
    with act_as(cast.coordinator.actor) as by:
        begun = BeginForm(strategy.kind, strategy.last_year + 1, name="Elinvoimaohjelma")
        after = begin_plan(by=by, region=cast.here.region, form=begun)
        assert [part.name_fi for part in PlanPart.objects.offered(after)] == ["Vetovoima", "Osaaminen"]
        other = begin_plan(by=by, region=cast.here.region, form=BeginForm(PlanKind.objects.get(code="term"), strategy.year))
    assert not PlanPart.objects.offered(other).filter(plan=strategy).exists()


def test_each_leading_seat_is_asked_once_and_gets_one_mail(cast: Cast, asked: Round) -> None:
    assert {part.organisation_id for part in asked.parts.all()} == {cast.here.organisation.pk, cast.partner.actor.seats[0].organisation_id}
    mails = OutgoingMail.objects.filter(kind="plans.round")
    assert {mail.subject_id for mail in mails} >= {cast.adviser.actor.person_id, cast.partner.actor.person_id}
    assert [due.words for due in my_due(cast.adviser.actor) if "raportointi" in due.url]


def test_department_answers_all_its_measures_on_one_page(client_of: ClientOf, cast: Cast, asked: Round) -> None:
    part = _part(asked, cast.here.organisation.pk)
    adviser = client_of(cast.adviser)
    page = adviser.get(f"/raportointi/osuus/{part.pk}")
    text = page.content.decode()
    assert ("Tontit verkkoon" in text, "Rekrytoinnin tuki" in text, "Oppisopimus" in text) == (True, True, False)
    one, two = Measure.objects.filter(seats__organisation=part.organisation_id).order_by("number")
    bad = {f"state-{one.pk}": "done", f"words-{one.pk}": "Palvelu avattiin", f"state-{two.pk}": "", "words": "Hyvä syksy"}
    failed = adviser.submit(page, bad, form="form")
    assert (failed.status_code, "Palvelu avattiin" in failed.content.decode(), Note.objects.filter(round_part=part).exists()) == (422, True, False)
    assert adviser.submit(page, bad | {f"state-{two.pk}": "going"}, form="form").status_code == 302
    part.refresh_from_db()
    one.refresh_from_db()
    assert (part.words, part.person_id, one.state) == ("Hyvä syksy", cast.adviser.actor.person_id, "done")
    assert not [due for due in my_due(cast.adviser.actor) if "raportointi" in due.url]
    assert "Palvelu avattiin" in client_of(cast.coordinator).get(f"/raportointi/{asked.pk}/").content.decode()


def test_nobody_answers_for_another_seat(cast: Cast, client_of: ClientOf, asked: Round) -> None:
    part = _part(asked, cast.here.organisation.pk)
    with act_as(cast.partner.actor) as by, pytest.raises(NotAllowed):
        answer_part(by=by, part=part, words="", said=_all(part))
    assert client_of(cast.partner).get(f"/raportointi/osuus/{part.pk}").status_code == 403


def test_a_measure_left_out_stops_the_whole_answer(cast: Cast, asked: Round) -> None:
    part = _part(asked, cast.here.organisation.pk)
    said = dict(list(_all(part).items())[:1])
    with act_as(cast.adviser.actor) as by, pytest.raises(RuleBroken):
        answer_part(by=by, part=part, words="", said=said)
    assert not Note.objects.filter(round_part=part).exists()


def test_closed_round_is_a_report_that_nobody_adds_to_and_that_keeps_the_plan(cast: Cast, client_of: ClientOf, asked: Round) -> None:
    part = _part(asked, cast.here.organisation.pk)
    with act_as(cast.adviser.actor) as by:
        answer_part(by=by, part=part, words="Hyvä syksy", said=_all(part))
    coordinator = client_of(cast.coordinator)
    assert coordinator.submit(coordinator.get(f"/raportointi/{asked.pk}/sulje"), {"summary": "Puolet etenee"}).status_code == 302
    assert Snapshot.objects.filter(plan=asked.plan_id, kind="reported").count() == 1
    with act_as(cast.adviser.actor) as by, pytest.raises(RuleBroken):
        answer_part(by=by, part=part, words="", said=_all(part))
    page = coordinator.get(f"/raportointi/{asked.pk}/").content.decode()
    assert ("Puolet etenee" in page, "Ei raporttia" in page) == (True, True)
    assert coordinator.get(f"/raportointi/{asked.pk}/pdf").content.startswith(b"%PDF")
    with act_as(cast.coordinator.actor) as by:
        heads, lines = table(round_page(by, asked.pk))
    assert (len(lines), {len(line) for line in lines}) == (3, {len(heads)})


def test_public_reads_a_report_only_when_it_is_closed_and_made_public(cast: Cast, client: Client, asked: Round) -> None:
    assert client.get(f"/raportointi/{asked.pk}/").status_code == 404
    part = _part(asked, cast.here.organisation.pk)
    with act_as(cast.adviser.actor) as by:
        answer_part(by=by, part=part, words="", said=_all(part))
    with act_as(cast.coordinator.actor) as by:
        close_round(by=by, round_=asked, summary="Puolet etenee", is_public=True)
    page = client.get(f"/raportointi/{asked.pk}/").content.decode()
    assert ("Puolet etenee" in page, "Alkuun päästiin" in page) == (True, True)
    assert cast.adviser.someone.name not in page
    assert "Syksy" in client.get(f"/suunnitelmat/{asked.plan_id}/").content.decode()


def test_by_raw_sql_the_public_reads_no_answer_of_an_open_round(cast: Cast, asked: Round) -> None:
    part = _part(asked, cast.here.organisation.pk)
    with act_as(cast.adviser.actor) as by:
        answer_part(by=by, part=part, words="Kesken", said=_all(part))
    with act_as(PUBLIC), connection.cursor() as cursor:
        for table_name in ("plans_round", "plans_roundpart", "plans_note"):
            cursor.execute(f"select count(*) from {table_name}")
            assert cursor.fetchone() == (0,), table_name
    with act_as(PUBLIC) as nobody, pytest.raises(NotFound):
        get_round(nobody, asked.pk)


def test_silent_seat_is_reminded_a_week_before_and_weekly_after_and_an_answered_one_never(cast: Cast, asked: Round, today: date) -> None:
    part = _part(asked, cast.here.organisation.pk)
    with act_as(cast.adviser.actor) as by:
        answer_part(by=by, part=part, words="", said=_all(part))
    OutgoingMail.objects.all().delete()
    with act_as_house("test"):
        assert [keep_rounds(_at(today + timedelta(days=n))) for n in (2, 7, 8, 14, 15, 22)] == [0, 1, 0, 1, 0, 1]
    assert cast.adviser.actor.person_id not in OutgoingMail.objects.values_list("subject_id", flat=True)


def test_planned_round_is_asked_on_its_first_day_and_may_be_called_off_before(cast: Cast, strategy: Plan, today: date) -> None:
    with act_as(cast.coordinator.actor) as by:
        form = RoundForm("Kevät", today + timedelta(days=5), today + timedelta(days=30))
        planned = plan_round(by=by, plan=strategy, form=form)
        other = plan_round(by=by, plan=strategy, form=RoundForm("Syksy", today + timedelta(days=200), today + timedelta(days=220)))
        remove_round(by=by, round_=other)
        assert edit_round(by=by, round_=planned, form=form).opened_at is None
    with act_as_house("test"):
        keep_rounds(_at(today + timedelta(days=4)))
        assert not RoundPart.objects.filter(round=planned).exists()
        keep_rounds(_at(today + timedelta(days=5)))
        assert RoundPart.objects.filter(round=planned).count() == 2
    with act_as(cast.coordinator.actor) as by, pytest.raises(RuleBroken):
        remove_round(by=by, round_=planned)


def test_second_round_waits_until_the_first_is_closed(cast: Cast, strategy: Plan, asked: Round, today: date) -> None:
    with act_as(cast.coordinator.actor) as by, pytest.raises(RuleBroken):
        plan_round(by=by, plan=strategy, form=RoundForm("Toinen", today, today))


def test_department_of_a_party_answers_though_it_is_no_party_itself(cast: Cast, strategy: Plan, today: date) -> None:
    """A unit's people hold seats at the unit; its town takes part in the region."""
    unit = Organisation.objects.create(code="tekninen", name_fi="Tekninen toimi", parent=cast.here.organisation, type=cast.here.organisation.type)
    head = member("head@tekninen.example", "Tekla Toimi", Role.ORGANISATION_HEAD, organisation=unit)
    with act_as(cast.coordinator.actor) as by:
        form = MeasureForm(
            part=PlanPart.objects.offered(strategy)[0], words="Kadut", starts_on=today, due_on=today + timedelta(days=90),
            seats=[("organisation-head", unit.pk, None)],
        )  # fmt: skip
        add_measure(by=by, plan=strategy, form=form)
        round_ = plan_round(by=by, plan=strategy, form=RoundForm("Syksy", today, today + timedelta(days=14)))
    part = _part(round_, unit.pk)
    with act_as(head.actor) as by:
        answer_part(by=by, part=part, words="Valmista", said=_all(part, state="done"))
    assert Measure.objects.get(words="Kadut").state == "done"


def test_report_costs_a_fixed_number_of_statements(cast: Cast, strategy: Plan, asked: Round, sql_count: Any, today: date) -> None:
    with act_as(cast.coordinator.actor) as by:
        with sql_count() as few:
            round_page(by, asked.pk)
        for n in range(12):
            part = PlanPart.objects.offered(strategy)[0]
            made = MeasureForm(part=part, words=f"Toimi {n}", starts_on=today, due_on=today, seats=[("adviser", cast.here.organisation.pk, None)])
            add_measure(by=by, plan=strategy, form=made)
        with sql_count() as many:
            round_page(by, asked.pk)
    assert many.number == few.number
