"""Who may do what in the network: seats, their reach, and what the public sees."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from luukku.core.actor import HOUSE, PUBLIC
from luukku.core.errors import NotFound
from luukku.network import access
from luukku.network.enums import ROLES, Level, Right, Role
from tests.cast import Cast
from tests.factories.network import OrganisationFactory, PersonFactory, SeatFactory, UserFactory
from tests.network.fixtures import SqlCount


def test_actor_carries_her_seats_and_the_principals_she_may_read_by(cast: Cast) -> None:
    actor = access.actor_of_user(cast.adviser.user.pk)
    assert actor is not None
    assert actor.person_id == cast.adviser.someone.pk
    assert [seat.role for seat in actor.seats] == ["adviser"]
    assert set(actor.principals) == {cast.adviser.someone.principal, cast.here.organisation.principal}


def test_actor_costs_one_statement_whatever_the_seats(cast: Cast, sql_count: SqlCount) -> None:
    for role in (Role.DESK_LEAD, Role.SERVICE_EDITOR, Role.ORGANISATION_HEAD):
        SeatFactory.create(person=cast.adviser.someone, role=role, organisation=cast.here.organisation)
    with sql_count(1):
        actor = access.actor_of_user(cast.adviser.user.pk)
    assert actor is not None
    assert len(actor.seats) == 4


def test_a_role_that_reads_no_cases_gives_no_organisations_principal(cast: Cast) -> None:
    assert cast.editor.actor.principals == (cast.editor.someone.principal,)
    assert cast.coordinator.actor.principals == (cast.coordinator.someone.principal,)


def test_seats_that_have_ended_or_not_begun_do_not_count(cast: Cast) -> None:
    today = timezone.localdate()
    person = PersonFactory.create(user=UserFactory.create())
    SeatFactory.create(person=person, organisation=cast.partners, valid_until=today - timedelta(days=1))
    SeatFactory.create(person=person, organisation=cast.partners, valid_from=today + timedelta(days=1))
    actor = access.actor_of_person(person.pk)
    assert actor.seats == ()
    assert actor.principals == (person.principal,)


def test_seats_of_an_organisation_that_left_do_not_count(cast: Cast) -> None:
    cast.partners.deactivated_at = timezone.now()
    cast.partners.save()
    assert cast.partner.actor.seats == ()


def test_somebody_who_has_left_is_no_actor(cast: Cast) -> None:
    person = cast.partner.someone
    person.deactivated_at = timezone.now()
    person.save()
    assert access.actor_of_user(cast.partner.user.pk) is None
    with pytest.raises(NotFound):
        access.actor_of_person(person.pk)


def test_customers_are_nobody_in_the_network(cast: Cast) -> None:
    assert access.actor_of_user(cast.founder.user.pk) is None


@pytest.mark.parametrize("role", Role)
def test_every_role_stands_in_the_table(role: Role) -> None:
    assert ROLES[role].purpose
    assert ROLES[role].rights


def test_rights_reach_as_far_as_the_seat(cast: Cast) -> None:
    here, there = cast.here, cast.there
    lead, coordinator, admin = cast.desklead.actor, cast.coordinator.actor, cast.admin.actor
    assert access.may(lead, Right.LEAD_DESK, organisation_id=here.organisation.pk)
    assert not access.may(lead, Right.LEAD_DESK, organisation_id=cast.partners.pk)
    assert not access.may(lead, Right.EDIT_REGION, region_id=here.region.pk)
    assert access.can_edit_region(coordinator, here.region.pk)
    assert not access.can_edit_region(coordinator, there.region.pk)
    assert not access.can_edit_organisation(coordinator, here.organisation.pk)
    assert access.can_edit_organisation(admin, there.organisation.pk)
    assert access.can_edit_region(HOUSE, there.region.pk)
    assert not access.can_edit_network(PUBLIC)


def test_an_organisations_seat_in_a_region_is_no_regions_seat(cast: Cast) -> None:
    """An adviser's seat names a region; that must not give her rights over the region."""
    SeatFactory.create(person=cast.adviser.someone, role=Role.ORGANISATION_HEAD, organisation=cast.here.organisation, region=cast.here.region)
    assert not access.can_edit_region(cast.adviser.actor, cast.here.region.pk)
    assert access.can_edit_organisation(cast.adviser.actor, cast.here.organisation.pk)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_an_administrator_makes_an_administrator(cast: Cast, role: Role) -> None:
    seat: dict[Level, dict[str, Any]] = {
        Level.ORGANISATION: {"organisation": cast.here.organisation},
        Level.REGION: {"region": cast.here.region},
    }
    person = PersonFactory.create()
    SeatFactory.create(person=person, role=role, **seat.get(ROLES[role].level, {}))
    actor = access.actor_of_person(person.pk)
    assert not access.can_give_seat(actor, Role.ADMINISTRATOR, organisation_id=None, region_id=None)
    assert access.can_give_seat(cast.admin.actor, Role.ADMINISTRATOR, organisation_id=None, region_id=None)


def test_the_public_sees_published_people_and_active_organisations_only(cast: Cast) -> None:
    hidden = PersonFactory.create(is_published=False)
    gone = OrganisationFactory.create(deactivated_at=timezone.now())
    assert hidden not in access.visible_people(PUBLIC)
    assert hidden in access.visible_people(cast.outsider.actor)
    assert cast.adviser.someone in access.visible_people(PUBLIC)
    with pytest.raises(NotFound):
        access.get_organisation(PUBLIC, gone.code)
    assert access.get_organisation(cast.outsider.actor, gone.code) == gone
    with pytest.raises(NotFound):
        access.get_person(PUBLIC, hidden.pk)
    with pytest.raises(NotFound):
        access.get_desk(PUBLIC, cast.here.desk.pk)
