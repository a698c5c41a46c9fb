"""Two at once on one company or one lead, with real threads and commits."""

import uuid
from collections.abc import Callable

import pytest
from django.utils import timezone

from luukku.core.actor import Actor, act_as
from luukku.core.errors import RuleBroken
from luukku.customers.models import Company
from luukku.relations.actions.leads import LeadForm, decline_lead, give_lead, make_case_of_lead, take_lead
from luukku.relations.actions.reporting import Answer, Written, report_visit
from luukku.relations.actions.visits import Plan, plan_visit
from luukku.relations.models import Lead, Touch, Visit, VisitNeed, VisitReport
from tests.cast import Cast, Member, assemble
from tests.desk.test_races import at_once
from tests.factories.customers import CompanyFactory
from tests.relations.conftest import NEED, in_days, key

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def company(cast: Cast) -> Company:
    return CompanyFactory.create(municipality=cast.here.municipality)


def acting(who: Member, act: Callable[[Actor], object]) -> Callable[[], object]:
    def work() -> object:
        with act_as(who.actor) as actor:
            return act(actor)

    return work


def test_two_organisations_plan_at_once_and_the_second_is_warned(cast: Cast, company: Company) -> None:
    results = at_once(
        acting(
            cast.adviser,
            lambda a: plan_visit(by=a, company=company, desk=cast.here.desk, plan=Plan(day=in_days(5), visitors=[key(cast.adviser)])),
        ),
        acting(
            cast.partner,
            lambda a: plan_visit(by=a, company=company, desk=cast.partner_desk, plan=Plan(day=in_days(6), visitors=[key(cast.partner)])),
        ),
    )
    assert {type(each) for each in results} == {RuleBroken, Visit}, results
    assert Touch.objects.count() == 1


def test_report_sent_by_a_button_and_by_the_waiting_script_at_once_is_written_once(cast: Cast, company: Company) -> None:
    with act_as(cast.adviser.actor) as actor:
        visit = plan_visit(by=actor, company=company, desk=cast.here.desk, plan=Plan(day=in_days(0), visitors=[key(cast.adviser)]))
    once = str(uuid.uuid4())
    written = Written(day=timezone.localdate(), notes="Kentältä", answers={"x1": Answer(NEED, True)})
    send = acting(cast.adviser, lambda a: report_visit(by=a, visit=visit, written=written, submit_key=once))
    results = at_once(send, send, send)
    assert not [each for each in results if isinstance(each, Exception)], results
    assert (VisitReport.objects.get().version, VisitNeed.objects.count()) == (1, 1)


def test_lead_taken_declined_and_made_a_matter_at_once_ends_one_way(cast: Cast, company: Company) -> None:
    with act_as(cast.adviser.actor) as actor:
        form = LeadForm(company=company, own_desk=cast.here.desk, to_desk=cast.partner_desk, words=NEED, source="other")
        lead = give_lead(by=actor, form=form)
    results = at_once(
        acting(cast.partner, lambda a: take_lead(by=a, lead=lead)),
        acting(cast.partner, lambda a: decline_lead(by=a, lead=lead, reason="not-ours")),
        acting(cast.partner, lambda a: make_case_of_lead(by=a, lead=lead)),
    )
    assert all(isinstance(each, RuleBroken) for each in results if isinstance(each, Exception)), results
    found = Lead.objects.get()
    assert (found.state in ("declined", "case")) is (found.ended_at is not None)
    assert (found.case_id is not None) is (found.state == "case")
