"""A customer and her company come into being when she asks for the first time."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.business_id import clean_business_id
from luukku.core.errors import RuleBroken
from luukku.core.together import insert_together
from luukku.customers.models import Company, Contact, Customer
from luukku.customers.models.identifiers import email_key, phone_key


@dataclass(frozen=True)
class ContactDetails:
    """How to reach somebody, as she wrote it."""

    name: str = ""
    email: str = ""
    phone: str = ""


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
    if len(details.name) > 120:
        raise RuleBroken(_("The name is too long: at most 120 letters."), field="name")


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
        email=details.email.strip(),
        phone=details.phone.strip(),
        email_key=email_key(details.email),
        phone_key=phone_key(details.phone),
    )
    insert_together([customer, contact])
    customer.contact = contact
    return customer


def register_company(*, by: Actor, name: str, business_id: str = "") -> Company | None:
    """The company with this business ID, made if it is not known; without an ID a new one by its name; None if neither is given.

    A known company keeps its name, whatever the asker wrote. One statement. Raises RuleBroken for a wrong business ID.
    """
    checked, name = check_business_id(business_id), " ".join(name.split())[:200]
    if checked is None:
        return Company.objects.create(name=name) if name else None
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into customers_company (business_id, name, is_sample) values (%s, %s, false)"
            " on conflict (business_id) do update set name = coalesce(nullif(customers_company.name, customers_company.business_id), excluded.name)"
            " returning id, name",
            [checked, name or checked],
        )
        row = cursor.fetchone()
    return Company(pk=row[0], business_id=checked, name=row[1])
