"""The parties of a region's start: ticked among those of the area, written as new ones, all or none."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from luukku.network.models import Organisation, Region
from luukku.network.models.places import RegionArea
from tests.cast import Cast, Member
from tests.factories.network import RegionFactory
from tests.harness.client import Client

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Member], Client]


@pytest.fixture
def neighbour(cast: Cast) -> Region:
    """Another region of the area, which the same coordinator sets up."""
    made: Region = RegionFactory.create(code="naapuri", name_fi="Naapuri", prefix="NA", is_live=False)
    RegionArea.objects.create(region=made, area=cast.here.area)
    cast.coordinator.someone.seats.create(role="coordinator", region=made)
    return made


def path_of(region: Region) -> str:
    return reverse("network:parties", args=[region.code])


def parties_of(region: Region) -> set[str]:
    return set(Organisation.objects.in_region(region.pk).values_list("name_fi", flat=True))


def test_those_of_the_area_are_ticked_and_new_ones_written_on_one_page(cast: Cast, neighbour: Region, client_of: ClientOf) -> None:
    browser, kind = client_of(cast.coordinator), cast.partners.type
    page = browser.get(path_of(neighbour))
    html = page.content.decode()
    assert "Koskimaan Kauppakamari ry" in html
    assert "Saarelan Kehitys Oy" not in html  # of another area
    told = {"known": [str(cast.partners.pk)], "name_2": "Naapurin kunta", "type_2": str(kind.pk)}
    assert browser.submit(page, told).status_code == 302
    assert parties_of(neighbour) == {"Koskimaan Kauppakamari ry", "Naapurin kunta"}
    assert "Koskimaan Kauppakamari ry" not in browser.get(path_of(neighbour)).content.decode()


def test_one_that_the_network_has_is_not_made_twice_and_nothing_is_lost(cast: Cast, neighbour: Region, client_of: ClientOf) -> None:
    browser, kind = client_of(cast.coordinator), str(cast.partners.type.pk)
    told = {"name_0": "Naapurin kunta", "type_0": kind, "name_3": "saarelan kehitys oy", "type_3": kind}
    answer = browser.submit(browser.get(path_of(neighbour)), told)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Naapurin kunta" in html
    assert parties_of(neighbour) == set()


def test_name_and_kind_belong_together(cast: Cast, neighbour: Region, client_of: ClientOf) -> None:
    browser = client_of(cast.coordinator)
    for told in ({"name_1": "Naapurin kunta"}, {"type_1": str(cast.partners.type.pk)}, {}):
        assert browser.submit(browser.get(path_of(neighbour)), told).status_code == 422
    assert parties_of(neighbour) == set()


@pytest.mark.parametrize(("who", "status"), [("steering", 403), ("adviser", 403), ("outsider", 403), ("national", 200), ("admin", 200)])
def test_page_is_for_who_keeps_the_region(cast: Cast, neighbour: Region, client_of: ClientOf, who: str, status: int) -> None:
    assert client_of(getattr(cast, who)).get(path_of(neighbour)).status_code == status
