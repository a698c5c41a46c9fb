"""The front pages: every municipality leads somewhere, and the promise is told as it is."""

import html
from collections.abc import Callable
from datetime import datetime, time, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.utils import timezone

from luukku.catalogue.queries.matching import NeedMatch
from luukku.core.months import ended_months
from luukku.core.ui.sought import opened
from luukku.desk.models import Clock, Leg
from luukku.network.models import Region
from tests.cast import Cast, Member
from tests.factories.desk import case_at
from tests.factories.network import MunicipalityFactory
from tests.harness.client import Client
from tests.harness.counting import sql_count


@pytest.fixture(autouse=True)
def _nothing_matched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luukku.desk.queries.answers.match_need", lambda *_args, **_more: NeedMatch((), fits=False))


def test_front_page_is_small_and_lists_regions_by_area(client: Client, cast: Cast) -> None:
    with sql_count(at_most=4):
        shown = client.get("/").content.decode()
    assert "Koskimaa" in shown
    assert cast.here.area.name_fi in shown


def asked_of(address: str) -> tuple[str, dict[str, str]]:
    """Where an address leads and what it asks, its words opened; none of them stands in it as it was written."""
    assert "kahvila" not in address
    asks = urlsplit(address)
    return asks.path, {name: opened(value) for name, value in parse_qsl(asks.query)}


def test_search_finds_a_region_by_its_municipality(client: Client, cast: Cast) -> None:
    shown = client.get("/", {"need": "", "q": "saarelan ku"}).content.decode()
    assert '"/saarela/"' in shown
    assert '"/koskimaa/"' not in shown


def test_search_as_the_page_sends_it_finds_the_region_and_keeps_the_words(client: Client, cast: Cast) -> None:
    shown = client.post("/?etsi", {"need": "", "q": "saarelan ku"}, follow=True).content.decode()
    assert 'value="saarelan ku"' in shown
    assert '"/saarela/"' in shown
    assert '"/koskimaa/"' not in shown


def test_municipality_leads_to_its_regions_door_with_the_need(client: Client, cast: Cast) -> None:
    answer = client.get("/", {"need": "kahvila", "municipality": cast.here.municipality.code})
    assert asked_of(answer.url) == ("/koskimaa/tarve/", {"need": "kahvila", "municipality": cast.here.municipality.code})


def test_need_without_municipality_asks_for_it_and_keeps_the_words(client: Client, cast: Cast) -> None:
    shown = client.get("/", {"need": "haluan avata kahvilan", "municipality": ""}).content.decode()
    assert "haluan avata kahvilan</textarea>" in shown
    assert 'id="municipality-error"' in shown


def test_municipality_without_a_region_leads_to_its_area_with_open_doors(client: Client, cast: Cast) -> None:
    lonely = MunicipalityFactory.create(code="950", name_fi="Yksinäinen", area=cast.here.area)
    answer = client.get("/", {"need": "kahvila", "municipality": lonely.code})
    assert asked_of(answer.url) == ("/alue/area-koskimaa/", {"need": "kahvila", "municipality": lonely.code})
    shown = client.get(answer.url).content.decode()
    assert "Yksinäinen" in shown
    way = html.unescape(shown.partition('href="/koskimaa/tarve/')[2].partition('"')[0])
    assert asked_of(way) == ("", {"need": "kahvila", "municipality": lonely.code})
    assert cast.area.someone.name in shown
    form = client.get("/koskimaa/tarve/", {"need": "kahvila", "municipality": lonely.code}).content.decode()
    assert f'<option value="{lonely.code}" selected>' in form


def test_municipality_without_area_is_no_dead_end(client: Client, cast: Cast) -> None:
    far = MunicipalityFactory.create(code="951", name_fi="Kaukainen")
    answer = client.get("/", {"need": "kahvila", "municipality": far.code})
    assert client.get(answer.url).status_code == 200


@pytest.mark.parametrize("code", ["000", "x" * 50, "<script>"])
def test_municipality_that_does_not_exist_is_no_error(client: Client, cast: Cast, code: str) -> None:
    assert client.get("/", {"need": "kahvila", "municipality": code}).status_code == 200


