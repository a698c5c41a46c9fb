"""The first person of an organisation that has nobody: named by the coordinator of a region where it is a party, once, and invited by mail."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from luukku.accounts.models import User
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.models import OutgoingMail
from luukku.network.access import actor_of_user
from luukku.network.access.firsts import left_by_all, waiting_for_first
from luukku.network.actions.firsts import FirstPerson, name_first_people
from luukku.network.enums import Role
from luukku.network.models import Organisation, Participation, Person, Representation, Seat
from luukku.network.queries.points import POINTS
from tests.cast import Cast, Member
from tests.factories.network import OrganisationFactory, ParticipationFactory, PersonFactory, SeatFactory
from tests.harness.client import Client
from tests.network.fixtures import ActingAs

pytestmark = pytest.mark.django_db


@pytest.fixture
def bare(cast: Cast) -> Organisation:
    made: Organisation = OrganisationFactory.create(code="uusi", name_fi="Uusi Oy")
    ParticipationFactory.create(organisation=made, region=cast.here.region)
    return made


def named(cast: Cast, organisation: Organisation, email: str = "eka@uusi.example", by: Member | None = None) -> Person:
    member = by or cast.coordinator
    name_first_people(by=member.actor, region=cast.here.region, people=[FirstPerson(organisation, "Eka Uusi", email)], language="sv")
    return Person.objects.get(user__email=email.lower())


def test_coordinator_names_the_first_person_who_signs_in_and_adds_the_others(
    cast: Cast, bare: Organisation, as_: ActingAs, run_jobs: Callable[..., int]
) -> None:
    with as_(cast.coordinator):
        person = named(cast, bare, "Eka@Uusi.example")
    user = User.objects.get(email="eka@uusi.example")
    assert person.user == user
    actor = actor_of_user(user.pk)
    assert actor is not None
    assert [(seat.role, seat.organisation_id, seat.region_id) for seat in actor.seats] == [(Role.ORGANISATION_HEAD, bare.pk, None)]
    run_jobs()
    letter = next(each for each in mail.outbox if each.to == ["eka@uusi.example"])
    assert "Uusi Oy" in letter.subject
    assert reverse("network:organisation", args=["uusi"]) in str(letter.body)
    assert "inbjud" in letter.subject.lower()  # in the language that was chosen


def test_right_ends_with_the_first_person_and_does_not_come_back(cast: Cast, bare: Organisation, as_: ActingAs) -> None:
    with as_(cast.coordinator):
        named(cast, bare)
        with pytest.raises(RuleBroken, match="somebody by now"):
            named(cast, bare, "toka@uusi.example")
    yesterday = timezone.localdate() - timedelta(days=1)
    Seat.objects.filter(organisation=bare).update(valid_from=yesterday, valid_until=yesterday)
    with as_(cast.coordinator), pytest.raises(RuleBroken):
        named(cast, bare, "toka@uusi.example")
    assert not waiting_for_first(cast.here.region).filter(pk=bare.pk).exists()
    assert list(left_by_all(cast.here.region)) == [bare]


def test_only_of_todays_parties_without_anybody(cast: Cast, bare: Organisation, as_: ActingAs) -> None:
    elsewhere = OrganisationFactory.create(name_fi="Muualla Oy")
    for organisation in (cast.partners, cast.here.organisation, elsewhere):
        with as_(cast.coordinator), pytest.raises(RuleBroken):
            named(cast, organisation)
    Participation.objects.filter(organisation=bare).update(valid_until=timezone.localdate() - timedelta(days=1))
    with as_(cast.coordinator), pytest.raises(RuleBroken):
        named(cast, bare)


@pytest.mark.parametrize("who", ["adviser", "desklead", "steering", "area", "outsider", "editor", "national"])
def test_nobody_else_names_the_first_person(cast: Cast, bare: Organisation, as_: ActingAs, who: str) -> None:
    member = getattr(cast, who)
    with as_(member), pytest.raises(NotAllowed):
        named(cast, bare, by=member)


def test_coordinator_of_another_region_names_nobody_here(cast: Cast, bare: Organisation, as_: ActingAs) -> None:
    SeatFactory.create(person=cast.outsider.someone, role=Role.COORDINATOR, region=cast.there.region)
    with as_(cast.outsider), pytest.raises(NotAllowed):
        named(cast, bare, by=cast.outsider)


def test_nobody_makes_herself_head_and_somebody_of_the_network_gets_the_seat_besides(cast: Cast, bare: Organisation, as_: ActingAs) -> None:
    with as_(cast.coordinator):
        with pytest.raises(RuleBroken, match="own address"):
            named(cast, bare, cast.coordinator.user.email)
        assert named(cast, bare, cast.steering.user.email) == cast.steering.someone
    assert cast.steering.actor.organisation_ids >= {bare.pk}
    assert User.objects.filter(email=cast.steering.user.email).count() == 1


def test_seat_in_a_group_leaves_the_organisation_waiting(cast: Cast, bare: Organisation) -> None:
    SeatFactory.create(person=PersonFactory.create(), role=Role.STEERING_MEMBER, organisation=bare, region=cast.here.region)
    assert list(waiting_for_first(cast.here.region)) == [bare]


def test_one_for_which_another_acts_needs_nobody(cast: Cast, bare: Organisation) -> None:
    region, today = cast.here.region.pk, timezone.localdate()
    assert POINTS["network.people"].state([region], today) == {region: False}
    Representation.objects.create(representative=cast.here.organisation, represented=bare, valid_from=today)
    assert not waiting_for_first(cast.here.region).exists()
    assert POINTS["network.people"].state([region], today) == {region: True}


def test_page_asks_for_all_at_once_and_keeps_what_was_written(cast: Cast, bare: Organisation, client_of: Callable[[Member], Client]) -> None:
    other: Organisation = OrganisationFactory.create(name_fi="Toinen Oy")
    ParticipationFactory.create(organisation=other, region=cast.here.region)
    browser, path = client_of(cast.coordinator), reverse("network:first-people", args=[cast.here.region.code])
    assert path in browser.get(reverse("network:region", args=[cast.here.region.code])).content.decode()
    assert path in browser.get(reverse("network:organisation", args=[bare.code])).content.decode()
    half = {f"name_{bare.pk}": "Eka Uusi", f"email_{bare.pk}": "eka@uusi.example", f"name_{other.pk}": "Toinen Tomera"}
    answer = browser.submit(browser.get(path), half)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Toinen Tomera" in html
    assert "eka@uusi.example" in html
    assert not Seat.objects.filter(organisation=bare).exists()  # all or none
    answer = browser.submit(answer, {**half, f"email_{other.pk}": "toinen@toinen.example"})
    assert answer.status_code == 302
    key = answer.wsgi_request.POST["submit_key"]  # the button touched twice
    again = browser.post(path, {**half, f"email_{other.pk}": "toinen@toinen.example", "language": "fi", "submit_key": key})
    assert (again.status_code, OutgoingMail.objects.filter(kind="network.first_person").count()) == (302, 2)
    assert set(Seat.objects.filter(role=Role.ORGANISATION_HEAD, organisation__in=[bare, other]).values_list("person__name", flat=True)) == {
        "Eka Uusi", "Toinen Tomera",
    }  # fmt: skip
    assert path not in browser.get(reverse("network:region", args=[cast.here.region.code])).content.decode()
    assert client_of(cast.steering).get(path).status_code == 403


def test_what_was_written_of_one_that_has_somebody_meanwhile_is_told_and_nobody_is_added(
    cast: Cast, bare: Organisation, as_: ActingAs, client_of: Callable[[Member], Client]
) -> None:
    other: Organisation = OrganisationFactory.create(code="toinen", name_fi="Toinen Oy")
    ParticipationFactory.create(organisation=other, region=cast.here.region)
    browser, path = client_of(cast.coordinator), reverse("network:first-people", args=[cast.here.region.code])
    page = browser.get(path)
    with as_(cast.coordinator):
        named(cast, bare)
    both = {
        f"{what}_{each.pk}": value for each in (bare, other) for what, value in (("name", "Myöhä Tulija"), ("email", f"tulija@{each.code}.example"))
    }
    answer = browser.submit(page, both)
    assert answer.status_code == 422
    assert f"tulija@{bare.code}.example" in answer.content.decode()
    assert not User.objects.filter(email__startswith="tulija@").exists()


def test_sign_in_that_was_closed_is_not_opened_again_by_a_first_invitation(cast: Cast, bare: Organisation, as_: ActingAs) -> None:
    User.objects.create_user("eka@uusi.example", is_active=False)
    with as_(cast.coordinator), pytest.raises(RuleBroken, match="has left the network"):
        named(cast, bare)
    assert not Person.objects.filter(email="eka@uusi.example").exists()
