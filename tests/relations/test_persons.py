"""A person at a company asks what is held of her: whoever has proven her address sees it herself, else the organisation finds it in its own."""

from collections.abc import Callable

import pytest

from luukku.core.actor import Actor, act_as, act_as_house
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.models import Event
from luukku.customers.models import Contact, Customer
from luukku.desk.actions.ending import OutcomeForm, settle
from luukku.desk.actions.handling import take_up
from luukku.desk.models import Case, Leg
from luukku.privacy.actions.erasing import ask_erasure, erase
from luukku.privacy.queries.exporting import everything
from luukku.relations.actions.forgetting import take_person_out
from luukku.relations.models import Lead, Visit, VisitReport
from luukku.relations.queries.persons import Sought, find_person
from tests.cast import Cast, Member
from tests.desk.conftest import case, need, send
from tests.harness.client import Client
from tests.harness.counting import sql_count
from tests.relations.test_visits import report

__all__ = ("case", "need", "send")
pytestmark = pytest.mark.django_db
HER = {"met_name": "Kaisa Kahvila", "met_role": "yrittäjä", "met_phone": "040 555 0199", "met_email": "Kaisa@customer.example", "may_pass": True}
LEAD = {"contact_name": "Kaisa Kahvila", "contact_email": "kaisa@customer.example", "agreed": True}


@pytest.fixture
def met(planned: Callable[..., Visit], given: Callable[..., Lead], cast: Cast) -> VisitReport:
    """She was met by the adviser, and named to the partner."""
    given(**LEAD)
    return report(planned(), cast.adviser, notes="Kaisa Kahvila kertoi suunnitelmista.", **HER)


def signed_in(case: Case) -> Actor:
    customer = Customer.objects.get(pk=case.customer_id or 0)
    return Actor("customer", (customer.principal,), customer_ids=(customer.pk,))


def test_whoever_has_proven_her_address_takes_along_where_she_was_met(case: Case, met: VisitReport) -> None:
    with act_as(signed_in(case)) as customer:
        found = everything(customer, case)
    (visit,), (lead,) = found["relations.visitreport"], found["relations.lead"]
    assert (visit["name"], visit["role"], visit["company"]) == ("Kaisa Kahvila", "yrittäjä", "Konepaja Kivelä Oy")
    assert lead["email"] == "kaisa@customer.example"
    assert "suunnitelmista" not in str(found)  # what was said is the visitors' own


def test_link_of_a_matter_proves_no_address(case: Case, met: VisitReport) -> None:
    with act_as(Actor("link", (case.door_principal,))) as holder:
        assert "relations.lead" not in everything(holder, case)
    Contact.objects.filter(customer=case.customer).update(email="muu@customer.example", email_key="muu@customer.example")
    with act_as(signed_in(case)) as customer:
        assert everything(customer, case)["relations.visitreport"] == []


def test_sign_in_that_was_given_proves_no_address(case: Case, met: VisitReport) -> None:
    customer = signed_in(case)
    with act_as(Actor("customer", customer.principals, customer_ids=customer.customer_ids, user_id=1)) as by_name:
        assert not {"relations.lead", "relations.visitreport"} & everything(by_name, case).keys()


@pytest.mark.parametrize(("by_link", "name"), [(False, ""), (True, "Kaisa Kahvila")])
def test_erasure_reaches_visits_and_leads_of_a_proven_address(case: Case, met: VisitReport, cast: Cast, by_link: bool, name: str) -> None:
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=Leg.objects.get(case=case))
        settle(by=actor, case=case, outcomes=[OutcomeForm("advice")], words="Valmis")
    case.refresh_from_db()
    with act_as(Actor("link", (case.door_principal,)) if by_link else signed_in(case)) as customer:
        asked = ask_erasure(by=customer, case=case)
    with act_as_house("try it") as house:
        done = erase(by=house, erasure_id=asked.pk)
    met.refresh_from_db()
    assert met.met_name == name
    assert Lead.objects.get().contact_name == name
    assert done.report.get("relations.visitreport", 0) == (0 if by_link else 1)
    assert met.notes  # the organisation's own words stay with it


def test_organisation_finds_and_takes_out_of_its_own(case: Case, met: VisitReport, cast: Cast) -> None:
    sought = Sought(email="kaisa@customer.example", name="kaisa kahvila")
    with act_as(cast.adviser.actor) as actor, sql_count(at_most=5):
        found = find_person(actor, sought)
        assert (found.count, [each.pk for each in found.report_words]) == (2, [met.pk])
    with act_as(cast.partner.actor) as actor:  # who got the lead and was not on the visit
        assert (len(find_person(actor, sought).reports), len(find_person(actor, sought).leads)) == (0, 1)
    with act_as(cast.outsider.actor) as actor:
        assert find_person(actor, sought).count == 0
        assert take_person_out(by=actor, sought=sought, sure=True) == 0
    with act_as(cast.adviser.actor) as actor:
        with pytest.raises(RuleBroken) as broken:
            take_person_out(by=actor, sought=sought, sure=False)
        assert broken.value.field == "sure"
        assert take_person_out(by=actor, sought=sought, sure=True) == 2
    assert VisitReport.objects.get().met_email == ""
    event = Event.objects.get(action="person.taken_out")
    assert event.facts == {"rows": 2}  # no name in the trail


@pytest.mark.parametrize(
    ("sought", "count"), [({"phone": "+358 40 5550199"}, 1), ({"name": "Ka"}, 0), ({"email": "x"}, 0), ({"phone": "040 555"}, 0)]
)
def test_number_is_found_however_it_is_written(case: Case, met: VisitReport, cast: Cast, sought: dict[str, str], count: int) -> None:
    with act_as(cast.adviser.actor) as actor:
        assert find_person(actor, Sought(**sought)).count == count


def test_customer_may_not_look_for_others(met: VisitReport, cast: Cast) -> None:
    with act_as(cast.founder.actor) as actor, pytest.raises(NotAllowed):
        take_person_out(by=actor, sought=Sought(email="kaisa@customer.example"), sure=True)


def test_page_finds_without_naming_her_in_the_address(met: VisitReport, cast: Cast, client_of: Callable[[Member], Client]) -> None:
    browser = client_of(cast.adviser)
    page = browser.submit(browser.get("/henkilon-tiedot/"), {"email": "kaisa@customer.example"}, form="person")
    assert page.status_code == 200
    assert "Konepaja Kivelä Oy" in page.content.decode()
    refused = browser.post("/henkilon-tiedot/", {"email": "kaisa@customer.example", "take_out": "1"})
    assert refused.status_code == 422
    assert browser.post("/henkilon-tiedot/", {"email": "kaisa@customer.example", "take_out": "1", "sure": "on"}).status_code == 302
    assert VisitReport.objects.get().met_name == ""
