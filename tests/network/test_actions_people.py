"""Changing people, seats and regions: who may, what is refused and why, and what it leaves behind."""

from datetime import timedelta

import pytest
from django.utils import timezone

from luukku.accounts.models import User
from luukku.core.actor import HOUSE, Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.models import Event
from luukku.network import access
from luukku.network.actions.people import PersonDetails, add_person, allow_sign_in, deactivate_person, edit_person, publish_person, reactivate_person
from luukku.network.actions.regions import RegionDetails, confirm_municipalities, edit_region, open_door
from luukku.network.actions.seats import end_seat, give_seat
from luukku.network.actions.signins import close_sign_in
from luukku.network.enums import Role
from luukku.network.models import Organisation, Person, Region, RegionMunicipality, Seat
from tests.cast import Cast, Member
from tests.factories.network import (
    MunicipalityFactory,
    PersonFactory,
    SeatFactory,
    municipality_of,
)
from tests.network.fixtures import ActingAs


def last_event() -> Event:
    return Event.objects.latest("id")


def head_of(organisation: Organisation) -> Actor:
    return access.actor_of_person(SeatFactory.create(role=Role.ORGANISATION_HEAD, organisation=organisation).person_id)


# people and seats


def test_head_adds_an_adviser_who_can_sign_in(cast: Cast, as_: ActingAs) -> None:
    head = head_of(cast.partners)
    with as_(head):
        person = add_person(
            by=head, organisation=cast.partners, role=Role.ADVISER, details=PersonDetails(name="Uusi Neuvoja", email="Uusi@partner.example")
        )
        user = allow_sign_in(by=head, person=person)
    assert user.email == "uusi@partner.example"
    assert not user.has_usable_password()
    actor = access.actor_of_user(user.pk)
    assert actor is not None
    assert actor.organisation_ids == {cast.partners.pk}


def test_head_gives_no_seats_elsewhere(cast: Cast) -> None:
    head = head_of(cast.partners)
    person = PersonFactory.create()
    for place in ({"organisation": cast.here.organisation, "role": Role.ADVISER}, {"region": cast.here.region, "role": Role.COORDINATOR}):
        with pytest.raises(NotAllowed):
            give_seat(by=head, person=person, **place)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        give_seat(by=head, person=person, role=Role.NATIONAL_OWNER)


@pytest.mark.parametrize(
    ("role", "message"),
    [(Role.ADVISER, "organisation"), (Role.COORDINATOR, "region"), (Role.AREA_CONTACT, "area")],
)
def test_a_seat_needs_its_level(cast: Cast, role: Role, message: str) -> None:
    with pytest.raises(RuleBroken, match=message):
        give_seat(by=HOUSE, person=PersonFactory.create(), role=role)
    with pytest.raises(RuleBroken, match="whole network"):
        give_seat(by=HOUSE, person=PersonFactory.create(), role=Role.NATIONAL_OWNER, region=cast.here.region)


def test_a_seat_is_given_once_and_in_regions_of_the_organisation(cast: Cast) -> None:
    adviser = cast.adviser.someone
    with pytest.raises(RuleBroken, match="already"):
        give_seat(by=HOUSE, person=adviser, role=Role.ADVISER, organisation=cast.here.organisation, region=cast.here.region)
    with pytest.raises(RuleBroken, match="take part"):
        give_seat(by=HOUSE, person=adviser, role=Role.ADVISER, organisation=cast.here.organisation, region=cast.there.region)


def test_an_ended_seat_gives_nothing_from_that_moment(cast: Cast) -> None:
    head = head_of(cast.here.organisation)
    given = give_seat(by=head, person=cast.partner.someone, role=Role.ADVISER, organisation=cast.here.organisation)
    assert cast.here.organisation.principal in cast.partner.actor.principals
    end_seat(by=head, seat=given)
    assert cast.here.organisation.principal not in cast.partner.actor.principals
    assert Seat.objects.filter(pk=given.pk).exists()
    assert last_event().action == "seat.ended"


def test_the_last_administrator_stays(cast: Cast) -> None:
    seat = Seat.objects.get(person=cast.admin.someone)
    with pytest.raises(RuleBroken, match="last administrator"):
        end_seat(by=cast.admin.actor, seat=seat)
    give_seat(by=cast.admin.actor, person=cast.national.someone, role=Role.ADMINISTRATOR)
    end_seat(by=cast.admin.actor, seat=seat)


def test_everybody_edits_herself_and_nobody_her_neighbour(cast: Cast) -> None:
    wanted = PersonDetails(name="Aino Adviser", help_text_fi="Autan aloittavia.", languages=("fi", "sv"), email="a@b.example")
    edit_person(by=cast.adviser.actor, person=cast.adviser.someone, details=wanted)
    assert Person.objects.get(pk=cast.adviser.someone.pk).languages == ["fi", "sv"]
    with pytest.raises(NotAllowed):
        edit_person(by=cast.desklead.actor, person=cast.adviser.someone, details=wanted)
    with pytest.raises(NotAllowed):
        publish_person(by=cast.adviser.actor, person=cast.adviser.someone, published=False)


def test_publishing_needs_a_way_to_reach_her(cast: Cast) -> None:
    head = head_of(cast.partners)
    person = add_person(by=head, organisation=cast.partners, role=Role.ADVISER, details=PersonDetails(name="Puhelimeton"))
    with pytest.raises(RuleBroken, match="telephone"):
        publish_person(by=head, person=person, published=True)


def test_deputy_is_somebody_else_who_works_here(cast: Cast) -> None:
    gone = PersonFactory.create(deactivated_at=timezone.now())
    adviser = cast.adviser.someone
    for deputy in (gone, adviser):
        with pytest.raises(RuleBroken) as caught:
            edit_person(by=HOUSE, person=adviser, details=PersonDetails(name="A", deputy=deputy))
        assert caught.value.field == "deputy"


