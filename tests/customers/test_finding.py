"""Finding companies of the register."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from luukku.core.actor import HOUSE, PUBLIC, act_as
from luukku.core.finnish import name_words
from luukku.customers.actions.establishments import Place, add_establishment, close_establishment
from luukku.customers.models import Company, NameWord
from luukku.customers.queries.companies import SOURCE
from luukku.customers.queries.finding import find_companies
from tests.cast import Cast
from tests.factories.customers import CompanyFactory, CompanyNameFactory


@pytest.fixture
def companies(cast: Cast) -> dict[str, Company]:
    names = ("Äänekosken Sähkö Oy", "Ahon Leipomo Oy", "Zeta Sähkö Oy", "Kumpulan Rakennus Oy", "Öljymäen Rakennus Oy", "Oy Nylund Bygg Ab")
    found = {name: CompanyFactory.create(name=name) for name in names}
    CompanyNameFactory.create(company=found["Ahon Leipomo Oy"], name="Herkkupaja", kind="auxiliary")
    CompanyNameFactory.create(company=found["Zeta Sähkö Oy"], name="Vanha Voima Oy", kind="former")
    with connection.cursor() as cursor:
        cursor.execute("insert into customers_nameword select distinct unnest(words) from customers_companyname on conflict do nothing")
    return found


def names(text: str, **how: Any) -> list[str]:
    return [each.name for each in find_companies(HOUSE, text, **how)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ahon", ["Ahon Leipomo Oy"]),
        ("AHON LEI", ["Ahon Leipomo Oy"]),
        ("leipomo aho", ["Ahon Leipomo Oy"]),
        ("leip", ["Ahon Leipomo Oy"]),
        ("sähkö", ["Zeta Sähkö Oy", "Äänekosken Sähkö Oy"]),
        ("sahko", ["Zeta Sähkö Oy", "Äänekosken Sähkö Oy"]),
        ("rakennus", ["Kumpulan Rakennus Oy", "Öljymäen Rakennus Oy"]),
        ("herkku", ["Ahon Leipomo Oy"]),
        ("vanha voima", ["Zeta Sähkö Oy"]),
        ("nylund bygg ab", ["Oy Nylund Bygg Ab"]),
        ("kumpulann rakenus", ["Kumpulan Rakennus Oy"]),
        ("leipommo", ["Ahon Leipomo Oy"]),
        ("nylundh", ["Oy Nylund Bygg Ab"]),
        ("äänekoksen", ["Äänekosken Sähkö Oy"]),
        ("qqqq", []),
        ("a", []),
        ("oy", ["Oy Nylund Bygg Ab"]),
        ("%", []),
        ("'; drop table", []),
        ("--", []),
    ],
)
def test_company_is_found_by_its_names_in_finnish_order(companies: dict[str, Company], text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_company_is_found_by_business_id_in_any_spelling(companies: dict[str, Company]) -> None:
    company = companies["Ahon Leipomo Oy"]
    for text in (company.business_id, company.business_id.replace("-", ""), f" {company.business_id} "):
        assert names(text) == [company.name]


def test_name_it_was_found_by_is_told(companies: dict[str, Company]) -> None:
    by = {text: find_companies(HOUSE, text)[0] for text in ("herkkupaja", "vanha", "ahon")}
    assert (by["herkkupaja"].by_name, by["herkkupaja"].kind) == ("Herkkupaja", "auxiliary")
    assert (by["vanha"].by_name, by["vanha"].kind) == ("Vanha Voima Oy", "former")
    assert by["ahon"].by_name == ""


def test_company_is_found_by_its_establishment_open_or_closed(companies: dict[str, Company], cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        place = add_establishment(by=actor, company=companies["Zeta Sähkö Oy"], place=Place("Lähikauppa Pikku-Ketju"))
        for text in ("lähik", "pikku ketju", "lahikaupa", "ketju pikku"):
            assert [each.name for each in find_companies(actor, text)] == ["Zeta Sähkö Oy"], text
        close_establishment(by=actor, establishment=place)
        assert find_companies(actor, "lähikauppa")[0].kind == "establishment"


def test_shop_is_not_shown_as_a_company_and_a_former_name_not_as_a_name(companies: dict[str, Company], cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        place = Place("Pikku-Ketju", cast.there.municipality.code)
        shop = add_establishment(by=actor, company=companies["Zeta Sähkö Oy"], place=place)
        add_establishment(by=actor, company=companies["Ahon Leipomo Oy"], place=Place("Ahon Leipomo Oy"))
        detail = {text: SOURCE.find(actor, text, 5)[0].detail for text in ("pikku", "vanha voima", "herkkupaja", "ahon")}
        close_establishment(by=actor, establishment=shop)
        closed = SOURCE.find(actor, "pikku", 5)[0].detail
    ids = {name: each.business_id for name, each in companies.items()}
    assert detail == {
        "pikku": f"{ids['Zeta Sähkö Oy']}. Toimipaikka: Pikku-Ketju, {cast.there.municipality.name_fi}",
        "vanha voima": f"{ids['Zeta Sähkö Oy']}. Aiempi nimi: Vanha Voima Oy", "herkkupaja": f"{ids['Ahon Leipomo Oy']}. Aputoiminimi: Herkkupaja",
        "ahon": ids["Ahon Leipomo Oy"],
    }  # fmt: skip
    assert closed == f"{ids['Zeta Sähkö Oy']}. Toimipaikka: Pikku-Ketju, {cast.there.municipality.name_fi}, suljettu"


def test_company_that_has_ceased_comes_last(companies: dict[str, Company]) -> None:
    Company.objects.filter(name__startswith="Kumpulan").update(status="ceased")
    assert names("rakennus") == ["Öljymäen Rakennus Oy", "Kumpulan Rakennus Oy"]


def test_outsiders_find_nothing(companies: dict[str, Company], cast: Cast) -> None:
    assert find_companies(PUBLIC, "ahon") == []
    assert find_companies(cast.founder.actor, "ahon") == []
    assert find_companies(cast.coordinator.actor, "ahon")


def test_finding_takes_few_statements(companies: dict[str, Company], sql_count: Callable[..., AbstractContextManager[Any]]) -> None:
    with sql_count(at_most=1):
        names(companies["Ahon Leipomo Oy"].business_id)
    with sql_count(at_most=4):
        names("leipommo")


@pytest.mark.django_db
@given(st.text(alphabet="abOYoyÅåÄäÖöéüßKkžM19 -_&.,'/()+", max_size=30))
def test_words_are_the_same_in_python_and_in_the_database(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select wall.name_words(%s)", [text])
        assert sorted(set(name_words(text))) == sorted(cursor.fetchone()[0])
    assert NameWord.objects.count() == 0
