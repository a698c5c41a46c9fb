"""A seat of one's own on somebody opens nothing of her other seats: who answers for one part of her does not get the whole person."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from luukku.core.actor import HOUSE, Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.network import access
from luukku.network.actions.people import PersonDetails, allow_sign_in, deactivate_person, edit_person, publish_person
from luukku.network.actions.seats import end_seat, give_seat
from luukku.network.enums import Role
from luukku.network.models import Organisation, Person, Seat
from tests.cast import Cast, Member
from tests.factories.network import PersonFactory, SeatFactory
from tests.harness.client import Client

ClientOf = Callable[[Member], Client]
MINE = "head@cast.example"


@pytest.fixture
def head(cast: Cast) -> Member:
    """The head of the second organisation, who signs in."""
    SeatFactory.create(person=cast.partner.someone, role=Role.ORGANISATION_HEAD, organisation=cast.partners)
    return cast.partner


@pytest.fixture
def theirs(cast: Cast) -> Person:
    """An adviser of the first organisation, who does not sign in yet."""
    person = PersonFactory.create(name="Tuua Toisaalta", email="tuua@cast.example")
    SeatFactory.create(person=person, role=Role.ADVISER, organisation=cast.here.organisation, region=cast.here.region)
    return person


def refused(by: Actor, person: Person) -> None:
    """Every act on the whole person is refused to her, and leaves nothing."""
    acts: tuple[Callable[[], object], ...] = (
        lambda: edit_person(by=by, person=person, details=PersonDetails(name=person.name, email=MINE)),
        lambda: allow_sign_in(by=by, person=person),
        lambda: publish_person(by=by, person=person, published=not person.is_published),
        lambda: deactivate_person(by=by, person=person),
    )
    before = Person.objects.filter(pk=person.pk).values().get()
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    assert Person.objects.filter(pk=person.pk).values().get() == before


def test_a_seat_at_ones_own_place_opens_no_step_of_the_takeover(cast: Cast, head: Member, theirs: Person) -> None:
    given = give_seat(by=head.actor, person=theirs, role=Role.ADVISER, organisation=cast.partners)
    refused(head.actor, theirs)
    end_seat(by=head.actor, seat=given)
    refused(head.actor, theirs)
    assert theirs.seats.filter(valid_until=None).get().organisation == cast.here.organisation


def test_the_screens_offer_only_the_end_of_ones_own_seat(cast: Cast, head: Member, theirs: Person, client_of: ClientOf) -> None:
    browser = client_of(head)
    browser.post(reverse("network:new-seat", args=[theirs.pk]), {"role": Role.ADVISER, "organisation": cast.partners.pk})
    own = Seat.objects.get(person=theirs, organisation=cast.partners)
    other = Seat.objects.get(person=theirs, organisation=cast.here.organisation)
    page = browser.get(reverse("network:person", args=[theirs.pk])).content.decode()
    assert reverse("network:end-seat", args=[own.pk]) in page
    assert reverse("network:end-seat", args=[other.pk]) not in page
    for name in ("edit-person", "person-history", "publish-person", "allow-sign-in", "deactivate-person"):
        place = reverse(f"network:{name}", args=[theirs.pk])
        assert place not in page, name
        assert browser.post(place, {"name": theirs.name, "email": MINE, "show": "1"}).status_code in (403, 405), name
    theirs.refresh_from_db()
    assert (theirs.email, theirs.user, theirs.is_published, theirs.deactivated_at) == ("tuua@cast.example", None, False, None)


@pytest.mark.parametrize("days", [{"valid_until": 1}, {"valid_from": 1}, {}])
def test_a_seat_elsewhere_leaves_her_own_data_to_her_home_but_not_her_address(cast: Cast, head: Member, days: dict[str, int]) -> None:
    person = SeatFactory.create(organisation=cast.partners).person
    assert access.can_admit_person(head.actor, person)
    dates = {name: timezone.localdate() + timedelta(days=number) for name, number in days.items()}
    SeatFactory.create(person=person, organisation=cast.here.organisation, **dates)
    edit_person(by=head.actor, person=person, details=PersonDetails(name="Uusi Nimi", email=person.email, phone="06 555 0100"))
    publish_person(by=head.actor, person=person, published=not person.is_published)
    with pytest.raises(RuleBroken, match="other organisations too"):
        edit_person(by=head.actor, person=person, details=PersonDetails(name="Uusi Nimi", email=MINE))
    for act in (allow_sign_in, deactivate_person):
        with pytest.raises(NotAllowed):
            act(by=head.actor, person=person)
    refused(_head_of(cast.here.organisation), person)


def test_a_seat_elsewhere_that_has_ended_does_not_count(cast: Cast, head: Member) -> None:
    person = SeatFactory.create(organisation=cast.partners).person
    SeatFactory.create(person=person, organisation=cast.here.organisation, valid_until=timezone.localdate() - timedelta(days=1))
    assert access.can_admit_person(head.actor, person)


def test_a_person_without_seats_is_the_administrators(cast: Cast, head: Member) -> None:
    person = PersonFactory.create()
    for member in (head, cast.coordinator, cast.national):
        refused(member.actor, person)
    assert access.can_publish_person(cast.admin.actor, person)


def test_a_regions_seat_that_names_the_organisation_is_the_regions(cast: Cast, head: Member) -> None:
    person = SeatFactory.create(role=Role.STEERING_CHAIR, organisation=cast.partners, region=cast.here.region).person
    refused(head.actor, person)
    assert access.can_publish_person(cast.coordinator.actor, person)
    assert not access.can_publish_person(cast.coordinator.actor, cast.outsider.someone)


def test_coordinator_gives_a_regions_seat_but_does_not_get_the_adviser(cast: Cast, theirs: Person) -> None:
    give_seat(by=cast.coordinator.actor, person=theirs, role=Role.WORKING_MEMBER, region=cast.here.region)
    refused(cast.coordinator.actor, theirs)


@pytest.mark.parametrize("who", ["national", "area", "admin"])
def test_seats_of_the_nation_and_of_areas_count(cast: Cast, head: Member, who: str) -> None:
    person = getattr(cast, who).someone
    give_seat(by=head.actor, person=person, role=Role.ADVISER, organisation=cast.partners)
    give_seat(by=cast.coordinator.actor, person=person, role=Role.VIEWER, region=cast.here.region)
    refused(head.actor, person)
    refused(cast.coordinator.actor, person)
    assert person.seats.filter(valid_until=None).count() == 3


def test_who_answers_for_all_her_seats_still_does_everything(cast: Cast, theirs: Person) -> None:
    both = _head_of(cast.here.organisation, cast.partners)
    SeatFactory.create(person=theirs, organisation=cast.partners)
    for by in (both, cast.admin.actor):
        edit_person(by=by, person=theirs, details=PersonDetails(name=theirs.name, email="tuua@cast.example", phone=str(by.person_id)))
        publish_person(by=by, person=theirs, published=not theirs.is_published)
    assert allow_sign_in(by=both, person=theirs).email == "tuua@cast.example"
    deactivate_person(by=both, person=theirs)
    assert not theirs.seats.filter(valid_until=None).exists()


def _head_of(*organisations: Organisation) -> Actor:
    person = PersonFactory.create()
    for organisation in organisations:
        SeatFactory.create(person=person, role=Role.ORGANISATION_HEAD, organisation=organisation)
    return access.actor_of_person(person.pk)


def test_she_edits_herself_whatever_her_seats(cast: Cast) -> None:
    adviser = cast.adviser
    SeatFactory.create(person=adviser.someone, organisation=cast.partners)
    edit_person(by=adviser.actor, person=adviser.someone, details=PersonDetails(name="Aino Uusi"))
    assert Person.objects.get(pk=adviser.someone.pk).name == "Aino Uusi"


def test_the_last_administrator_is_not_deactivated(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="last administrator"):
        deactivate_person(by=HOUSE, person=cast.admin.someone)
    assert cast.admin.actor.seats
    give_seat(by=cast.admin.actor, person=cast.national.someone, role=Role.ADMINISTRATOR)
    deactivate_person(by=cast.national.actor, person=cast.admin.someone)
    assert not Seat.objects.filter(person=cast.admin.someone, valid_until=None).exists()
