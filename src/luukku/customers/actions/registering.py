"""A customer comes into being when she asks for the first time."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from luukku.accounts.models import User
from luukku.core.actor import Actor
from luukku.core.business_id import clean_business_id
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.mail.texts import can_be_texted, texts_are_on
from luukku.core.together import insert_together
from luukku.core.trail import record
from luukku.customers.enums import ContactWay
from luukku.customers.models import Contact, Customer
from luukku.customers.models.identifiers import email_key, phone_key


@dataclass(frozen=True)
class ContactDetails:
    """How to reach somebody, as she wrote it; `way` if she says by which of them (ContactWay), `role` what she is in her company."""

    name: str = ""
    email: str = ""
    phone: str = ""
    way: str = ""
    role: str = ""


def check_contact(details: ContactDetails) -> None:
    """Raises RuleBroken unless there is one way to reach her, and what is given is well written."""
    if not details.email.strip() and not details.phone.strip():
        raise RuleBroken(_("Give an e-mail address or a phone number, so that we can reach you."), field="email")
    if details.email.strip():
        try:
            validate_email(details.email.strip())
        except ValidationError:
            raise RuleBroken(_("Check the e-mail address: it should look like name@example.fi."), field="email") from None
    if details.phone.strip() and not phone_key(details.phone):
        raise RuleBroken(_("Check the phone number: write it with digits, for example 040 123 4567."), field="phone")
    if (details.way == ContactWay.PHONE and not details.phone.strip()) or (details.way == ContactWay.EMAIL and not details.email.strip()):
        raise RuleBroken(_("Give the phone number or e-mail address by which you want to be reached."), field="way")
    if details.way == ContactWay.TEXT and not (texts_are_on() and can_be_texted(phone_key(details.phone))):
        raise RuleBroken(_("Give a mobile number to which a text message can be sent, or choose another way."), field="way")
    if len(details.name) > 120:
        raise RuleBroken(_("The name is too long: at most 120 letters."), field="name")
    if len(details.role.strip()) > 80:
        raise RuleBroken(_("The role is too long: at most 80 letters."), field="role")


def check_business_id(text: str) -> str | None:
    """The business ID in its one spelling, None if none was given; raises RuleBroken for a wrong one."""
    if not text.strip():
        return None
    found = clean_business_id(text)
    if found is None:
        words = _("Check the business ID: it should look like 1234567-1, and its last digit must match. You may also leave it empty.")
        raise RuleBroken(words, field="business_id")
    return found


def register_customer(*, by: Actor, details: ContactDetails, language: str) -> Customer:
    """A new customer with her contact data, readable so far by `by` alone. One statement. Raises RuleBroken."""
    check_contact(details)
    customer = Customer(language=language)
    contact = Contact(
        customer=customer,
        name=details.name.strip(),
        role=details.role.strip(),
        email=details.email.strip(),
        phone=details.phone.strip(),
        email_key=email_key(details.email),
        phone_key=phone_key(details.phone),
        way=details.way,
    )
    insert_together([customer, contact])
    customer.contact = contact
    return customer


def give_sign_in(*, by: Actor, customer: Customer, user: User) -> None:
    """From now on whoever signs in as this user is this customer. Only for the house, which knows whose the sign-in is: customers themselves
    come by a mailed code. The address must be the one by which she is known: another's mail would open her matters. Raises NotAllowed, RuleBroken.
    """
    if by.kind != "house":
        raise NotAllowed
    if not Contact.objects.filter(customer=customer, email_key=email_key(user.email)).exists():
        raise RuleBroken(_("This sign-in has another e-mail address than the customer."), field="user")
    with transaction.atomic():
        customer.user = user
        customer.save(update_fields=["user"])
        record("customer.sign_in_given", customer, by=by)
