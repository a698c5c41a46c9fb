"""What came of a company's matters and what its people said of it: on its page and in order of time, to those who read the matter."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from luukku.core.actor import PUBLIC, act_as
from luukku.customers.models import Company
from luukku.customers.queries.timeline import timeline
from luukku.desk.access.links import first_token, link_actor
from luukku.desk.actions.ending import OutcomeForm, settle
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.marks import give_feedback
from luukku.desk.models import Case, Leg, Outcome
from luukku.desk.queries.company_results import results_panel
from tests.cast import Cast, Member
from tests.factories.customers import CompanyFactory
from tests.harness.client import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(cast: Cast, send: Callable[..., Case]) -> Company:
    """A founder got a loan and started; the business had no ID while it was asked about."""
    made = CompanyFactory.create(name="Kahvila Kulma Oy", municipality=cast.here.municipality)
    case = send()
    outcomes = [OutcomeForm("finance", 20_000, finance="loan"), OutcomeForm("started", business_id=made.business_id), OutcomeForm("advice")]
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=Leg.objects.get(case=case))
        settle(by=actor, case=case, outcomes=outcomes, words="Valmis")
    with act_as(PUBLIC):
        holder = link_actor(first_token(case))
    assert holder is not None
    with act_as(holder) as actor:
        give_feedback(by=actor, case=case, face=4, comment="Kiitos avusta")
    return made


def titles(member: Member, company: Company, chosen: str = "") -> list[str]:
    with act_as(member.actor) as actor:
        return [line.entry.title for line in timeline(actor, company, chosen=chosen).lines]


def test_timeline_tells_what_came_of_it_and_what_the_customer_answered(company: Company, cast: Cast) -> None:
    came = {"Rahoitus saatu, Laina, 20\xa0000\xa0€", f"Yritys perustettu, {company.business_id}", "Neuvottu"}
    assert set(titles(cast.adviser, company, "tulokset")) == came
    assert titles(cast.adviser, company, "vastaukset") == ["Miten meni: Erittäin hyvin"]
    assert any("kahvila" in each.lower() for each in titles(cast.adviser, company, "asiat"))  # what the founder asked follows


def test_who_reads_no_matter_of_it_is_told_nothing(company: Company, cast: Cast) -> None:
    for member in (cast.partner, cast.outsider, cast.coordinator):
        assert titles(member, company) == [], member
        with act_as(member.actor) as actor:
            assert results_panel(actor, company) is None


def test_page_tells_claimed_and_confirmed_apart(company: Company, cast: Cast, client_of: Callable[[Member], Client]) -> None:
    Outcome.objects.filter(kind="finance").update(word="corrected", word_figure=15_000, word_at=timezone.now() - timedelta(hours=1))
    page = client_of(cast.adviser).get(f"/yritykset/{company.business_id}/").content.decode().replace("\xa0", " ")
    assert "20 000 €" in page
    assert "15 000 €" in page
