"""A house: who shares the premises, who sits there, and who says that she is in."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, time, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from luukku.core.actor import PUBLIC, act_as, act_as_house
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.models import Event
from luukku.network.access.houses import visible_presences
from luukku.network.actions.houses import join_house, leave_house, sit_in_house
from luukku.network.actions.presence import forget_past_presences, forget_presence, mark_presence
from luukku.network.models import Premises, Presence
from luukku.network.queries.houses import house_page, houses_of, is_host, shared_premises
from tests.cast import Cast, Member
from tests.harness.client import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def premises(cast: Cast) -> Premises:
    return Premises.objects.create(organisation=cast.here.organisation, name="Yritystalo", municipality=cast.here.municipality)


@pytest.fixture
def house(premises: Premises, cast: Cast) -> Premises:
    """Two organisations; Aino is the host, Pekka sits in room 2."""
    by = cast.coordinator.actor
    join_house(by=by, premises=premises, organisation=cast.partners)
    sit_in_house(by=by, premises=premises, organisation=cast.here.organisation, person=cast.adviser.someone, room="aula", is_host=True)
    sit_in_house(by=by, premises=premises, organisation=cast.partners, person=cast.partner.someone, room="huone 2")
    return premises


def test_premises_become_a_house_when_a_second_organisation_joins(premises: Premises, cast: Cast) -> None:
    assert list(shared_premises()) == []
    for member in (cast.adviser, cast.partner, cast.outsider, cast.steering):
        with pytest.raises(NotAllowed):
            join_house(by=member.actor, premises=premises, organisation=cast.partners)
    join_house(by=cast.coordinator.actor, premises=premises, organisation=cast.partners)
    assert list(shared_premises()) == [premises]
    with pytest.raises(RuleBroken):
        join_house(by=cast.coordinator.actor, premises=premises, organisation=cast.partners)
    with pytest.raises(RuleBroken):
        join_house(by=cast.coordinator.actor, premises=premises, organisation=cast.there.organisation)
    leave_house(by=cast.coordinator.actor, premises=premises, organisation=cast.partners)
    assert list(shared_premises()) == []


def test_only_who_works_there_sits_in_the_house_and_hosts_are_chosen_by_its_keeper(house: Premises, cast: Cast) -> None:
    by = cast.coordinator.actor
    with pytest.raises(RuleBroken):
        sit_in_house(by=by, premises=house, organisation=cast.partners, person=cast.adviser.someone, room="3")
    with pytest.raises(NotAllowed):
        sit_in_house(by=cast.partner.actor, premises=house, organisation=cast.here.organisation, person=cast.desklead.someone, room="3")
    assert is_host(cast.adviser.actor, house)
    assert not is_host(cast.partner.actor, house)
    assert cast.partner.actor.houses == (house.pk,)
    assert houses_of(cast.partner.actor) == [house]
    assert cast.outsider.actor.houses == ()


def test_presence_is_read_by_those_of_the_house_and_by_nobody_else(house: Premises, cast: Cast) -> None:
    with act_as(cast.partner.actor) as by:
        mark_presence(by=by, state="in")
    seen = {}
    for member in cast.everybody:
        with act_as(member.actor) as by:
            seen[member.name] = visible_presences(by).count()
    assert {name for name, n in seen.items() if n} == {"adviser", "desklead", "partner"}
    with act_as(PUBLIC):
        assert Presence.objects.count() == 0


def test_who_leaves_the_house_reads_no_more_who_is_in(house: Premises, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as by:
        mark_presence(by=by, state="in")
    with act_as(cast.partner.actor) as by:
        assert visible_presences(by).count() == 1
    with act_as(cast.coordinator.actor) as by:
        leave_house(by=by, premises=house, organisation=cast.partners)
    with act_as(cast.partner.actor) as by:
        assert visible_presences(by).count() == 0
    assert cast.partner.actor.houses == ()


@pytest.mark.parametrize("name", ["outsider", "coordinator", "partner", "national", "admin"])
def test_nobody_says_it_of_another_nor_makes_herself_a_reader(house: Premises, cast: Cast, name: str) -> None:
    with act_as(cast.adviser.actor) as by:
        mark_presence(by=by, state="in")
    person = cast.adviser.someone.pk
    for statement in (
        f"insert into network_presence (person_id, state, until, readers) values ({cast.desklead.someone.pk}, 'in', now(), wall.principals())",
        f"update network_presence set state = 'away' where person_id = {person}",
        f"update network_presence set readers = wall.principals() where person_id = {person}",
    ):
        with act_as(getattr(cast, name).actor), suppress(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    mine = Presence.objects.get(person=person)
    assert mine.state == "in"
    assert set(mine.readers) == {cast.adviser.someone.principal, cast.here.organisation.principal, cast.partners.principal}
    assert not Presence.objects.filter(person=cast.desklead.someone).exists()


def test_presence_ends_at_midnight_and_leaves_no_trace(house: Premises, cast: Cast) -> None:
    before = Event.objects.count()
    noon = timezone.make_aware(datetime.combine(timezone.localdate() - timedelta(days=1), time(12)))
    with act_as(cast.partner.actor) as by:
        mark_presence(by=by, state="back", back=time(14), at=noon)
        assert visible_presences(by).count() == 0
        mark_presence(by=by, state="in")
        mark_presence(by=by, state="away")
        assert [each.state for each in visible_presences(by)] == ["away"]
        forget_presence(by=by)
        assert visible_presences(by).count() == 0
        mark_presence(by=by, state="back", back=time(14), at=noon)
    with act_as_house("test of the night") as by:
        assert forget_past_presences(by=by) == 1
    assert Presence.objects.count() == 0
    assert Event.objects.count() == before


def test_hour_of_return_is_needed_and_lies_ahead(house: Premises, cast: Cast) -> None:
    noon = timezone.make_aware(datetime.combine(timezone.localdate(), time(12)))
    with act_as(cast.partner.actor) as by:
        for state, back, field in (("back", None, "back"), ("back", time(11), "back"), ("nowhere", None, "state")):
            with pytest.raises(RuleBroken) as broken:
                mark_presence(by=by, state=state, back=back, at=noon)
            assert broken.value.field == field
    with pytest.raises(NotAllowed):
        mark_presence(by=cast.founder.actor, state="in")


def test_house_page_costs_the_same_whoever_sits_there(house: Premises, cast: Cast, sql_count: Callable[..., object]) -> None:
    sit_in_house(by=cast.coordinator.actor, premises=house, organisation=cast.here.organisation, person=cast.desklead.someone, room="4")
    with act_as(cast.adviser.actor) as by, sql_count(at_most=4):  # type: ignore[attr-defined]
        page = house_page(by, house)
        assert [place.person.name for place in page.places] == ["Aino Adviser", "Leena Lead", "Pekka Partner"]
        assert [place.person.away for place in page.places] == [None, None, None]


def test_coordinator_sets_a_house_up_on_screen_and_an_adviser_says_in_the_header_that_she_is_in(
    premises: Premises, cast: Cast, client_of: Callable[[Member], Client]
) -> None:
    browser = client_of(cast.coordinator)
    base = f"/verkosto/toimipaikat/{premises.pk}/"
    assert "Täällä palvelee vain yksi organisaatio" in browser.get(base).content.decode()
    assert browser.submit(browser.get(f"{base}organisaatio"), {"organisation": cast.partners.pk}).status_code == 302
    place = {"person": cast.partner.someone.pk, "room": "huone 2", "is_host": "on"}
    assert browser.submit(browser.get(f"{base}{cast.partners.code}/ihminen"), place).status_code == 302
    assert "Pekka Partner</a>, huone 2" in browser.get(base).content.decode()
    partner = client_of(cast.partner)
    assert 'action="/paikalla/"' in partner.get("/paikalla/").content.decode()
    assert partner.post("/paikalla/", {"state": "in", "next": base}).headers["Location"] == base
    assert "Olet ilmoittanut: paikalla" in partner.get("/paikalla/").content.decode()
    late = partner.post("/paikalla/", {"state": "back", "back": ""})
    assert late.status_code == 422
    assert 'action="/paikalla/"' not in client_of(cast.outsider).get("/paikalla/").content.decode()
