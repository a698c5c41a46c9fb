"""Where needs go by rule: conditions, order, people, versions, and the trial before a draft is taken into use."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from luukku.core.actor import act_as
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.models import Event
from luukku.core.remembered import forget_all
from luukku.desk.actions.routing import RuleForm, add_rule, change_rule, discard, draft_of, move_rule, set_rota, take_into_use
from luukku.desk.models import Case, Leg, Rota, Rule
from luukku.desk.queries.rota import turn
from luukku.desk.queries.routing_trial import trial
from luukku.network.actions.absences import enter_absence
from luukku.network.enums import Role
from luukku.network.models import Person
from tests.cast import Cast, Member
from tests.desk.conftest import Use
from tests.factories.catalogue import ServiceFactory
from tests.factories.network import PersonFactory, SeatFactory, municipality_of
from tests.harness.client import Client
from tests.harness.counting import sql_count

DAY = timedelta(days=1)
ClientOf = Callable[[Member], Client]


def leg_of(case: Case) -> Leg:
    return Leg.objects.get(case=case)


def test_without_rules_needs_go_to_the_front_desk_and_it_costs_one_statement_once(send: Callable[..., Case], cast: Cast) -> None:
    leg = leg_of(send())
    assert (leg.desk, leg.handler, leg.routed) == (cast.here.desk, None, {"by": "front"})


@pytest.mark.parametrize("field", ["services", "municipalities", "languages"])
def test_first_rule_that_fits_decides_and_the_reason_stays_on_the_leg(field: str, use: Use, send: Callable[..., Case], cast: Cast) -> None:
    service = ServiceFactory.create()
    value: dict[str, Any] = {"services": service.pk, "municipalities": cast.here.municipality.pk, "languages": "sv"}
    given: dict[str, Any] = {field: (value[field],)}
    book = use(replace(RuleForm(to_desk=cast.partner_desk), **given), RuleForm(to_desk=cast.here.desk))
    hit = leg_of(send(service=service, language="sv"))
    assert hit.desk == cast.partner_desk
    name = {"services": "service", "municipalities": "municipality", "languages": "language"}[field]
    assert hit.routed == {"by": "rule", "book": book.pk, "version": 1, "rule": 1, name: value[field]}
    missed = leg_of(send(service=None, language="fi", municipality=municipality_of(cast.here.region, code="903")))
    assert missed.desk == cast.here.desk
    assert missed.routed["rule"] == 2
    assert missed.state == "new"
    assert cast.partners.principal in hit.readers


def test_load_sends_on_when_a_desk_is_full(use: Use, send: Callable[..., Case], cast: Cast) -> None:
    use(RuleForm(fewer_than=2, to_desk=cast.partner_desk))
    assert [leg_of(send()).desk for _ in range(3)] == [cast.partner_desk, cast.partner_desk, cast.here.desk]


def test_named_person_gets_it_unless_away(use: Use, send: Callable[..., Case], cast: Cast) -> None:
    aino = cast.adviser.someone
    use(RuleForm(to_desk=cast.here.desk, whom="person", to_person=aino))
    leg = leg_of(send())
    assert (leg.handler, leg.state, leg.taken_up_at) == (aino, "new", None)
    today = timezone.localdate()
    enter_absence(by=cast.adviser.actor, person=aino, first_day=today, last_day=today)
    leg = leg_of(send())
    assert leg.handler is None
    assert leg.routed["away"] == aino.pk


def test_desks_own_rules_name_the_person_by_rota_or_load(inside: Use, send: Callable[..., Case], cast: Cast) -> None:
    aino, leena = cast.adviser.someone, cast.desklead.someone
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    set_rota(by=cast.desklead.actor, desk=cast.here.desk, period="week", starts_on=monday, people=(leena.pk, aino.pk))
    inside(RuleForm(languages=("sv",), whom="rota"), RuleForm(whom="least"))
    by_rota = leg_of(send(language="sv"))
    assert by_rota.handler == leena
    assert by_rota.routed["inside"]["whom"] == "rota"
    assert {leg_of(send()).handler for _ in range(3)} == {aino, leena}  # Leena has one already: evened out


def test_intake_with_rules_stays_within_its_statements(use: Use, inside: Use, need: Callable[..., Any], cast: Cast) -> None:
    from luukku.core.actor import PUBLIC
    from luukku.desk.actions.intake import send_need

    use(RuleForm(languages=("fi",), to_desk=cast.partner_desk))
    with act_as(PUBLIC), sql_count(at_most=12):
        send_need(by=PUBLIC, need=need())
    use(RuleForm(languages=("fi",), to_desk=cast.partner_desk, whom="person", to_person=cast.partner.someone))
    with act_as(PUBLIC):
        case = send_need(by=PUBLIC, need=need(words="Toinen asia"))
    assert leg_of(case).handler == cast.partner.someone
    with act_as(PUBLIC), sql_count(at_most=12):
        send_need(by=PUBLIC, need=need(words="Kolmas asia"))


def test_coordinator_rules_desks_and_lead_her_own_people_only(cast: Cast) -> None:
    for member in (cast.adviser, cast.desklead, cast.partner, cast.national, cast.outsider):
        with pytest.raises(NotAllowed):
            draft_of(by=member.actor, region=cast.here.region)
    for member in (cast.adviser, cast.partner, cast.coordinator, cast.outsider):
        with pytest.raises(NotAllowed):
            draft_of(by=member.actor, region=cast.here.region, desk=cast.here.desk)
    draft = draft_of(by=cast.desklead.actor, region=cast.here.region, desk=cast.here.desk)
    with pytest.raises(NotAllowed):
        take_into_use(by=cast.coordinator.actor, draft=draft)
    with pytest.raises(NotAllowed):
        set_rota(by=cast.adviser.actor, desk=cast.here.desk, period="week", starts_on=timezone.localdate(), people=())


def test_rules_that_make_no_sense_are_refused(cast: Cast) -> None:
    by, region = cast.coordinator.actor, cast.here.region
    draft = draft_of(by=by, region=region)
    for rule, field in (
        (RuleForm(), "to_desk"),
        (RuleForm(to_desk=cast.there.desk), "to_desk"),
        (RuleForm(to_desk=cast.here.desk, whom="person"), "to_person"),
        (RuleForm(to_desk=cast.here.desk, whom="person", to_person=cast.partner.someone), "to_person"),
        (RuleForm(to_desk=cast.here.desk, languages=("xx",)), "languages"),
        (RuleForm(to_desk=cast.here.desk, municipalities=(cast.there.municipality.pk,)), "municipalities"),
    ):
        with pytest.raises(RuleBroken) as broken:
            add_rule(by=by, draft=draft, rule=rule)
        assert broken.value.field == field


def test_versions_follow_one_another_and_what_is_in_use_never_changes(use: Use, cast: Cast) -> None:
    by, region = cast.coordinator.actor, cast.here.region
    first = use(RuleForm(languages=("sv",), to_desk=cast.partner_desk), RuleForm(to_desk=cast.here.desk))
    draft = draft_of(by=by, region=region)
    assert draft_of(by=by, region=region) == draft
    assert [rule.languages for rule in draft.rules.all()] == [["sv"], []]
    last = draft.rules.last()
    assert last is not None
    move_rule(by=by, rule=last, up=True)
    assert [rule.languages for rule in draft.rules.all()] == [[], ["sv"]]
    assert [rule.languages for rule in first.rules.all()] == [["sv"], []]
    with pytest.raises(NotFound):
        change_rule(by=by, rule=Rule.objects.filter(book=first)[0], wanted=RuleForm(to_desk=cast.here.desk))
    take_into_use(by=by, draft=draft)
    first.refresh_from_db()
    assert (first.state, draft.number) == ("past", 2)
    assert first.used_until is not None
    discard(by=by, draft=draft_of(by=by, region=region))
    assert sorted(Event.objects.filter(action__startswith="routing.").values_list("action", flat=True)) == [
        "routing.discarded", "routing.drafted", "routing.drafted", "routing.drafted", "routing.used", "routing.used",
    ]  # fmt: skip


def test_draft_that_was_changed_after_its_trial_is_not_taken_into_use(client_of: Callable[[Member], Client], use: Use, cast: Cast) -> None:
    by, region = cast.coordinator.actor, cast.here.region
    use(RuleForm(to_desk=cast.here.desk))
    draft, browser = draft_of(by=by, region=region), client_of(cast.coordinator)
    seen = browser.get(f"/ohjaus/luonnos/{draft.pk}/kayttoon")
    change_rule(by=by, rule=draft.rules.get(), wanted=RuleForm(to_desk=cast.partner_desk))
    again = browser.submit(seen)
    draft.refresh_from_db()
    assert (again.status_code, draft.state) == (422, "draft")
    assert "muutettu" in again.content.decode()
    assert browser.submit(again).status_code == 302
    draft.refresh_from_db()
    assert draft.state == "used"


def test_trial_tells_numbers_to_the_coordinator_and_matters_to_who_may_read_them(send: Callable[..., Case], cast: Cast) -> None:
    for language in ("fi", "sv", "sv", "en"):
        send(language=language)
    by = cast.coordinator.actor
    draft = draft_of(by=by, region=cast.here.region)
    add_rule(by=by, draft=draft, rule=RuleForm(languages=("sv",), to_desk=cast.partner_desk))
    forget_all()
    with act_as(by):
        found = trial(by, draft)
    assert (found.tried, found.total_moved, found.given) == (4, 2, 0)
    assert found.moved == {(cast.here.desk.pk, cast.partner_desk.pk): 2}
    assert found.rows == []  # numbers of matters are not hers to see
    assert leg_of(send(language="sv")).desk == cast.here.desk  # a draft decides nothing
    lead = cast.desklead.actor
    own = draft_of(by=lead, region=cast.here.region, desk=cast.here.desk)
    add_rule(by=lead, draft=own, rule=RuleForm(languages=("sv",), whom="person", to_person=cast.adviser.someone))
    with act_as(lead):
        found = trial(lead, own)
    assert (found.tried, found.given, len(found.rows)) == (5, 3, 3)
    assert all(row.number for row in found.rows)
    with act_as(cast.adviser.actor) as adviser, pytest.raises(NotAllowed):
        trial(adviser, own)


def test_window_of_the_trial_is_shut_to_everybody_else(send: Callable[..., Case], cast: Cast) -> None:
    from django.db import connection

    send()
    for member in cast.everybody:
        with act_as(member.actor), connection.cursor() as cursor:
            cursor.execute("select count(*) from wall.desk_routing_facts(%s, 100)", [cast.here.region.pk])
            assert (cursor.fetchone()[0] > 0) is (member in (cast.coordinator, cast.admin)), member.name


@settings(deadline=None, max_examples=200)
@given(st.dates(date(2026, 1, 1), date(2028, 1, 1)), st.integers(0, 400), st.integers(1, 6), st.sampled_from(["day", "week"]))
def test_turns_come_to_everybody_in_order(first: date, later: int, people: int, period: str) -> None:
    rota = Rota(period=period, starts_on=first, people=list(range(people)))
    day = first + timedelta(days=later)
    holder = turn(rota, day)
    assert turn(rota, first) == 0
    assert turn(rota, first - DAY) is None
    monday = day - timedelta(days=day.weekday())
    if period == "week":
        assert {turn(rota, max(first, monday + n * DAY)) for n in range(7)} == {holder}
    elif day.weekday() < 4:
        assert turn(rota, day + DAY) == ((holder or 0) + 1) % people
    else:
        assert turn(rota, monday + 5 * DAY) in (None, turn(rota, max(first, monday + 4 * DAY)))
    if people > 1:
        assert turn(rota, day, {holder or 0}) == ((holder or 0) + 1) % people
    assert turn(rota, day, set(range(people))) is None


def test_person_of_another_desk_is_never_given_a_matter(inside: Use, send: Callable[..., Case], cast: Cast) -> None:
    gone: Person = PersonFactory.create()
    seat = SeatFactory.create(person=gone, role=Role.ADVISER, organisation=cast.here.organisation)
    inside(RuleForm(whom="person", to_person=gone))
    seat.delete()
    forget_all()
    assert leg_of(send()).handler is None
