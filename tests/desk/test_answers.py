"""Who gives a service that fits a need: near the customer's municipality, with a person to contact."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.utils import timezone

from luukku.catalogue.models import Service, ServiceProvider
from luukku.catalogue.queries.matching import NeedMatch, Reason, ServiceHit
from luukku.desk.enums import MeetingPlace
from luukku.desk.models import BookableTimes
from luukku.desk.queries.answers import Found, answer
from luukku.network.models import Municipality, Person, Premises
from tests.cast import Cast
from tests.factories.catalogue import ServiceFactory
from tests.factories.network import municipality_of
from tests.harness.client import Client
from tests.harness.counting import sql_count

Matching = Callable[[Service], None]


@pytest.fixture
def village(cast: Cast) -> Municipality:
    return municipality_of(cast.here.region, code="903", name_fi="Kylä", area=cast.here.area)


@pytest.fixture
def matching(monkeypatch: pytest.MonkeyPatch) -> Matching:
    def fits(service: Service) -> None:
        found = NeedMatch((ServiceHit(service.pk, service.code, 0.9, Reason("words", ("rahaa",))),), fits=True)
        monkeypatch.setattr("luukku.desk.queries.answers.match_need", lambda *_args, **_more: found)

    return fits


def found(cast: Cast, place: Municipality | None = None) -> Found:
    return answer("rahaa koneeseen", "fi", cast.here.region, municipality=place).found[0]


def visits(cast: Cast, place: Municipality) -> None:
    """The partner serves at a visiting desk there."""
    times = BookableTimes.objects.create(
        desk=cast.partner_desk, first_day=timezone.localdate(), last_day=timezone.localdate() + timedelta(days=30), weekdays=[1],
        opens=time(9), closes=time(15), place=MeetingPlace.VISITING, municipality=place, address="Kylätie 1",
    )  # fmt: skip
    times.people.add(cast.partner.someone)


def test_whoever_serves_in_the_municipality_is_named_before_the_primarily_responsible(cast: Cast, village: Municipality, matching: Matching) -> None:
    service, region = ServiceFactory.create(), cast.here.region
    matching(service)
    home = cast.here.organisation
    ServiceProvider.objects.create(service=service, organisation=home, region=region, person=cast.adviser.someone, is_primary=True)
    ServiceProvider.objects.create(service=service, organisation=cast.partners, region=region, person=cast.partner.someone)
    visits(cast, village)
    assert (found(cast).organisation, found(cast).person) == (home, cast.adviser.someone)
    assert (found(cast, village).organisation, found(cast, village).person) == (cast.partners, cast.partner.someone)
    assert found(cast, cast.here.municipality).organisation == home


def test_giver_found_by_kind_is_near_and_has_a_published_person(cast: Cast, village: Municipality, matching: Matching) -> None:
    matching(ServiceFactory.create(provider_types=[cast.here.organisation.type.code]))
    assert (found(cast).organisation, found(cast).person) == (cast.here.organisation, cast.adviser.someone)
    Premises.objects.create(organisation=cast.partners, name="Toimisto", municipality=village)
    assert (found(cast, village).organisation, found(cast, village).person) == (cast.partners, cast.partner.someone)
    Person.objects.filter(pk=cast.partner.someone.pk).update(is_published=False)
    assert (found(cast, village).organisation, found(cast, village).person) == (cast.partners, None)


def test_named_organisation_without_a_named_person_names_nobody(cast: Cast, matching: Matching) -> None:
    service = ServiceFactory.create()
    matching(service)
    ServiceProvider.objects.create(service=service, organisation=cast.here.organisation, region=cast.here.region, is_primary=True)
    assert (found(cast).organisation, found(cast).person) == (cast.here.organisation, None)


def test_address_and_form_tell_the_municipality(cast: Cast, village: Municipality, matching: Matching, client: Client) -> None:
    matching(ServiceFactory.create(provider_types=[cast.here.organisation.type.code]))
    visits(cast, village)
    here = client.get("/koskimaa/tarve/", {"need": "rahaa koneeseen"}, HTTP_HX_REQUEST="true").content.decode()
    there = client.get("/koskimaa/tarve/", {"need": "rahaa koneeseen", "municipality": "903"}, HTTP_HX_REQUEST="true").content.decode()
    assert cast.partner.someone.name not in here
    assert cast.partner.someone.name in there
    assert 'name="municipality" value="903"' in client.get("/koskimaa/tarve/", {"need": "rahaa", "municipality": "903"}).content.decode()


def test_answer_costs_few_statements(cast: Cast, village: Municipality, matching: Matching) -> None:
    matching(ServiceFactory.create(provider_types=[cast.here.organisation.type.code]))
    found(cast, village)
    with sql_count(at_most=5):
        found(cast, village)