def test_who_has_left_cannot_sign_in_or_be_seen(cast: Cast) -> None:
    deactivate_person(by=head_of(cast.partners), person=cast.partner.someone)
    assert not User.objects.get(pk=cast.partner.user.pk).is_active
    assert access.actor_of_user(cast.partner.user.pk) is None
    assert cast.partner.someone not in access.visible_people(Actor())


def test_who_comes_back_gets_seat_and_sign_in_from_those_who_saw_the_person_off(cast: Cast) -> None:
    head, person = head_of(cast.partners), cast.partner.someone
    deactivate_person(by=head, person=person)
    for stranger in (cast.coordinator.actor, head_of(cast.there.organisation)):
        with pytest.raises(NotAllowed):
            reactivate_person(by=stranger, person=person, role=Role.ADVISER, organisation=cast.partners)
    reactivate_person(by=head, person=person, role=Role.ADVISER, organisation=cast.partners)
    assert not User.objects.get(pk=cast.partner.user.pk).is_active, "the sign-in is given on its own"
    assert allow_sign_in(by=head, person=person).is_active
    actor = access.actor_of_user(cast.partner.user.pk)
    assert actor is not None
    assert [seat.organisation_id for seat in actor.seats] == [cast.partners.pk]
    assert not person.is_published
    assert Event.objects.filter(action="person.reactivated").exists()


def test_a_sign_in_that_an_administrator_closed_is_opened_by_no_head(cast: Cast) -> None:
    head, person = head_of(cast.partners), cast.partner.someone
    close_sign_in(by=cast.admin.actor, person=person)
    deactivate_person(by=head, person=person)
    reactivate_person(by=head, person=person, role=Role.ADVISER, organisation=cast.partners)
    with pytest.raises(RuleBroken, match="administrator"):
        allow_sign_in(by=head, person=person)
    assert allow_sign_in(by=cast.admin.actor, person=person).is_active


def test_who_has_left_gets_no_sign_in_before_coming_back(cast: Cast) -> None:
    deactivate_person(by=HOUSE, person=cast.partner.someone)
    with pytest.raises(RuleBroken, match="left"):
        allow_sign_in(by=HOUSE, person=cast.partner.someone)


def test_nobody_deactivates_herself(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="yourself"):
        deactivate_person(by=cast.admin.actor, person=cast.admin.someone)


def test_one_sign_in_belongs_to_one_person(cast: Cast) -> None:
    twin = PersonFactory.create(email=cast.adviser.user.email)
    with pytest.raises(RuleBroken, match="Somebody else"):
        allow_sign_in(by=HOUSE, person=twin)


# regions


def test_coordinator_confirms_what_was_assumed(cast: Cast, as_: ActingAs) -> None:
    here, stays = cast.here, cast.here.municipality
    leaves = municipality_of(here.region, name_fi="Lähtevä")
    joins = MunicipalityFactory.create(name_fi="Tuleva")
    RegionMunicipality.objects.update(assumed=True)
    with as_(cast.coordinator) as actor:
        confirm_municipalities(by=actor, region=here.region, municipalities=[stays, joins])
    spells = here.region.municipality_spells
    assert set(spells.filter(valid_until=None).values_list("municipality", "assumed")) == {(stays.pk, False), (joins.pk, False)}
    assert spells.get(municipality=leaves).valid_until == timezone.localdate() - timedelta(days=1)
    facts = last_event().facts
    assert (facts["joined"], facts["left"], facts["all"]) == (1, 1, 2)


def test_a_municipality_of_another_region_is_refused_but_keepers_move_it(cast: Cast) -> None:
    theirs = cast.there.municipality
    with pytest.raises(RuleBroken, match=r"Saarelan kunta \(Saarela en\)"):
        confirm_municipalities(by=cast.coordinator.actor, region=cast.here.region, municipalities=[theirs])
    confirm_municipalities(by=cast.national.actor, region=cast.here.region, municipalities=[theirs])
    assert RegionMunicipality.objects.get(municipality=theirs, valid_until=None).region == cast.here.region


@pytest.mark.parametrize("who", ["adviser", "steering", "area", "outsider", "editor"])
def test_others_change_no_region(cast: Cast, who: str) -> None:
    member: Member = getattr(cast, who)
    with pytest.raises(NotAllowed):
        edit_region(by=member.actor, region=cast.here.region, details=RegionDetails())
    with pytest.raises(NotAllowed):
        confirm_municipalities(by=member.actor, region=cast.here.region, municipalities=[])
    with pytest.raises(NotAllowed):
        open_door(by=member.actor, region=cast.here.region, is_open=False)


def test_promise_is_at_least_a_day(cast: Cast) -> None:
    with pytest.raises(RuleBroken) as caught:
        edit_region(by=cast.coordinator.actor, region=cast.here.region, details=RegionDetails(taken_up_days=0))
    assert caught.value.field == "taken_up_days"
    edit_region(by=cast.coordinator.actor, region=cast.here.region, details=RegionDetails(taken_up_days=1, publish_by_organisation=True))
    assert Region.objects.get(pk=cast.here.region.pk).publish_by_organisation
    assert last_event().facts == {"promise": True}


def test_door_opens_only_with_a_front_desk(cast: Cast) -> None:
    cast.here.desk.is_front = False
    cast.here.desk.save()
    open_door(by=cast.coordinator.actor, region=cast.here.region, is_open=False)
    with pytest.raises(RuleBroken, match="front desk"):
        open_door(by=cast.coordinator.actor, region=cast.here.region)
