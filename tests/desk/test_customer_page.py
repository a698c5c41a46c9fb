"""The page of a customer: a founder with her idea before there is a company, and what her handlers alone may read."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from luukku.core.actor import act_as, act_as_house
from luukku.customers.models import Company, Look
from luukku.desk.actions.ending import OutcomeForm, settle
from luukku.desk.actions.handling import take_up
from luukku.desk.models import Case, Leg
from tests.cast import Cast, Member
from tests.factories.customers import CompanyFactory
from tests.harness.client import Client

ClientOf = Callable[[Member], Client]


@pytest.fixture
def idea(send: Callable[..., Case]) -> Case:
    case = send()
    Case.objects.filter(pk=case.pk).update(stage="idea", segment="founder")
    return case


def page_of(browser: Client, case: Case) -> str:
    answer = browser.get(f"/asiakkaat/{case.customer_id}/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_founder_stands_with_idea_stage_place_language_and_state(cast: Cast, idea: Case, client_of: ClientOf) -> None:
    browser = client_of(cast.adviser)
    assert f'href="/asiakkaat/{idea.customer_id}/"' in browser.get(f"/asia/{idea.number}/").content.decode()
    page = page_of(browser, idea)
    plans = page[page.index('id="p-plans"') : page.index('id="p-matters"')]
    for words in (idea.subject, "Idea", cast.here.municipality.name_fi, "suomi", idea.get_state_display()):
        assert words in plans, words
    assert "kaisa@customer.example" in page


def test_founder_becomes_a_contact_of_the_company_and_her_history_follows(cast: Cast, idea: Case, client_of: ClientOf) -> None:
    company: Company = CompanyFactory.create(name="Kahvila Kaisa Oy")
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=Leg.objects.get(case=idea))
        settle(by=actor, case=idea, outcomes=[OutcomeForm("started", business_id=company.business_id)], words="Onnea!")
    link = f'href="/yritykset/{company.business_id}/">Kahvila Kaisa Oy</a>'
    page = page_of(client_of(cast.adviser), idea)
    assert page.count(link) == 2  # what came of the plan, and whose contact she is
    assert idea.number in page
    assert (
        f'href="/asiakkaat/{idea.customer_id}/">Kaisa Kahvila</a>'
        in client_of(cast.adviser).get(f"/yritykset/{company.business_id}/").content.decode()
    )


def test_business_that_came_of_it_without_a_known_id_is_told_too(cast: Cast, case: Case, client_of: ClientOf) -> None:
    assert 'id="p-plans"' not in page_of(client_of(cast.adviser), case)
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=Leg.objects.get(case=case))
        settle(by=actor, case=case, outcomes=[OutcomeForm("started")], words="Onnea!")
    page = page_of(client_of(cast.adviser), case)
    assert "Yritys perustettu" in page[page.index('id="p-plans"') : page.index('id="p-matters"')]


def test_matter_of_a_company_is_no_plan_of_a_business(cast: Cast, send: Callable[..., Case], client_of: ClientOf) -> None:
    case = send(business_id=CompanyFactory.create().business_id)
    named = send(email="toinen@customer.example", phone="", company_name="Pikku Paja", at=timezone.now() - timedelta(days=9))
    assert 'id="p-plans"' not in page_of(client_of(cast.adviser), case)
    page = page_of(client_of(cast.adviser), named)
    day = timezone.localdate() - timedelta(days=9)
    assert f"Asiakas {day.day}.{day.month}.{day.year} alkaen" in page
    companies = page[page.index('id="p-companies"') : page.index('id="p-consents"')]
    assert "Pikku Paja" in companies  # as it was told, though nobody knows its ID


def test_page_is_for_those_who_handle_a_matter_of_hers_and_she_sees_that_they_looked(cast: Cast, idea: Case, client_of: ClientOf) -> None:
    for other in (cast.partner, cast.coordinator, cast.outsider, cast.founder, cast.shepherd):
        assert client_of(other).get(f"/asiakkaat/{idea.customer_id}/").status_code in (302, 403, 404), other.someone.name
    page_of(client_of(cast.adviser), idea)
    with act_as_house("who has looked"):
        assert list(Look.objects.values_list("customer", "person", "matter", "what")) == [(idea.customer_id, cast.adviser.someone.pk, None, "matter")]


def test_page_costs_the_same_however_much_there_is(
    cast: Cast, idea: Case, send: Callable[..., Case], client_of: ClientOf, sql_count: Callable[..., AbstractContextManager[Any]]
) -> None:
    browser = client_of(cast.adviser)
    page_of(browser, idea)
    for _ in range(4):
        case = send(business_id=CompanyFactory.create().business_id)
        Case.objects.filter(pk=case.pk).update(customer=idea.customer_id)
    with sql_count(at_most=16):
        page_of(browser, idea)
