"""Things of the network and sign-ins."""

from typing import Any

from factory.declarations import LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from luukku.accounts.models import User
from luukku.network.enums import Role
from luukku.network.models import (
    Area,
    Desk,
    Municipality,
    MunicipalityArea,
    Organisation,
    OrganisationType,
    Participation,
    Person,
    Region,
    RegionMunicipality,
    Seat,
)
from luukku.network.models.places import AreaKind


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    email = Sequence(lambda n: f"user{n}@cast.example")


class AreaFactory(DjangoModelFactory[Area]):
    class Meta:
        model = Area

    code = Sequence(lambda n: f"area-{n}")
    kind = AreaKind.VITALITY
    name_fi = Sequence(lambda n: f"Alue {n}")


class RegionFactory(DjangoModelFactory[Region]):
    class Meta:
        model = Region

    code = Sequence(lambda n: f"region-{n}")
    name_fi = Sequence(lambda n: f"Seutu {n}")
    prefix = Sequence(lambda n: f"R{n % 1000}")
    is_live = True


class MunicipalityFactory(DjangoModelFactory[Municipality]):
    class Meta:
        model = Municipality

    code = Sequence(lambda n: f"{n % 1000:03}")
    name_fi = Sequence(lambda n: f"Kunta {n}")

    @classmethod
    def _create(cls, model_class: type[Municipality], *args: Any, **kwargs: Any) -> Municipality:
        """`area` is the one in which it lies today."""
        area = kwargs.pop("area", None)
        made: Municipality = super()._create(model_class, *args, **kwargs)
        if area is not None:
            MunicipalityArea.objects.create(municipality=made, area=area)
        return made


def municipality_of(region: Region, **fields: Any) -> Municipality:
    """A municipality that belongs to the region today."""
    municipality = MunicipalityFactory.create(**fields)
    RegionMunicipality.objects.create(region=region, municipality=municipality)
    return municipality


class OrganisationTypeFactory(DjangoModelFactory[OrganisationType]):
    class Meta:
        model = OrganisationType
        django_get_or_create = ("code",)

    code = "development-company"
    name_fi = "Kehitysyhtiö"


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    code = Sequence(lambda n: f"organisation-{n}")
    name_fi = Sequence(lambda n: f"Organisaatio {n}")
    type = SubFactory(OrganisationTypeFactory)


class ParticipationFactory(DjangoModelFactory[Participation]):
    class Meta:
        model = Participation

    organisation = SubFactory(OrganisationFactory)
    region = SubFactory(RegionFactory)


class DeskFactory(DjangoModelFactory[Desk]):
    class Meta:
        model = Desk

    organisation = SubFactory(OrganisationFactory)
    region = SubFactory(RegionFactory)
    name_fi = Sequence(lambda n: f"Tiski {n}")


class PersonFactory(DjangoModelFactory[Person]):
    class Meta:
        model = Person

    name = Sequence(lambda n: f"Henkilö {n}")
    languages = LazyFunction(lambda: ["fi"])


class SeatFactory(DjangoModelFactory[Seat]):
    class Meta:
        model = Seat

    person = SubFactory(PersonFactory)
    role = Role.ADVISER
