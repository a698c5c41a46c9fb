"""Two records of one person become one for the organisation, and two again."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from luukku.core.actor import act_as
from luukku.core.errors import NotFound, RuleBroken
from luukku.customers.models import Contact
from luukku.desk.actions.joining.merging import merge, undo_merging
from luukku.desk.models import Case, CustomerMerging
from tests.cast import Cast, Member
from tests.harness.client import Client


@dataclass(frozen=True)
class Two:
    """Kaisa by her address, and Kaisa by her number."""

    one: Case
    other: Case


@pytest.fixture
def two(send: Callable[..., Case]) -> Two:
    one = send(phone="")
    return Two(one, send(email="", words="Soittakaa minulle.", name="Kaisa Kahvila", phone="040 555 0199"))


def merged(cast: Cast, two: Two, *, is_one: bool = True) -> CustomerMerging:
    with act_as(cast.adviser.actor) as actor:
        return merge(by=actor, gone_id=two.other.customer_id or 0, stays_id=two.one.customer_id or 0, is_one=is_one)


def fresh(two: Two) -> tuple[int | None, int | None]:
    return Case.objects.get(pk=two.one.pk).customer_id, Case.objects.get(pk=two.other.pk).customer_id


def test_matters_are_hers_and_what_only_one_tells_is_filled_in(cast: Cast, two: Two) -> None:
    Contact.objects.filter(customer=two.other.customer_id).update(role="Omistaja")
    merged(cast, two)
    assert fresh(two) == (two.one.customer_id, two.one.customer_id)
    contact = Contact.objects.get(customer=two.one.customer_id)
    assert (contact.email, contact.phone, contact.phone_key) == ("kaisa@customer.example", "040 555 0199", "358405550199")
    assert contact.role == "Omistaja"
    with act_as(cast.adviser.actor):
        assert Contact.objects.filter(customer__in=[two.one.customer_id, two.other.customer_id]).count() == 1


def test_undoing_gives_everything_back(cast: Cast, two: Two) -> None:
    merging = merged(cast, two)
    with act_as(cast.adviser.actor) as actor:
        undo_merging(by=actor, merging=merging)
        with pytest.raises(RuleBroken):
            undo_merging(by=actor, merging=merging)
    assert fresh(two) == (two.one.customer_id, two.other.customer_id)
    assert Contact.objects.get(customer=two.one.customer_id).phone == ""
    with act_as(cast.adviser.actor):
        assert Contact.objects.get(customer=two.other.customer_id).phone == "040 555 0199"


def test_what_was_corrected_since_stays_when_it_is_undone(cast: Cast, two: Two) -> None:
    merging = merged(cast, two)
    Contact.objects.filter(customer=two.one.customer_id).update(phone="050 1234567")
    with act_as(cast.adviser.actor) as actor:
        undo_merging(by=actor, merging=merging)
    assert Contact.objects.get(customer=two.one.customer_id).phone == "050 1234567"


def test_it_must_be_said_that_they_are_one_and_of_own_customers_only(cast: Cast, two: Two) -> None:
    with pytest.raises(RuleBroken):
        merged(cast, two, is_one=False)
    for who in (cast.partner, cast.outsider):
        with act_as(who.actor) as actor, pytest.raises(NotFound):
            merge(by=actor, gone_id=two.other.customer_id or 0, stays_id=two.one.customer_id or 0, is_one=True)


def test_who_signs_in_is_the_record_that_stays(cast: Cast, two: Two) -> None:
    customer = two.other.customer
    assert customer is not None
    type(customer).objects.filter(pk=customer.pk).update(user=cast.founder.user.pk if cast.founder.customer is None else None)
    type(customer).objects.filter(user=cast.founder.user).update(user=None)
    type(customer).objects.filter(pk=customer.pk).update(user=cast.founder.user)
    with pytest.raises(RuleBroken):
        merged(cast, two)


def test_walk_on_screen_side_by_side_and_back(cast: Cast, two: Two, client_of: Callable[[Member], Client]) -> None:
    adviser = client_of(cast.adviser)
    address = f"/asia/{two.one.number}/sama-asiakas/{two.other.number}"
    page = adviser.get(address)
    assert "kaisa@customer.example" in page.content.decode()
    assert adviser.submit(page).status_code == 422
    assert adviser.submit(page, {"is_one": "on"}).status_code == 302
    data = adviser.get(f"/asia/{two.other.number}/tiedot").content.decode()
    assert f"/asia/{two.other.number}/eri-asiakas" in data
    assert adviser.submit(adviser.get(f"/asia/{two.other.number}/eri-asiakas")).status_code == 302
    assert fresh(two) == (two.one.customer_id, two.other.customer_id)
    assert client_of(cast.partner).get(address).status_code == 404


def test_same_address_leads_from_the_matter_to_the_comparison(
    cast: Cast, two: Two, send: Callable[..., Case], client_of: Callable[[Member], Client]
) -> None:
    again = send(phone="", words="Kahvilan laitteista vielä.")
    assert f"/asia/{two.one.number}/sama-asiakas/{again.number}" in client_of(cast.adviser).get(f"/asia/{two.one.number}/").content.decode()
