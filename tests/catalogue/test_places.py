"""Where a card holds: it is listed, proposed and given there and nowhere else, and its editor chooses among the places of her own organisation."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from luukku.catalogue.access import services_in
from luukku.catalogue.actions.editing import edit_service
from luukku.catalogue.actions.making import create_service
from luukku.catalogue.actions.providing import provide
from luukku.catalogue.matching.cards import CardText
from luukku.catalogue.matching.train import train
from luukku.catalogue.models import Service
from luukku.catalogue.models.places import Place
from luukku.catalogue.queries import matching
from luukku.catalogue.queries.cards import who_can_help
from luukku.catalogue.queries.matching import match_need
from luukku.catalogue.queries.people import by_need, by_service
from luukku.core.actor import PUBLIC
from luukku.core.errors import RuleBroken
from luukku.desk.queries.answers import fitting
from tests.cast import Cast, Member
from tests.factories.catalogue import ServiceFactory, ServiceGroupFactory
from tests.factories.network import municipality_of
from tests.harness.client import Client
from tests.network.fixtures import SqlCount

ClientOf = Callable[[Member], Client]
NEED = "haluan tavata muita yrittäjiä"
PHRASES = {
    "dates": ("tavata muita yrittäjiä", "haluan tavata yrittäjiä", "yritystreffit", "tutustua toisiin yrittäjiin"),
    "networks": ("yritysverkosto", "tavata yrittäjiä verkostossa", "verkostoitua muiden kanssa", "tavata muita yrittäjiä verkostossa"),
    "loan": ("lainaa koneeseen", "rahoitus pankista", "laina yritykselle", "rahaa investointiin"),
}


def here_only(cast: Cast, **more: Any) -> Service:
    values: dict[str, Any] = {"code": "dates", "name_fi": "Yritystreffit", "validity": "region", "places": [cast.here.region.pk]} | more
    return ServiceFactory.create(owner=cast.here.organisation, provider_types=["development-company"], **values)


@pytest.fixture
def taught(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """A real matcher that knows three cards, of which the best for the need holds here only."""
    here_only(cast)
    for code in ("networks", "loan"):
        ServiceFactory.create(code=code, name_fi=code.capitalize(), provider_types=["development-company"])
    texts = tuple(CardText(code, {"fi": code}, {}, {}, {}, {"fi": said}) for code, said in PHRASES.items())
    model = train(texts, (), (), None)
    ids = dict(Service.objects.values_list("code", "pk"))
    monkeypatch.setattr(matching, "_current", lambda: matching._InUse(model, ids, 0.0, None, has_local=True))
    return cast


def places(cast: Cast) -> dict[str, Place]:
    beside = municipality_of(cast.here.region, code="903", name_fi="Naapuri", area=cast.here.area)
    return {
        "here": Place.of(cast.here.region), "own": Place.of(cast.here.region, cast.here.municipality), "beside": Place.of(cast.here.region, beside),
        "there": Place.of(cast.there.region, cast.there.municipality), "area": Place.of(None, None, cast.here.area), "nowhere": Place(),
    }  # fmt: skip


@pytest.mark.parametrize(("validity", "where", "held"), [
    ("national", None, {"here", "own", "beside", "there", "area", "nowhere"}),
    ("area", "area", {"here", "own", "beside", "area"}),
    ("region", "region", {"here", "own", "beside"}),
    ("municipality", "municipality", {"here", "own"}),
])  # fmt: skip
def test_card_holds_in_its_places_and_nowhere_else(cast: Cast, validity: str, where: str | None, held: set[str]) -> None:
    ServiceFactory.create(validity=validity, places=[getattr(cast.here, where).pk] if where else [])
    assert {name for name, place in places(cast).items() if services_in(PUBLIC, place).exists()} == held


def test_card_of_a_merged_municipality_holds_in_the_one_after_it(cast: Cast) -> None:
    old = municipality_of(cast.there.region, code="904", name_fi="Entinen", successor=cast.here.municipality)
    ServiceFactory.create(validity="municipality", places=[old.pk])
    assert services_in(PUBLIC, Place.of(cast.here.region, cast.here.municipality)).exists()


def test_database_refuses_a_level_without_its_place_and_a_place_that_is_none(cast: Cast) -> None:
    for values in ({"validity": "region"}, {"places": [cast.here.region.pk]}, {"validity": "region", "places": [10**9]}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ServiceFactory.create(**values)


def test_need_is_answered_with_what_holds_there_before_the_best_are_cut(taught: Cast, sql_count: SqlCount) -> None:
    here, there = Place.of(taught.here.region), Place.of(taught.there.region)
    assert match_need(NEED, "fi", here, top=1).hits[0].code == "dates"
    assert match_need(NEED, "fi", None, top=1).hits[0].code == "dates", "without a place nothing is left out"
    assert match_need(NEED, "fi", there, top=1).hits[0].code == "networks"
    assert next(service.code for service, _why in fitting(NEED, "fi", there).services) == "networks"
    with sql_count(0):
        match_need(NEED, "fi", there, top=1)
    assert np.isclose(sum(hit.score for hit in match_need(NEED, "fi", there, top=3).hits), 1, atol=1e-4)


def test_people_of_another_region_are_not_found_by_its_need_or_service(taught: Cast) -> None:
    dates = Service.objects.get(code="dates")
    provide(by=taught.editor.actor, service=dates, organisation=taught.here.organisation, region=taught.here.region, person=taught.adviser.someone)
    assert taught.adviser.someone.pk in by_need(NEED, taught.here.region.pk)
    assert by_service("dates", taught.here.region.pk)
    assert by_service("dates", taught.there.region.pk) == []


def test_list_and_card_obey_the_place(cast: Cast, client: Client) -> None:
    card = here_only(cast)
    ServiceFactory.create(name_fi="Kaikkialla", provider_types=["development-company"])
    there, here = cast.there.municipality.code, cast.here.municipality.code
    for query, is_listed in ((f"municipality={there}", False), ("region=saarela", False), (f"municipality={here}", True), ("", True)):
        page = client.get(f"/palvelut/?{query}").content.decode()
        assert ("Yritystreffit" in page) == is_listed
        assert "Kaikkialla" in page
    assert who_can_help(card, cast.here.region, cast.here.municipality).helpers
    assert not who_can_help(card, cast.there.region, cast.there.municipality).helpers
    page = client.get(f"/palvelut/dates/?municipality={there}", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "it holds in Koskimaa" in page
    assert client.get("/palvelut/", HTTP_ACCEPT_LANGUAGE="en").content.decode().count("Koskimaa en") == 1, "the list says where a card holds"
    assert "Koskimaa en" in client.get("/palvelut/dates/", HTTP_ACCEPT_LANGUAGE="en").content.decode()


def test_list_costs_no_more_for_cards_of_a_part_of_the_country(cast: Cast, client: Client, sql_count: SqlCount) -> None:
    for number in range(3):
        here_only(cast, code=f"dates-{number}")
    url = f"/palvelut/?municipality={cast.here.municipality.code}&language=fi"
    client.get(url)
    with sql_count(at_most=14):
        client.get(url)


def test_editor_chooses_among_the_places_of_her_organisation(cast: Cast, client_of: ClientOf) -> None:
    browser, group = client_of(cast.editor), ServiceGroupFactory.create()
    page = browser.get("/palvelukortit/uusi")
    assert "Koskimaan kunta" in page.content.decode()
    assert "Saarela" not in page.content.decode()
    filled = {"name_fi": "Yritystreffit", "summary_fi": "Tapaat muita.", "group": group.pk, "channels": ["visit"]}
    to = browser.submit(page, filled).headers["Location"]
    card = Service.objects.get()
    assert (card.validity, card.places) == ("region", [cast.here.region.pk]), "of one region it is there unless she says otherwise"
    broken = browser.submit(browser.get(f"{to}muokkaa"), {"validity": "municipality"})
    assert broken.status_code == 422
    browser.submit(browser.get(f"{to}muokkaa"), {"validity": "municipality", "municipalities": [cast.here.municipality.pk]})
    card.refresh_from_db()
    assert (card.validity, card.places) == ("municipality", [cast.here.municipality.pk])
    assert "Koskimaan kunta" in browser.get(f"{to}historia").content.decode()


def test_places_out_of_reach_are_refused(cast: Cast) -> None:
    values = {"name_fi": "Yritystreffit", "group": ServiceGroupFactory.create()}
    out_of_reach: tuple[dict[str, Any], ...] = ({"places": [cast.there.region.pk]}, {"places": []})
    for where in out_of_reach:
        with pytest.raises(RuleBroken) as broken:
            create_service(by=cast.editor.actor, owner=cast.here.organisation, values=values | {"validity": "region"} | where)
        assert broken.value.field == "validity"
    common = create_service(by=cast.national.actor, owner=None, values=values | {"validity": "region", "places": [cast.there.region.pk]})
    edit_service(by=cast.national.actor, service=common, values={"validity": "national"})
    assert common.places == []


def test_cards_that_had_not_said_where_hold_where_their_owner_takes_part(cast: Cast) -> None:
    module = MigrationLoader(connection).get_migration("catalogue", "0009_where_a_card_holds").__module__
    fill = __import__(module, fromlist=["FILL"]).FILL
    own = ServiceFactory.create(owner=cast.here.organisation)
    orphan = ServiceFactory.create()
    kept = ServiceFactory.create(owner=cast.here.organisation)
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table catalogue_service drop constraint service_holds_somewhere")
        cursor.execute("update catalogue_service set validity = 'region' where id = any(%s)", [[own.pk, orphan.pk]])
        cursor.execute(fill)
    found = {card.pk: (card.validity, card.places) for card in Service.objects.all()}
    assert found == {own.pk: ("region", [cast.here.region.pk]), orphan.pk: ("national", []), kept.pk: ("national", [])}
