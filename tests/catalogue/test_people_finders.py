"""People found by service and by need: who gives it, in which order, and never those who are not shown."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from luukku.catalogue.models import Service, ServiceProvider
from luukku.catalogue.queries import people
from luukku.catalogue.queries.matching import NeedMatch, Reason, ServiceHit
from luukku.network.models import Person
from tests.cast import Cast
from tests.factories.catalogue import ServiceFactory
from tests.harness.client import Client
from tests.harness.counting import Counted


def grant(cast: Cast) -> Service:
    return ServiceFactory.create(code="start-up-grant", name_fi="Starttiraha", provider_types=["development-company"])


def test_a_named_person_comes_first_then_those_who_serve_at_the_provider(cast: Cast) -> None:
    service = grant(cast)
    region = cast.here.region
    ServiceProvider.objects.create(service=service, organisation=cast.here.organisation, region=region)
    ServiceProvider.objects.create(service=service, organisation=cast.partners, region=region, person=cast.partner.someone, is_primary=True)
    expected = [each.someone.pk for each in (cast.partner, cast.adviser, cast.desklead)]
    assert people.by_service("start-up-grant", region.pk) == expected
    assert people.by_service("start-up-grant", cast.there.region.pk) == [cast.outsider.someone.pk]  # by the kind of organisation


def test_an_editor_or_head_does_not_serve(cast: Cast) -> None:
    grant(cast)
    assert cast.editor.someone.pk not in people.by_service("start-up-grant", None)


def test_unknown_service_finds_nobody(cast: Cast) -> None:
    assert people.by_service("no-such", None) == []


def test_a_need_finds_the_people_of_the_services_that_fit(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    service = grant(cast)
    found = NeedMatch((ServiceHit(service.pk, service.code, 0.9, Reason()),), fits=True)
    monkeypatch.setattr(people, "match_need", lambda words, place=None, top=5: found)
    serving = {each.someone.pk for each in (cast.adviser, cast.desklead, cast.partner)}
    assert set(people.by_need("pitäis saada tukea alkuun", cast.here.region.pk)) == serving
    monkeypatch.setattr(people, "match_need", lambda words, place=None, top=5: NeedMatch(found.hits, fits=False))
    assert people.by_need("lauma hirviä pellolla", cast.here.region.pk) == []


def test_finding_costs_a_fixed_number_of_statements(cast: Cast, sql_count: Callable[..., AbstractContextManager[Counted]]) -> None:
    services = [grant(cast), ServiceFactory.create(provider_types=["development-company"]), ServiceFactory.create()]
    with sql_count(3):
        people.people_of_services(services, cast.here.region.pk)


def test_the_directory_offers_service_and_need_and_shows_only_the_published(cast: Cast, client: Client) -> None:
    grant(cast)
    page = client.get("/ihmiset/").content.decode()
    assert "Starttiraha" in page
    assert 'name="need"' in page
    Person.objects.filter(pk=cast.desklead.someone.pk).update(is_published=False)
    found = client.get("/ihmiset/", {"service": "start-up-grant", "municipality": cast.here.municipality.code}).content.decode()
    assert "Aino Adviser" in found
    assert "Leena Lead" not in found
    assert "Otto Outsider" not in found
