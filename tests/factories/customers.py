"""Customers, contacts, companies."""

import factory
from factory.django import DjangoModelFactory

from luukku.customers.models import Company, Contact, Customer


class CustomerFactory(DjangoModelFactory[Customer]):
    class Meta:
        model = Customer


class ContactFactory(DjangoModelFactory[Contact]):
    class Meta:
        model = Contact

    customer = factory.SubFactory(CustomerFactory)
    name = factory.Sequence(lambda n: f"Asiakas {n}")
    email = factory.Sequence(lambda n: f"asiakas{n}@customer.example")
    email_key = factory.LazyAttribute(lambda contact: contact.email.lower())


class CompanyFactory(DjangoModelFactory[Company]):
    class Meta:
        model = Company

    name = factory.Sequence(lambda n: f"Yritys {n} Oy")
