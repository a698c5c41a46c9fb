"""A customer and the sign-in that is hers."""

import pytest

from luukku.core.actor import HOUSE, act_as, act_as_house
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.models import Event
from luukku.customers.access import actor_of_user, visible_contacts
from luukku.customers.actions.registering import ContactDetails, give_sign_in, register_customer
from luukku.customers.models import Contact
from tests.cast import Cast
from tests.factories.network import UserFactory

pytestmark = pytest.mark.django_db


def test_who_signs_in_as_the_user_is_the_customer(cast: Cast) -> None:
    user = UserFactory.create(email="iida@customer.example")
    with act_as_house("register a customer"):
        made = register_customer(by=HOUSE, details=ContactDetails(name="Iida", email="IIDA@customer.example", phone="040 555 9001"), language="fi")
        with pytest.raises(NotAllowed):
            give_sign_in(by=cast.admin.actor, customer=made, user=user)
        with pytest.raises(RuleBroken):
            give_sign_in(by=HOUSE, customer=made, user=UserFactory.create(email="toinen@customer.example"))
        give_sign_in(by=HOUSE, customer=made, user=user)
    found = actor_of_user(user.pk)
    assert found is not None
    assert found.customer_ids == (made.pk,)
    with act_as(found):
        assert [each.name for each in visible_contacts(found)] == ["Iida"], "she reads what is kept of her"
    assert Event.objects.latest("id").action == "customer.sign_in_given"
    assert (Contact.objects.get(customer=made).email_key, Contact.objects.get(customer=made).phone_key) == ("iida@customer.example", "358405559001")
