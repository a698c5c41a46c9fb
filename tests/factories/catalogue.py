"""Service cards."""

from factory.declarations import Sequence, SubFactory
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

    code = Sequence(lambda n: f"service-{n}")
    group = SubFactory(ServiceGroupFactory)
    name_fi = Sequence(lambda n: f"Palvelu {n}")
    summary_fi = "Mitä tämä on, yhdellä virkkeellä."
