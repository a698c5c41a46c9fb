"""The page of a company, and how its facts are edited on screen."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest

from luukku.core.actor import HOUSE
from luukku.customers.actions.facts import state_fact
from luukku.customers.models import Company, CompanyFact, Establishment, NameWord
from tests.cast import Cast, Member
from tests.customers.register.test_import import brought, told
from tests.customers.register.test_import import write as write  # noqa: PLC0414 - a fixture
from tests.factories.customers import CompanyFactory, CompanyNameFactory
from tests.harness.client import Client

ClientOf = Callable[[Member], Client]


@pytest.fixture
def company(cast: Cast, write: Any) -> Company:
    brought(write(told(1, "Ahon Leipomo Oy", website={"url": "www.aho.example", "registrationDate": "2024-02-03"})))
    found = Company.objects.get()
    CompanyNameFactory.create(company=found, name="Herkkupaja", kind="auxiliary")
    return found


def page_of(browser: Client, company: Company) -> str:
    answer = browser.get(f"/yritykset/{company.business_id}/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_page_shows_facts_with_source_and_date_and_other_names(client_of: ClientOf, cast: Cast, company: Company) -> None:
    page = page_of(client_of(cast.coordinator), company)
    for words in ("Ahon Leipomo Oy", company.business_id, "www.aho.example", "Kunta 049", "3.2.2024", "Herkkupaja", "Toiminnassa"):
        assert words in page, words
    assert "/muokkaa" not in page


def test_group_is_shown_from_both_ends(client_of: ClientOf, cast: Cast, company: Company) -> None:
    below = CompanyFactory.create(name="Tytär Oy", parent=company)
    browser = client_of(cast.adviser)
    assert f'<a class="govuk-link" href="/yritykset/{below.business_id}/">Tytär Oy</a>' in page_of(browser, company)
    assert f'<a class="govuk-link" href="/yritykset/{company.business_id}/">Ahon Leipomo Oy</a>' in page_of(browser, below)


def test_page_takes_a_fixed_number_of_statements(
    client_of: ClientOf, cast: Cast, company: Company, sql_count: Callable[..., AbstractContextManager[Any]]
) -> None:
    browser = client_of(cast.adviser)
    page_of(browser, company)
    for field, value in (("persons", 3), ("turnover", 90_000), ("municipality", "091"), ("growth", "fast")):
        state_fact(by=cast.adviser.actor, company=company, field=field, value=value)
    for n in range(5):
        CompanyNameFactory.create(company=company, name=f"Nimi {n}", kind="former")
        Establishment.objects.create(company=company, name=f"Paikka {n}", municipality=company.municipality)
    with sql_count(at_most=26):
        page_of(browser, company)


def test_tags_are_written_on_the_form_and_stand_on_the_page(client_of: ClientOf, cast: Cast, company: Company) -> None:
    browser = client_of(cast.adviser)
    assert browser.submit(browser.get(f"/yritykset/{company.business_id}/muokkaa"), {"tags": "Sesonki, alihankinta"}).status_code == 302
    assert "alihankinta, sesonki" in page_of(browser, company)
    form = browser.get(f"/yritykset/{company.business_id}/muokkaa")
    assert browser.submit(form, {"persons": "7"}).status_code == 302
    assert set(CompanyFact.objects.filter(ended_at=None).values_list("field", flat=True)) == {"tags", "persons"}


def test_edit_is_shown_beside_the_registers_value_and_taken_back(client_of: ClientOf, cast: Cast, company: Company) -> None:
    browser = client_of(cast.adviser)
    form = browser.get(f"/yritykset/{company.business_id}/muokkaa")
    assert browser.submit(form, {"website": "www.uusi.example", "persons": "12", "source": "website"}).status_code == 302
    assert set(CompanyFact.objects.values_list("field", flat=True)) == {"website", "persons"}
    page = page_of(browser, company)
    for words in ("www.uusi.example", "www.aho.example", "Yrityksen verkkosivut", "Aino Adviser"):
        assert words in page, words
    browser.post(f"/yritykset/{company.business_id}/rekisterin-tieto/website")
    assert Company.objects.get().website == "www.aho.example"


def test_day_is_written_the_way_of_the_readers_language(client_of: ClientOf, cast: Cast, company: Company) -> None:
    Company.objects.filter(pk=company.pk).update(founded_on=date(2020, 3, 29))
    browser = client_of(cast.adviser)
    assert "29.3.2020" in page_of(browser, company)
    browser.cookies["luukku_language"] = "en"
    assert "29 Mar 2020" in page_of(browser, company).replace("\xa0", " ")


def test_wrong_edit_keeps_what_was_typed(client_of: ClientOf, cast: Cast, company: Company) -> None:
    browser = client_of(cast.adviser)
    answer = browser.submit(browser.get(f"/yritykset/{company.business_id}/muokkaa"), {"parent": "1234567-8", "turnover": "2000000"})
    assert answer.status_code == 422
    assert "1234567-8" in answer.content.decode()
    assert not CompanyFact.objects.exists()


def test_place_is_added_once_and_closed(client_of: ClientOf, cast: Cast, company: Company) -> None:
    browser = client_of(cast.adviser)
    form = browser.get(f"/yritykset/{company.business_id}/toimipaikat/uusi")
    assert browser.submit(form, {"name": "Pikku Paja", "municipality": "091"}).status_code == 302
    assert (
        browser.submit(browser.get(f"/yritykset/{company.business_id}/toimipaikat/uusi"), {"name": "pikku paja", "municipality": "091"}).status_code
        == 422
    )
    browser.post(f"/yritykset/{company.business_id}/toimipaikat/{Establishment.objects.get().pk}/sulje")
    assert Establishment.objects.get().closed_on is not None
    assert "Pikku Paja" in page_of(browser, company)


def test_search_box_finds_the_company(client_of: ClientOf, cast: Cast, company: Company) -> None:
    for text in ("leipomo aho", "herkkup", company.business_id):
        assert f"/yritykset/{company.business_id}/" in client_of(cast.adviser).get("/haku", {"q": text}).content.decode(), text


def test_search_box_finds_names_spelt_nearly_so_only_when_nothing_else_fits(client_of: ClientOf, cast: Cast, company: Company) -> None:
    NameWord.objects.bulk_create((NameWord(word=word) for word in ("leipomo", "leipomot")), ignore_conflicts=True)
    other = CompanyFactory.create(name="Leipomot Kunto Oy")
    found = {text: client_of(cast.adviser).get("/haku", {"q": text}).content.decode() for text in ("leippomo", "leipomot")}
    assert f"/yritykset/{company.business_id}/" in found["leippomo"]
    assert f"/yritykset/{other.business_id}/" in found["leipomot"]
    assert f"/yritykset/{company.business_id}/" not in found["leipomot"]


def test_companies_are_for_the_networks_people(client: Client, client_of: ClientOf, cast: Cast, company: Company) -> None:
    address = f"/yritykset/{company.business_id}/"
    assert client.get(address).status_code == 302
    assert client_of(cast.founder).get(address).status_code in (302, 403, 404)
    for path in ("muokkaa", "toimipaikat/uusi"):
        assert client_of(cast.coordinator).get(address + path).status_code == 403
    assert client_of(cast.coordinator).post(address + "rekisterin-tieto/website").status_code == 403
    assert client_of(cast.adviser).get("/yritykset/1234567-8/").status_code == 404


def test_history_tells_what_the_register_and_people_have_changed(client_of: ClientOf, cast: Cast, company: Company, write: Any) -> None:
    brought(write(told(1, "Ahon Leivät Oy", website={"url": "www.aho.example"}, lastModified="2026-09-01T00:00:00", endDate="2026-08-31")))
    state_fact(by=HOUSE, company=company, field="persons", value=3)
    page = page_of(client_of(cast.adviser), company)
    for words in ("Sai uuden nimen", "Lakkasi", "Oma muokkaus: Henkilöstö"):
        assert words in page, words
