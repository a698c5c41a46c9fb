"""What kind of customer a matter has: written down by the desk, and what rules make of it."""

from collections.abc import Callable

import pytest

from luukku.core.actor import act_as
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.models import Event
from luukku.customers.actions.segmenting import say_segment, segment_anew
from luukku.customers.models import Company
from luukku.desk.actions.describing import describe
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.routing import RuleForm
from luukku.desk.actions.services import choose_service
from luukku.desk.models import Case
from tests.cast import Cast, Member
from tests.desk.conftest import Use
from tests.desk.test_routing import leg_of
from tests.factories.catalogue import ServiceFactory
from tests.factories.customers import CompanyFactory
from tests.harness.client import Client

ClientOf = Callable[[Member], Client]


def test_segment_written_down_names_the_handler_by_the_desks_own_rule(inside: Use, send: Callable[..., Case], cast: Cast) -> None:
    inside(RuleForm(segments=("founder",), whom="person", to_person=cast.desklead.someone))
    case = send()
    assert leg_of(case).handler is None
    with act_as(cast.adviser.actor) as actor:
        describe(by=actor, case=case, segment="local-small")
        assert leg_of(case).handler is None
        describe(by=actor, case=case, segment="founder", stage="starting")
    case.refresh_from_db()
    leg = leg_of(case)
    assert (case.segment, case.stage, leg.handler, leg.state) == ("founder", "starting", cast.desklead.someone, "new")
    assert leg.routed["by"] == "front"
    assert leg.routed["inside"]["segment"] == "founder"
    assert Event.objects.filter(action="case.assigned").get().facts["by_rule"] is True


def test_service_chosen_by_an_adviser_names_the_handler_but_takes_nobodys_part_away(inside: Use, send: Callable[..., Case], cast: Cast) -> None:
    service = ServiceFactory.create()
    inside(RuleForm(services=(service.pk,), whom="person", to_person=cast.desklead.someone))
    first, second = send(), send(email="toinen@example.org")
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=leg_of(second))
        for case in (first, second):
            choose_service(by=actor, leg=leg_of(case), service=service)
    assert leg_of(first).handler == cast.desklead.someone
    assert leg_of(second).handler == cast.adviser.someone


def test_nobody_else_writes_down_the_kind_of_customer(send: Callable[..., Case], cast: Cast) -> None:
    case = send()
    for stranger in (cast.partner, cast.outsider):
        with act_as(stranger.actor) as actor, pytest.raises((NotFound, NotAllowed)):
            describe(by=actor, case=case, segment="founder")
    with act_as(cast.adviser.actor) as actor, pytest.raises(RuleBroken):
        describe(by=actor, case=case, segment="giant")


def test_handing_over_begins_with_the_desk_and_person_of_the_rules(use: Use, send: Callable[..., Case], cast: Cast, client_of: ClientOf) -> None:
    case = send()
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=leg_of(case))
        describe(by=actor, case=case, segment="large")
    use(RuleForm(segments=("large",), to_desk=cast.partner_desk, whom="person", to_person=cast.partner.someone), RuleForm(to_desk=cast.here.desk))
    browser = client_of(cast.adviser)
    page = browser.get(f"/asia/{case.number}/{leg_of(case).pk}/siirra/").content.decode()
    assert "Alueen sääntö 1 johtaa tänne: segmentti on Suuret yritykset." in page
    address = f"/asia/{case.number}/{leg_of(case).pk}/siirra/{cast.partner_desk.pk}/?henkilo={cast.partner.someone.pk}"
    assert address in page
    assert f'<option value="{cast.partner.someone.pk}" selected>' in browser.get(address).content.decode()


def test_case_page_tells_the_kind_of_customer_and_lets_it_be_changed(send: Callable[..., Case], cast: Cast, client_of: ClientOf) -> None:
    case, browser = send(), client_of(cast.adviser)
    form = browser.get(f"/asia/{case.number}/kuvaus")
    browser.submit(form, {"segment": "founder", "stage": "idea"})
    page = browser.get(f"/asia/{case.number}/").content.decode()
    assert "Idea" in page
    assert client_of(cast.partner).get(f"/asia/{case.number}/kuvaus").status_code == 404


@pytest.fixture
def company(cast: Cast) -> Company:
    made = CompanyFactory.create(persons=30)
    segment_anew([made.pk])
    return made


def test_case_takes_its_companys_segment_and_rules_go_by_it(inside: Use, send: Callable[..., Case], cast: Cast, company: Company) -> None:
    inside(RuleForm(segments=("domestic-sme",), whom="person", to_person=cast.desklead.someone))
    case = send(business_id=company.business_id)
    assert (case.segment, case.segment_said) == ("domestic-sme", False)
    assert leg_of(case).handler == cast.desklead.someone
    with act_as(cast.adviser.actor) as actor:
        say_segment(by=actor, company=company, segment="large", reason="Its group is.")
    case.refresh_from_db()
    assert case.segment == "domestic-sme", "of the moment when it came"


def test_what_the_staff_says_stands_over_the_rules_until_taken_back(send: Callable[..., Case], cast: Cast, company: Company) -> None:
    case = send(business_id=company.business_id)
    with act_as(cast.adviser.actor) as actor:
        describe(by=actor, case=case, segment="local-small")
        case.refresh_from_db()
        assert (case.segment, case.segment_said) == ("local-small", True)
        describe(by=actor, case=case, segment="")
        case.refresh_from_db()
        assert (case.segment, case.segment_said) == ("domestic-sme", False)


def test_an_idea_without_a_company_is_a_founders(send: Callable[..., Case], cast: Cast) -> None:
    case = send()
    assert case.segment == ""
    with act_as(cast.adviser.actor) as actor:
        describe(by=actor, case=case, stage="idea")
    case.refresh_from_db()
    assert (case.segment, case.segment_said) == ("founder", False)


def test_page_names_what_the_rules_say(send: Callable[..., Case], client_of: ClientOf, cast: Cast, company: Company) -> None:
    case = send(business_id=company.business_id)
    text = client_of(cast.adviser).get(f"/asia/{case.number}/kuvaus").content.decode()
    assert "Sääntöjen mukaan: " in text
