"""A shepherd is away and a colleague stands in: she reads and does what the customer let him, on those days and while the contract holds."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from luukku.core.actor import Actor, act_as
from luukku.core.errors import NotAllowed, NotFound
from luukku.customers.access import kept_by
from luukku.customers.models import Shepherd, ShepherdContract
from luukku.desk.access.links import first_token
from luukku.desk.actions.customer import customer_writes
from luukku.desk.actions.shepherding.giving import end_shepherd, set_mandate
from luukku.desk.models import Case, Note
from luukku.desk.queries.status_page import kept_page
from luukku.network.access import actor_of_person
from luukku.network.actions.absences import end_absence, enter_absence
from luukku.network.enums import Role
from luukku.network.models import Absence, Person
from tests.cast import Cast
from tests.factories.network import PersonFactory, SeatFactory, UserFactory
from tests.harness.client import Client


@pytest.fixture
def colleague(cast: Cast) -> Person:
    """Another shepherd of the provider."""
    person = PersonFactory.create(name="Saara Sijainen")
    SeatFactory.create(person=person, role=Role.SHEPHERD, organisation=cast.provider)
    return person


@pytest.fixture
def absence(kept: Shepherd, colleague: Person, cast: Cast) -> Absence:
    with act_as(cast.shepherd.actor) as by:
        return enter_absence(
            by=by, person=cast.shepherd.someone, first_day=timezone.localdate(), last_day=timezone.localdate() + timedelta(days=3), deputy=colleague
        )


def sees(person: Person) -> list[int]:
    """Cases that the database shows her now."""
    with act_as(actor_of_person(person.pk)):
        return list(Case.objects.values_list("pk", flat=True))


def test_stand_in_reads_and_writes_as_the_customer_let_the_shepherd(case: Case, colleague: Person, absence: Absence, cast: Cast) -> None:
    actor = actor_of_person(colleague.pk)
    with act_as(actor):
        assert [each.customer_id for each in kept_by(actor)] == [case.customer_id]
        assert kept_page(actor, case.number).case.pk == case.pk
        customer_writes(by=actor, case=case, body="Vastaan Sirpan puolesta.")
        assert not Note.objects.exists()


def test_customer_and_stand_in_see_who_stands_in_and_until_when(case: Case, colleague: Person, absence: Absence, client: Client, cast: Cast) -> None:
    assert "Saara Sijainen" in client.get(f"/s/{first_token(case)}/").content.decode()
    colleague.user = UserFactory.create(email="saara@cast.example")
    colleague.save()
    Authenticator.objects.create(user=colleague.user, type=Authenticator.Type.TOTP, data={"secret": "not read in tests"})
    browser = Client()
    browser.sign_in(colleague.user)
    assert "Sirpa Shepherd" in browser.get("/asiakkaani/").content.decode()


def test_before_and_after_the_days_nothing_is_seen(case: Case, kept: Shepherd, colleague: Person, cast: Cast) -> None:
    assert sees(colleague) == []
    with act_as(cast.shepherd.actor) as by:
        later = enter_absence(
            by=by,
            person=cast.shepherd.someone,
            first_day=timezone.localdate() + timedelta(days=2),
            last_day=timezone.localdate() + timedelta(days=3),
            deputy=colleague,
        )
    assert sees(colleague) == []
    Absence.objects.filter(pk=later.pk).update(first_day=timezone.localdate() - timedelta(days=3), last_day=timezone.localdate() - timedelta(days=1))
    assert sees(colleague) == []
    Absence.objects.filter(pk=later.pk).update(last_day=timezone.localdate())
    assert sees(colleague) == [case.pk]


def test_it_ends_with_the_absence_the_contract_the_mandate_and_the_relation(
    case: Case, kept: Shepherd, contract: ShepherdContract, colleague: Person, absence: Absence, cast: Cast
) -> None:
    her = Actor("link", (case.door_principal,))
    with act_as(her) as by:
        set_mandate(by=by, case=case, shepherd=kept, kind="act", allowed=False)
    actor = actor_of_person(colleague.pk)
    with act_as(actor), pytest.raises((NotAllowed, NotFound)):
        customer_writes(by=actor, case=case, body="En saa.")
    with act_as(her) as by:
        set_mandate(by=by, case=case, shepherd=kept, kind="see", allowed=False)
    assert sees(colleague) == []
    with act_as(her) as by:
        set_mandate(by=by, case=case, shepherd=kept, kind="see", allowed=True)
    assert sees(colleague) == [case.pk]
    ShepherdContract.objects.filter(pk=contract.pk).update(
        first_day=timezone.localdate() - timedelta(days=9), last_day=timezone.localdate() - timedelta(days=1)
    )
    assert sees(colleague) == []


def test_it_ends_when_the_shepherd_comes_back_or_the_customer_ends_the_relation(
    case: Case, kept: Shepherd, colleague: Person, absence: Absence, cast: Cast
) -> None:
    assert sees(colleague) == [case.pk]
    with act_as(Actor("link", (case.door_principal,))) as by:
        end_shepherd(by=by, case=case, shepherd=kept)
    assert sees(colleague) == []
    with act_as(cast.shepherd.actor) as by:
        end_absence(by=by, absence=absence)
    assert sees(colleague) == []


def test_who_keeps_no_customers_there_does_not_stand_in(case: Case, colleague: Person, absence: Absence, cast: Cast) -> None:
    colleague.seats.update(role=Role.SERVICE_EDITOR)
    assert sees(colleague) == []
    colleague.seats.update(role=Role.SHEPHERD, organisation=cast.partner_desk.organisation)
    assert sees(colleague) == []
    colleague.seats.update(
        organisation=cast.provider, valid_until=timezone.localdate() - timedelta(days=1), valid_from=timezone.localdate() - timedelta(days=9)
    )
    assert sees(colleague) == []
