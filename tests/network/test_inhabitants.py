"""Which municipality an organisation is of, by its name, and how many live there."""

import pytest

from luukku.network.models import Municipality, Organisation, OrganisationType
from luukku.network.queries.inhabitants import inhabitants, municipality_of, people_of

NAMES = ("Kauhajoki", "Isojoki", "Karijoki", "Teuva", "Kurikka", "Lohja", "Vihti", "Hanko", "Raasepori", "Siuntio", "Inkoo", "Ii", "Äänekoski")
TOWN, COMPANY = OrganisationType(code="municipality"), OrganisationType(code="development-company")


def _town(name: str, swedish: str = "", kind: OrganisationType = TOWN) -> Organisation:
    return Organisation(pk=1, name_fi=name, name_sv=swedish, type=kind)


@pytest.fixture
def among() -> list[Municipality]:
    return [Municipality(pk=place, code=f"9{place:02}", name_fi=name) for place, name in enumerate(NAMES, start=1)]


@pytest.mark.parametrize(("name", "found"), [
    ("Kauhajoen kaupunki", "Kauhajoki"), ("Isojoen kunta", "Isojoki"), ("Vihdin kunta", "Vihti"), ("Hangon kaupunki", "Hanko"),
    ("Kurikka", "Kurikka"), ("Äänekosken kaupunki", "Äänekoski"), ("Raaseporin kaupunki, elinvoima", "Raasepori"),
    ("Helsingin kaupunki", None), ("Kaupunki", None), ("Isokyrön kunta", None), ("Iin kunta", None),
])  # fmt: skip
def test_municipality_is_the_one_whose_name_it_bears(among: list[Municipality], name: str, found: str | None) -> None:
    known = municipality_of(_town(name), among)
    assert (known.name_fi if known else None) == found


def test_company_that_bears_a_towns_name_is_no_municipality(among: list[Municipality]) -> None:
    assert municipality_of(_town("Kauhajoen Kehitys Oy", kind=COMPANY), among) is None


def test_name_that_fits_two_fits_none() -> None:
    two = [Municipality(pk=1, code="901", name_fi="Mäntsälä"), Municipality(pk=2, code="902", name_fi="Mäntsälä")]
    assert municipality_of(_town("Mäntsälän kunta"), two) is None


def test_swedish_name_counts_too() -> None:
    place = Municipality(pk=1, code="905", name_fi="Vaasa", name_sv="Vasa")
    assert municipality_of(_town("Kaupunki", "Vasa stad"), [place]) == place
    assert people_of([_town("Vaasan kaupunki")], [place]) == {1: ("Vaasa", inhabitants()["905"])}


def test_every_municipality_of_today_has_its_inhabitants() -> None:
    assert len(inhabitants()) == 308
    assert sum(inhabitants().values()) > 5_000_000
