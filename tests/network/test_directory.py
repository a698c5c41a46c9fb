"""The staff directory: who is found, by whom, and at what cost."""

from dataclasses import replace

import pytest

from luukku.core.actor import PUBLIC, Actor
from luukku.core.paging import Cursor
from luukku.core.registries import PeopleFinder, people_finders
from luukku.network.enums import Role
from luukku.network.models import Organisation, OrganisationType, Person, Premises
from luukku.network.queries.directory import PAGE_SIZE, DirectoryFilter, directory, languages_spoken
from luukku.network.queries.organisations import OrganisationFilter, behind_the_hatch, organisation_list, organisation_page
from luukku.network.queries.regions import region_page, regions_by_area
from tests.cast import Cast
from tests.factories.network import MunicipalityFactory, PersonFactory, SeatFactory
from tests.harness.client import Client
from tests.network.fixtures import SqlCount


def names(wanted: DirectoryFilter, actor: Actor = PUBLIC) -> list[str]:
    return [entry.person.name for entry in directory(actor, wanted).page.rows]


def test_public_finds_only_those_whom_their_organisation_publishes(cast: Cast) -> None:
    Person.objects.filter(pk=cast.partner.someone.pk).update(is_published=False)
    assert "Pekka Partner" not in names(DirectoryFilter())
    assert "Pekka Partner" in names(DirectoryFilter(), cast.outsider.actor)


def test_somebody_without_a_seat_is_not_in_the_directory(cast: Cast) -> None:
    PersonFactory.create(name="Irto Nainen", is_published=True)
    assert "Irto Nainen" not in names(DirectoryFilter())


def test_a_municipality_finds_those_who_serve_its_region(cast: Cast) -> None:
    found = names(DirectoryFilter(municipality=cast.here.municipality))
    assert "Aino Adviser" in found
    assert "Otto Outsider" not in found
    assert "Kaisa Coordinator" in found


def test_a_seat_without_a_region_serves_wherever_the_organisation_takes_part(cast: Cast) -> None:
    SeatFactory.create(person=PersonFactory.create(name="Kaikkialla", is_published=True), organisation=cast.partners)
    assert "Kaikkialla" in names(DirectoryFilter(region=cast.here.region))
    assert "Kaikkialla" not in names(DirectoryFilter(region=cast.there.region))


def test_a_municipality_without_a_region_finds_its_areas_contact(cast: Cast) -> None:
    lonely = MunicipalityFactory.create(area=cast.here.area)
    assert names(DirectoryFilter(municipality=lonely)) == ["Arja Area"]
    assert names(DirectoryFilter(municipality=MunicipalityFactory.create())) == []


def test_language_and_words_narrow(cast: Cast) -> None:
    Person.objects.filter(pk=cast.adviser.someone.pk).update(languages=["sv", "fi"], help_text_fi="Autan viennin alkuun.")
    assert names(DirectoryFilter(language="sv")) == ["Aino Adviser"]
    assert names(DirectoryFilter(words="viennin")) == ["Aino Adviser"]
    assert names(DirectoryFilter(words="kauppakamari")) == ["Pekka Partner"]
    Organisation.objects.filter(pk=cast.partners.pk).update(name_en="Coldwater Chamber")
    assert names(DirectoryFilter(words="coldwater")) == ["Pekka Partner"]
    assert names(DirectoryFilter(words="viennin kauppakamari")) == []
    assert languages_spoken(PUBLIC) == ["fi", "sv"]


