"""Screens of areas, regions' borders, municipalities and kinds of organisation."""

from collections.abc import Callable
from datetime import date

import pytest
from django.urls import reverse

from luukku.core.errors import NotAllowed, RuleBroken
from luukku.network.actions.organisation_types import add_organisation_type, use_organisation_type
from luukku.network.models import Area, Municipality, OrganisationType, Region
from luukku.network.queries.places import MunicipalityFilter, area_list, area_page, municipality_list, municipality_page, organisation_type_list
from tests.cast import Cast, Member
from tests.factories.network import AreaFactory, MunicipalityFactory, municipality_of
from tests.harness.client import Client
from tests.network.fixtures import SqlCount

ClientOf = Callable[[Member], Client]
SINCE = "2026-03-01"

pytestmark = pytest.mark.django_db


def test_owner_adds_an_area_and_ends_the_old_one_into_it(cast: Cast, client_of: ClientOf) -> None:
    browser = client_of(cast.national)
    typed = {"kind": "vitality", "name_fi": "Järvialue", "since": SINCE}
    assert browser.submit(browser.get(reverse("network:new-area")), typed).status_code == 302
    made = Area.objects.get(code="jarvialue")
    page = browser.get(reverse("network:end-area", args=[cast.here.area.code]))
    refused = browser.submit(page, {"since": SINCE, "successor": ""})
    assert refused.status_code == 422
    assert 'href="#id_successor"' in refused.content.decode()
    assert browser.submit(page, {"since": SINCE, "successor": str(made.pk)}).status_code == 302
    shown = browser.get(reverse("network:area", args=["jarvialue"])).content.decode()
    assert cast.here.municipality.name_fi in shown
    history = browser.get(reverse("network:area-history", args=["jarvialue"])).content.decode()
    assert cast.national.someone.name in history


def test_a_region_is_founded_renamed_ended_and_taken_back_on_screen(cast: Cast, client_of: ClientOf) -> None:
    browser = client_of(cast.admin)
    typed = {"name_fi": "Uusiseutu", "letters": "uu", "area": str(cast.here.area.pk), "since": SINCE}
    for _ in range(2):  # sent twice, made once
        page = browser.get(reverse("network:new-region"))
    assert browser.submit(page, typed).status_code == 302
    assert browser.submit(page, typed).status_code == 302
    page = browser.get(reverse("network:rename-region", args=["uusiseutu"]))
    assert browser.submit(page, {"name_fi": "Uudempi seutu", "since": "2026-06-01"}).status_code == 302
    assert "Uusiseutu" in browser.get(reverse("network:region", args=["uusiseutu"])).content.decode()
    page = browser.get(reverse("network:end-region", args=["uusiseutu"]))
    assert browser.submit(page, {"since": "2026-07-01", "successor": ""}).status_code == 302
    assert "Uudempi seutu" in browser.get(reverse("network:regions")).content.decode()
    page = browser.get(reverse("network:reopen-region", args=["uusiseutu"]))
    assert browser.submit(page, {"area": str(cast.there.area.pk)}).status_code == 302
    assert Region.objects.get(code="uusiseutu").valid_until is None


def test_municipalities_are_found_by_their_earlier_name_and_merged_on_screen(cast: Cast, client_of: ClientOf) -> None:
    browser, town = client_of(cast.national), cast.here.municipality
    into = MunicipalityFactory.create(code="983", name_fi="Suurkunta", area=cast.here.area)
    page = browser.get(reverse("network:edit-municipality", args=[town.pk]))
    assert browser.submit(page, {"name_fi": "Uusikunta", "since": SINCE}).status_code == 302
    listed = browser.get(reverse("network:municipalities"), {"q": "Koskimaan"}).content.decode()
    assert "Uusikunta" in listed
    page = browser.get(reverse("network:merge-municipality", args=[town.pk]))
    assert browser.submit(page, {"into": str(into.pk), "since": "2026-05-01"}).status_code == 302
    assert Municipality.objects.get(pk=town.pk).successor == into
    assert "Uusikunta" in browser.get(reverse("network:municipalities"), {"show": "ended"}).content.decode()
    page = browser.get(reverse("network:reopen-municipality", args=[town.pk]))
    assert browser.submit(page, {"area": str(cast.here.area.pk), "region": ""}).status_code == 302


def test_a_kind_out_of_use_is_no_longer_offered_and_stays_with_those_of_it(cast: Cast, client_of: ClientOf) -> None:
    browser, kind = client_of(cast.admin), cast.partners.type
    assert browser.post(reverse("network:use-organisation-type", args=[kind.pk]), {"used": "0"}).status_code == 302
    assert f">{kind.name_fi}</option>" not in browser.get(reverse("network:new-organisation")).content.decode()
    page = browser.get(reverse("network:edit-organisation", args=[cast.partners.code]))
    assert browser.submit(page, {"short_name": "KK"}).status_code == 302, "an organisation keeps its kind when it is edited"
    listed = browser.get(reverse("network:organisation-types")).content.decode()
    assert "Pois käytöstä" in listed
    with pytest.raises(NotAllowed):
        use_organisation_type(by=cast.coordinator.actor, kind=kind, used=True)


def test_a_kind_is_added_once_by_name(cast: Cast) -> None:
    made = add_organisation_type(by=cast.national.actor, names={"fi": "Osuuskunta", "en": "Co-operative"})
    assert (made.code, OrganisationType.objects.order_by("order").last()) == ("co-operative", made)
    with pytest.raises(RuleBroken) as broken:
        add_organisation_type(by=cast.national.actor, names={"fi": "osuuskunta"})
    assert broken.value.field == "name_fi"


def test_lists_cost_the_same_however_long(cast: Cast, sql_count: SqlCount) -> None:
    for number in range(30):
        municipality_of(cast.here.region, code=f"{700 + number}", area=cast.here.area)
        AreaFactory.create(valid_from=date(2026, 1, 1))
    with sql_count(exactly=3):
        list(municipality_list(MunicipalityFilter(area=cast.here.area.code)))
    with sql_count(exactly=1):
        area_list()
    with sql_count(exactly=1):
        organisation_type_list()
    actor = cast.adviser.actor
    with sql_count(exactly=5):
        area_page(actor, cast.here.area.code)
    with sql_count(exactly=5):
        municipality_page(actor, cast.here.municipality.pk)
