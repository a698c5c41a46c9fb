"""Service cards."""

import factory
from factory.django import DjangoModelFactory

from luukku.catalogue.models import Service, ServiceGroup


class ServiceGroupFactory(DjangoModelFactory[ServiceGroup]):
    class Meta:
        model = ServiceGroup
        django_get_or_create = ("code",)

    code = "advice"
    name_fi = "Neuvonta"


class ServiceFactory(DjangoModelFactory[Service]):
    class Meta:
        model = Service

    code = factory.Sequence(lambda n: f"service-{n}")
    group = factory.SubFactory(ServiceGroupFactory)
    name_fi = factory.Sequence(lambda n: f"Palvelu {n}")
    summary_fi = "Mitä tämä on, yhdellä virkkeellä."
