"""A founder becomes a contact of her company, her matters are found by it; and what else a company's page tells each reader."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from luukku.core.actor import act_as
from luukku.customers.models import Company, Establishment, Relation
from luukku.customers.queries.people import people_of
from luukku.customers.queries.similar import similar_to
from luukku.desk.actions.ending import OutcomeForm, settle
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.outcomes import name_business
from luukku.desk.models import Case, Leg, Outcome
from luukku.desk.queries.callers import find_callers
from luukku.desk.queries.search import find_cases
from tests.cast import Cast, Member
from tests.desk.consents.conftest import Ground, ground
from tests.factories.customers import CompanyFactory, CompanyNameFactory
from tests.harness.client import Client

__all__ = ("ground",)


@pytest.fixture
def company(cast: Cast) -> Company:
    return CompanyFactory.create(name="Kahvila Kaisa Oy", municipality=cast.here.municipality, industry="56102", industry_system="tol2008", persons=3)


@pytest.fixture
def founded(case: Case, leg: Leg, cast: Cast, company: Company) -> Case:
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=leg)
        settle(by=actor, case=case, outcomes=[OutcomeForm("started", business_id=company.business_id)], words="Onnea!")
    return case


def page_of(browser: Client, company: Company) -> str:
    return str(browser.get(f"/yritykset/{company.business_id}/").content.decode())


def test_founder_is_a_contact_of_the_company_and_her_matter_stands_on_its_page(
    cast: Cast, founded: Case, company: Company, client_of: Callable[[Member], Client]
) -> None:
    assert Relation.objects.get(business_id=company.business_id).customer_id == founded.customer_id
    page = page_of(client_of(cast.adviser), company)
    for words in (founded.number, "Kaisa Kahvila"):
        assert words in page
    assert founded.number not in page_of(client_of(cast.partner), company)
    assert "Kaisa Kahvila" not in page_of(client_of(cast.partner), company)


def test_law_lets_others_know_that_there_is_more(
    cast: Cast, founded: Case, company: Company, client_of: Callable[[Member], Client], ground: Ground
) -> None:
    ground("law", "relation")
    with act_as(cast.partner.actor) as partner:
        people = people_of(partner, company)
    assert (people.known, [each.region for each in people.more]) == ([], [cast.here.region])
    assert "Kaisa" not in page_of(client_of(cast.partner), company).replace(company.name, "")
    assert founded.customer_id is not None


@pytest.mark.usefixtures("founded")
def test_wrong_business_id_that_is_mended_leaves_no_contact_behind(cast: Cast, company: Company) -> None:
    other = CompanyFactory.create()
    with act_as(cast.adviser.actor) as actor:
        name_business(by=actor, outcome=Outcome.objects.get(kind="started"), business_id=other.business_id)
    assert list(Relation.objects.exclude(business_id="").values_list("business_id", flat=True)) == [other.business_id]
    assert company.business_id != other.business_id


def test_legal_entity_and_establishment_both_find_the_case(cast: Cast, founded: Case, company: Company, send: Callable[..., Case]) -> None:
    Establishment.objects.create(company=company, name="Torin Tupa", municipality=company.municipality)
    later = send(business_id=company.business_id)
    with act_as(cast.adviser.actor) as actor:
        assert {each.number for each in find_cases(actor, company.business_id)} == {founded.number, later.number}
        assert [each.number for each in find_cases(actor, "torin tupa")] == [later.number]


def test_caller_and_her_matter_are_found_by_each_name_of_the_company_and_of_its_shop(cast: Cast, company: Company, send: Callable[..., Case]) -> None:
    Establishment.objects.create(company=company, name="Torin Tupa", municipality=company.municipality)
    CompanyNameFactory.create(company=company, name="Herkkupaja", kind="auxiliary")
    case = send(business_id=company.business_id)
    with act_as(cast.adviser.actor) as actor:
        for text in ("torin", "herkkup", "kahvila kai"):
            assert [each.contact.customer_id for each in find_callers(actor, text)] == [case.customer_id], text
            assert [each.number for each in find_cases(actor, text)] == [case.number], text
    with act_as(cast.outsider.actor) as actor:
        assert find_callers(actor, "torin") == []


def test_companies_like_this_one_come_by_industry_place_size_and_age(cast: Cast, company: Company) -> None:
    def like(**facts: Any) -> Company:
        return CompanyFactory.create(**{"municipality": company.municipality, "industry": "56102", "industry_system": "tol2008"} | facts)

    twin, near = like(persons=5), like(industry="56300", persons=80)
    like(industry="62010")
    like(status="ceased")
    like(municipality=cast.there.municipality)
    like(industry_system="tol2025")
    found = similar_to(company)
    assert [each.business_id for each in found] == [twin.business_id, near.business_id]
    assert len(found[0].why) > len(found[1].why)
    assert similar_to(CompanyFactory.create(industry="")) == []


def test_company_page_costs_the_same_however_much_there_is(
    cast: Cast, founded: Case, company: Company, send: Callable[..., Case], client_of: Callable[[Member], Client],
    sql_count: Callable[..., AbstractContextManager[Any]],
) -> None:  # fmt: skip
    browser = client_of(cast.adviser)
    page_of(browser, company)
    for n in range(4):
        send(business_id=company.business_id, email=f"n{n}@customer.example", phone="")
        CompanyFactory.create(municipality=company.municipality, industry="56102", industry_system="tol2008")
    with sql_count(at_most=30):
        page_of(browser, company)
    assert founded.number
