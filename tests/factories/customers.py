"""Customers, contacts, companies."""

from factory.declarations import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from luukku.customers.models import Company, Contact, Customer


class CustomerFactory(DjangoModelFactory[Customer]):
    class Meta:
        model = Customer


class ContactFactory(DjangoModelFactory[Contact]):
    class Meta:
        model = Contact

    customer = SubFactory(CustomerFactory)
    name = Sequence(lambda n: f"Asiakas {n}")
    email = Sequence(lambda n: f"asiakas{n}@customer.example")
    email_key = LazyAttribute(lambda contact: contact.email.lower())


class CompanyFactory(DjangoModelFactory[Company]):
    class Meta:
        model = Company

    name = Sequence(lambda n: f"Yritys {n} Oy")
