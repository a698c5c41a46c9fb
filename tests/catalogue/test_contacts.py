"""Whom to contact: the organisation and the person near the customer's municipality, named or found by kind."""

import pytest

from luukku.catalogue.models import Service, ServiceProvider
from luukku.catalogue.queries.cards import who_can_help
from luukku.network.models import Municipality, Organisation, Person, Premises
from tests.cast import Cast
from tests.factories.catalogue import ServiceFactory
from tests.factories.network import municipality_of


@pytest.fixture
def village(cast: Cast) -> Municipality:
    """Another municipality of the region, where the partners have an office."""
    place = municipality_of(cast.here.region, code="903", name_fi="Kylä", area=cast.here.area)
    Premises.objects.create(organisation=cast.partners, name="Toimisto", municipality=place)
    return place


def names(service: Service, cast: Cast, place: Municipality | None = None) -> list[Organisation]:
    return [helper.organisation for helper in who_can_help(service, cast.here.region, place).helpers]


def test_named_organisation_with_premises_in_the_municipality_comes_first_there(cast: Cast, village: Municipality) -> None:
    service, region = ServiceFactory.create(), cast.here.region
    ServiceProvider.objects.create(service=service, organisation=cast.here.organisation, region=region, is_primary=True)
    ServiceProvider.objects.create(service=service, organisation=cast.partners, region=region)
    assert names(service, cast) == [cast.here.organisation, cast.partners]
    assert names(service, cast, village) == [cast.partners, cast.here.organisation]
    assert names(service, cast, cast.here.municipality) == [cast.here.organisation, cast.partners]


def test_premises_out_of_use_bring_nobody_near(cast: Cast, village: Municipality) -> None:
    service, region = ServiceFactory.create(), cast.here.region
    Premises.objects.update(deactivated_at="2026-01-01T00:00Z")
    ServiceProvider.objects.create(service=service, organisation=cast.here.organisation, region=region, is_primary=True)
    ServiceProvider.objects.create(service=service, organisation=cast.partners, region=region)
    assert names(service, cast, village) == [cast.here.organisation, cast.partners]


def test_organisation_found_by_kind_has_a_published_person_who_serves_there(cast: Cast, village: Municipality) -> None:
    service = ServiceFactory.create(provider_types=[cast.here.organisation.type.code])
    helpers = {helper.organisation: helper.person for helper in who_can_help(service, cast.here.region).helpers}
    assert helpers[cast.here.organisation] == cast.adviser.someone
    assert names(service, cast, village)[0] == cast.partners, "of the same kind, and near"
    Person.objects.filter(pk__in=[cast.adviser.someone.pk, cast.desklead.someone.pk]).update(is_published=False)
    helpers = {helper.organisation: helper.person for helper in who_can_help(service, cast.here.region).helpers}
    assert helpers[cast.here.organisation] is None, "neither an editor nor somebody who is not shown is named"


def test_person_who_speaks_the_readers_language_is_named_before_others(cast: Cast) -> None:
    service = ServiceFactory.create(provider_types=[cast.here.organisation.type.code])
    Person.objects.filter(pk=cast.adviser.someone.pk).update(languages=["sv"])
    Person.objects.filter(pk=cast.desklead.someone.pk).update(languages=["fi"])
    helpers = {helper.organisation: helper.person for helper in who_can_help(service, cast.here.region).helpers}
    assert helpers[cast.here.organisation] == cast.desklead.someone


def test_organisation_elsewhere_helps_nobody_here(cast: Cast, village: Municipality) -> None:
    service = ServiceFactory.create(provider_types=[cast.there.organisation.type.code])
    assert cast.there.organisation not in names(service, cast, village)
    assert who_can_help(service, None, village).helpers == []
