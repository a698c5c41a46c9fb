import pytest
from django.db import ProgrammingError, transaction
from django.http import HttpRequest

from luukku.core.actor import PUBLIC, act_as, act_as_house
from luukku.core.errors import NotFound
from luukku.customers.access import actor_of_request, actor_of_user, company_in_register, get_customer, visible_contacts
from luukku.customers.actions.registering import ContactDetails, register_customer
from luukku.customers.models import Contact
from tests.cast import Cast
from tests.factories.customers import CompanyFactory
from tests.harness.counting import sql_count


def test_signed_in_customer_is_an_actor_in_one_statement(cast: Cast) -> None:
    with sql_count(1):
        actor = actor_of_user(cast.founder.user.pk)
    assert actor == cast.founder.actor


def test_staff_and_strangers_are_no_customers(cast: Cast) -> None:
    assert actor_of_user(cast.adviser.user.pk) is None
    assert actor_of_request(HttpRequest()) is None


def test_customer_reads_her_own_contact_data_and_nobody_elses(cast: Cast) -> None:
    for who in (cast.founder, *cast.staff):
        with act_as(who.actor) as actor:
            assert Contact.objects.exists() is (who is cast.founder)
            assert visible_contacts(actor).exists() is (who is cast.founder)
    with act_as(PUBLIC) as actor:
        assert not visible_contacts(actor).exists()
    with act_as_house("count") as actor:
        assert visible_contacts(actor).count() == 1


def test_first_wall_stands_alone(cast: Cast) -> None:
    """As the owner of the database, whom the second wall does not hold."""
    assert cast.founder.customer is not None
    with pytest.raises(NotFound):
        get_customer(cast.adviser.actor, cast.founder.customer.pk)
    assert get_customer(cast.founder.actor, cast.founder.customer.pk).contact.name == "Fanny Founder"


def test_new_customer_is_read_by_her_maker_and_herself_alone(cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor, sql_count(1):
        customer = register_customer(by=actor, details=ContactDetails("Uusi", "uusi@customer.example"), language="fi")
    with act_as(cast.adviser.actor):
        assert Contact.objects.get().customer_id == customer.pk
    for other in (cast.outsider, cast.partner, cast.coordinator):
        with act_as(other.actor):
            assert not Contact.objects.exists()


def test_companies_of_the_register_are_read_by_all_and_written_by_no_request(cast: Cast) -> None:
    known = CompanyFactory.create()
    for actor in (cast.adviser.actor, PUBLIC):
        with act_as(actor):
            assert company_in_register(known.business_id) == known
            assert company_in_register("") is None
            for write in (CompanyFactory.create, known.save, known.delete):
                with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                    write()
