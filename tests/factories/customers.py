"""Customers, contacts, companies."""

from itertools import count, islice

from factory.declarations import LazyAttribute, RelatedFactory, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from luukku.core.business_id import clean_business_id
from luukku.customers.models import Company, CompanyName, Contact, Customer


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


def business_id(number: int) -> str:
    """The n-th ID whose check digit is right."""
    return next(islice((found for start in count(2_000_000) for end in range(10) if (found := clean_business_id(f"{start}{end}"))), number, None))


class CompanyNameFactory(DjangoModelFactory[CompanyName]):
    class Meta:
        model = CompanyName

    kind = "official"


class CompanyFactory(DjangoModelFactory[Company]):
    class Meta:
        model = Company
        skip_postgeneration_save = True

    name = Sequence(lambda n: f"Yritys {n} Oy")
    business_id = Sequence(business_id)
    official = RelatedFactory(CompanyNameFactory, factory_related_name="company", name=SelfAttribute("company.name"))