def test_region_that_is_not_live_says_so_and_shows_other_doors(client: Client, cast: Cast) -> None:
    Region.objects.filter(code="koskimaa").update(is_live=False)
    near = cast.there.region
    near.area_spells.create(area=cast.here.area)
    shown = client.get("/koskimaa/", {"need": "kahvila"}).content.decode()
    assert "tarve/" not in shown.split("</nav>")[-1].split("saarela")[0]
    assert asked_of(shown.partition('href="/saarela/')[2].partition('"')[0]) == ("", {"need": "kahvila"})


def test_unknown_region_and_area_are_not_found(client: Client, cast: Cast) -> None:
    assert client.get("/olematon/").status_code == 404
    assert client.get("/alue/olematon/").status_code == 404


def test_region_front_costs_a_fixed_number_of_statements(client: Client, cast: Cast) -> None:
    client.get("/koskimaa/")
    with sql_count(at_most=6):
        client.get("/koskimaa/")
    with sql_count(at_most=2):
        client.get("/koskimaa/", {"need": "kahvila"}, HTTP_HX_REQUEST="true")


def test_region_front_shows_published_people_of_its_parties_only(client: Client, cast: Cast) -> None:
    type(cast.desklead.someone).objects.filter(pk=cast.desklead.someone.pk).update(is_published=False)
    shown = client.get("/koskimaa/").content.decode()
    assert cast.adviser.someone.name in shown
    assert cast.desklead.someone.name not in shown
    assert cast.outsider.someone.name not in shown


def test_live_part_equals_what_the_whole_page_shows(client: Client, cast: Cast) -> None:
    for page in ("/koskimaa/", "/"):
        whole = client.get(page, {"need": "kahvila"}).content.decode()
        part = client.get(page, {"need": "kahvila"}, HTTP_HX_REQUEST="true").content.decode()
        assert part.strip().startswith('<div id="live"')
        assert "".join(part.split()) in "".join(whole.split())


def _runs(cast: Cast, kept: int, broken: int) -> None:
    case = case_at(cast.here.desk)
    leg, due = Leg.objects.get(case=case), timezone.make_aware(datetime.combine(ended_months(1).first, time(12)))
    for number in range(kept + broken):
        ended = due + timedelta(hours=-1 if number < kept else 1)
        Clock.objects.create(leg=leg, kind="taken-up", started_at=due - timedelta(days=2), due_at=due, ended_at=ended, end="met")


def test_promise_is_told_with_its_number(client: Client, cast: Cast) -> None:
    _runs(cast, kept=9, broken=1)
    record = client.get("/koskimaa/").context["page"].promise["taken_up"]
    assert (record.kept, record.of, record.share) == (9, 10, 0.9)
    shown = client.get("/lupaus/", {"region": "koskimaa"}).content.decode()
    assert "9/10" in shown
    assert cast.here.organisation.name_fi not in shown  # the network has not agreed to it
    cast.here.region.publish_by_organisation = True
    cast.here.region.save()
    assert cast.here.organisation.name_fi in client.get("/lupaus/", {"region": "koskimaa"}).content.decode()


def test_fewer_than_five_are_not_told(client: Client, cast: Cast) -> None:
    _runs(cast, kept=4, broken=0)
    record = client.get("/koskimaa/").context["page"].promise["taken_up"]
    assert (record.of, record.share) == (0, None)
    assert "4/4" not in client.get("/koskimaa/").content.decode()


@pytest.mark.parametrize("path", ["/lupaus/", "/tietosuoja/", "/saavutettavuus/", "/muualla/?need=kahvila"])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_plain_pages_show_in_each_language(client: Client, cast: Cast, path: str, language: str) -> None:
    client.cookies["luukku_language"] = language
    answer = client.get(path)
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.content.decode()


def test_those_who_have_signed_in_come_to_their_own(client_of: Callable[[Member], Client], cast: Cast) -> None:
    for member in (cast.adviser, cast.founder):
        assert client_of(member).get("/").url == "/account/landing/"
    assert client_of(cast.founder).get("/account/landing/").url == "/omat/"
    assert client_of(cast.founder).get("/", {"need": ""}).status_code == 200
