"""The network's lists as files: the rows of the page, for those who work here."""

from collections.abc import Callable
from io import BytesIO

import pytest
from openpyxl import load_workbook

from luukku.network.models import Representation
from luukku.network.queries.organisations import OrganisationFilter
from luukku.network.queries.tables import organisation_table
from tests.cast import Cast, Member
from tests.harness.client import Client
from tests.network.fixtures import SqlCount

PATHS = ("/verkosto/organisaatiot.csv", "/verkosto/ihmiset.csv", "/verkosto/kunnat.csv", "/palvelut.csv")
ClientOf = Callable[[Member], Client]


def lines(browser: Client, path: str) -> list[list[str]]:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return [line.split(";") for line in answer.content.decode("utf-8-sig").splitlines()]


def test_organisations_come_with_who_acts_for_whom_as_the_page_is_narrowed(cast: Cast, client_of: ClientOf) -> None:
    Representation.objects.create(representative=cast.here.organisation, represented=cast.partners)
    heads, *rows = lines(client_of(cast.adviser), "/verkosto/organisaatiot.csv?region=koskimaa")
    found = {row[0]: dict(zip(heads, row, strict=True)) for row in rows}
    assert set(found) == {"Koskimaan Kehitys Oy", "Koskimaan Kauppakamari ry"}
    assert found["Koskimaan Kauppakamari ry"]["Edustajana"] == "Koskimaan Kehitys Oy"
    assert found["Koskimaan Kehitys Oy"]["Edustaa"] == "Koskimaan Kauppakamari ry"
    assert found["Koskimaan Kehitys Oy"]["Seudut"] == "Koskimaa"


def test_people_come_all_at_once_and_say_whether_the_public_sees_them(cast: Cast, client_of: ClientOf) -> None:
    _heads, *rows = lines(client_of(cast.adviser), "/verkosto/ihmiset.csv?words=aino")
    assert [row[0] for row in rows] == ["Aino Adviser"]
    assert rows[0][-1] == "kyllä"
    assert len(lines(client_of(cast.adviser), "/verkosto/ihmiset.csv")) == 1 + len(cast.staff)  # heads, and everybody


def test_municipalities_keep_the_zeros_of_their_numbers(cast: Cast, client_of: ClientOf) -> None:
    type(cast.here.municipality).objects.filter(pk=cast.here.municipality.pk).update(code="001")
    answer = client_of(cast.adviser).get("/verkosto/kunnat.csv?q=Koskimaan&as=xlsx")
    sheet = load_workbook(BytesIO(answer.content)).active
    assert [cell.value for cell in list(sheet.rows)[1]][:4] == ["001", "Koskimaan kunta", None, "Koskimaa"]


@pytest.mark.parametrize("path", PATHS)
def test_only_the_networks_own_people_get_the_files(cast: Cast, client: Client, client_of: ClientOf, path: str) -> None:
    assert client.get(path).status_code == 302
    assert client_of(cast.founder).get(path).status_code == 403
    assert client_of(cast.shepherd).get(path).status_code == 403
    assert client_of(cast.steering).get(path).status_code == 200


def test_pages_lead_to_their_files(cast: Cast, client: Client, client_of: ClientOf) -> None:
    browser = client_of(cast.adviser)
    for page, path in zip(("/verkosto/organisaatiot/?q=k", "/ihmiset/?words=a", "/verkosto/kunnat/?q=k", "/palvelut/"), PATHS, strict=True):
        html = browser.get(page).content.decode()
        assert f'href="{path}?' in html or page == "/palvelut/", page
    assert "ihmiset.csv" not in client.get("/ihmiset/").content.decode()


def test_file_costs_a_fixed_number_of_statements(cast: Cast, sql_count: SqlCount) -> None:
    actor = cast.adviser.actor
    with sql_count(4):
        organisation_table(actor, OrganisationFilter())