def test_finders_of_higher_modules_choose_and_order_but_never_show_the_hidden(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    Person.objects.filter(pk=cast.editor.someone.pk).update(is_published=False)
    asked: list[tuple[str, int | None]] = []

    def find(value: str, region_id: int | None) -> list[int]:
        asked.append((value, region_id))
        return [cast.partner.someone.pk, cast.editor.someone.pk, cast.adviser.someone.pk]

    monkeypatch.setattr(people_finders, "_entries", {"service": PeopleFinder("Service", 1, None, find)})
    wanted = DirectoryFilter(municipality=cast.here.municipality, found_by={"service": "start-up-grant"})
    assert names(wanted) == ["Pekka Partner", "Aino Adviser"]
    assert asked == [("start-up-grant", cast.here.region.pk)]


def test_names_come_in_finnish_order(cast: Cast) -> None:
    for name in ("Öhman", "Åberg", "Ahonen", "Wirtanen", "Virtanen"):
        SeatFactory.create(person=PersonFactory.create(name=name, is_published=True, languages=["se"]), organisation=cast.partners)
    assert names(DirectoryFilter(language="se")) == ["Ahonen", "Virtanen", "Wirtanen", "Åberg", "Öhman"]


def test_cost_does_not_grow_with_people(cast: Cast, sql_count: SqlCount) -> None:
    with sql_count() as few:
        directory(PUBLIC, DirectoryFilter())
    for _ in range(10):
        SeatFactory.create(person=PersonFactory.create(is_published=True), organisation=cast.partners)
    with sql_count(few.number):
        directory(PUBLIC, DirectoryFilter())
    assert few.number <= 6


def test_behind_the_hatch_are_active_parties_of_the_region(cast: Cast, sql_count: SqlCount) -> None:
    with sql_count(7):
        found = behind_the_hatch(PUBLIC, cast.here.region)
    assert [each.name_fi for each in found] == ["Koskimaan Kauppakamari ry", "Koskimaan Kehitys Oy"]
    assert len(behind_the_hatch(PUBLIC)) == 3


def test_organisation_list_narrows_and_counts_people(cast: Cast, sql_count: SqlCount) -> None:
    adviser = cast.adviser.actor
    with sql_count(2):
        found = list(organisation_list(adviser, OrganisationFilter(region="koskimaa", words="kehitys")))
    assert [(each.code, each.people) for each in found] == [("koskimaa-kehitys", 3)]  # type: ignore[attr-defined]


def test_pages_cost_a_fixed_number_of_statements(cast: Cast, sql_count: SqlCount) -> None:
    SeatFactory.create(person=PersonFactory.create(), role=Role.DESK_LEAD, organisation=cast.here.organisation)
    with sql_count(at_most=8):
        page = organisation_page(cast.here.organisation)
    assert [person.name for person, _ in page.people][:1] == ["Aino Adviser"]
    with sql_count(at_most=13):
        region_page(cast.here.region)
    with sql_count(2):
        areas = regions_by_area(PUBLIC)
    assert [(each.area.code, [region.code for region in each.regions]) for each in areas] == [
        ("area-koskimaa", ["koskimaa"]),
        ("area-saarela", ["saarela"]),
    ]


def test_long_directory_comes_in_pages_forth_and_back_and_says_how_many_there_are(client: Client, cast: Cast) -> None:
    for number in range(PAGE_SIZE * 2):
        SeatFactory.create(person=PersonFactory.create(name=f"Henkilö {number:02}", is_published=True), organisation=cast.partners)
    whole = [entry.person.pk for entry in directory(PUBLIC, DirectoryFilter(), size=500).page.rows]
    seen: list[int] = []
    after = None
    while True:
        found = directory(PUBLIC, DirectoryFilter(), Cursor(after))
        seen += [entry.person.pk for entry in found.page.rows]
        after = found.page.next
        if after is None:
            break
    assert (seen, found.count) == (whole, len(whole))
    back = directory(PUBLIC, DirectoryFilter(), Cursor(before=found.page.previous))
    assert [entry.person.pk for entry in back.page.rows] == whole[PAGE_SIZE : PAGE_SIZE * 2]
    shown = client.get("/ihmiset/").content.decode()
    assert f"after={whole[PAGE_SIZE - 1]}" in shown
    assert str(len(whole)) in shown


def test_those_with_an_office_in_the_municipality_come_first_unless_a_need_ranks_them(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    Premises.objects.create(organisation=cast.partners, name="Konttori", municipality=cast.here.municipality)
    wanted = DirectoryFilter(municipality=cast.here.municipality)
    names = [entry.person.name for entry in directory(PUBLIC, wanted).page.rows]
    assert names[0] == "Pekka Partner"
    assert names[1:] == sorted(names[1:])
    order = [cast.adviser.someone.pk, cast.partner.someone.pk]
    finder = PeopleFinder("need", 1, None, lambda _words, _region: order, is_ranked=True)
    monkeypatch.setattr("luukku.network.queries.directory.people_finders", {"need": finder})
    ranked = directory(PUBLIC, replace(wanted, found_by={"need": "rahaa"})).page.rows
    assert [entry.person.pk for entry in ranked] == order


def test_private_givers_are_told_apart_behind_the_hatch_and_in_the_directory(cast: Cast, client: Client) -> None:
    private = OrganisationType.objects.create(code="private-provider", name_fi="Yritys", is_private=True)
    Organisation.objects.filter(pk=cast.partners.pk).update(type=private)
    for url in ("/luukun-takana/?region=koskimaa", "/ihmiset/?region=koskimaa"):
        page = client.get(url, HTTP_ACCEPT_LANGUAGE="en").content.decode()
        assert page.count("Private service") == 1, url
