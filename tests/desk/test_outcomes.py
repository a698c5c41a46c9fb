"""What came of a matter, as each organisation writes it down: nothing is lost to another's ending, and nothing counted twice."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from luukku.core.actor import Actor, act_as
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.months import ended_months
from luukku.core.registries import measures
from luukku.desk.access import get_case, get_handover
from luukku.desk.actions.ending import OutcomeForm, reopen, settle
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.handover.receiving import accept
from luukku.desk.actions.handover.sending import Passing, hand_over
from luukku.desk.actions.outcome_checks import Answer, answer_outcome
from luukku.desk.actions.outcomes import name_business
from luukku.desk.actions.talking import log_call
from luukku.desk.models import Case, Leg, Outcome, OutcomeCheck
from luukku.desk.queries.outcome_figures import outcome_figures, region_outcomes
from tests.cast import Cast, Member
from tests.harness.client import Client

Send = Callable[..., Case]


def two_parts(case: Case, cast: Cast) -> tuple[Leg, Leg]:
    """A case on which the front desk and the partner both work."""
    mine = Leg.objects.get(case=case)
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=mine)
        passing = Passing(reason="Rahoitus", consent="phone", to_desk=cast.partner_desk, beside=True, need="Laina")
        handover = hand_over(by=actor, leg=mine, passing=passing)
    with act_as(cast.partner.actor) as actor:
        accept(by=actor, handover=get_handover(actor, handover.pk))
        log_call(by=actor, case=get_case(actor, case.number), body="Soitin.")
        theirs = Leg.objects.exclude(pk=mine.pk).get(case=case, desk=cast.partner_desk)
    return mine, theirs


def both_settle(case: Case, cast: Cast, ours: OutcomeForm, theirs: OutcomeForm) -> None:
    mine, other = two_parts(case, cast)
    with act_as(cast.adviser.actor) as actor:
        settle(by=actor, case=case, leg=mine, outcomes=[ours], words="Valmis")
    with act_as(cast.partner.actor) as actor:
        settle(by=actor, case=get_case(actor, case.number), leg=other, outcomes=[theirs], words="Valmis")


def test_two_organisations_with_the_same_kind_lose_nothing(case: Case, cast: Cast) -> None:
    both_settle(case, cast, OutcomeForm("finance", 20_000, finance="loan"), OutcomeForm("finance", 5_000, finance="grant"))
    assert set(Outcome.objects.values_list("finance", "amount", "same_as")) == {("loan", 20_000, None), ("grant", 5_000, None)}


@pytest.mark.parametrize(
    ("theirs", "again"),
    [
        (OutcomeForm("jobs", count=3), True),  # the same figure
        (OutcomeForm("jobs", count=2), False),
        (OutcomeForm("jobs", count=3, same=False), False),
        (OutcomeForm("jobs", count=2, same=True), True),
    ],
)
def test_same_people_are_told_from_more_people(case: Case, cast: Cast, theirs: OutcomeForm, again: bool) -> None:
    both_settle(case, cast, OutcomeForm("jobs", count=3), theirs)
    later = Outcome.objects.get(leg__desk=cast.partner_desk)
    assert (later.same_as_id is not None) is again


def test_settling_anew_replaces_only_ones_own(case: Case, cast: Cast) -> None:
    both_settle(case, cast, OutcomeForm("finance", 20_000), OutcomeForm("finance", 5_000))
    with act_as(cast.adviser.actor) as actor:
        reopen(by=actor, case=case)
        settle(by=actor, case=case, outcomes=[OutcomeForm("finance", 25_000, finance="loan")], words="Lisää")
    assert set(Outcome.objects.values_list("amount", flat=True)) == {5_000, 25_000}


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (OutcomeForm("finance", finance="lottery"), "outcomes"),
        (OutcomeForm("jobs", finance="loan"), "outcomes"),
        (OutcomeForm("started", business_id="1234567-8"), "business_id"),
        (OutcomeForm("jobs", business_id="2617416-4"), "business_id"),
        (OutcomeForm("finance", -1), "outcomes"),
    ],
)
def test_what_cannot_be_is_refused(case: Case, cast: Cast, form: OutcomeForm, field: str) -> None:
    with act_as(cast.adviser.actor) as actor, pytest.raises(RuleBroken) as broken:
        settle(by=actor, case=case, outcomes=[form], words="Valmis")
    assert broken.value.field == field


def test_business_id_is_written_when_it_is_known(case: Case, cast: Cast, client_of: Callable[[Member], Client]) -> None:
    with act_as(cast.adviser.actor) as actor:
        settle(by=actor, case=case, outcomes=[OutcomeForm("started")], words="Onnea")
    outcome, browser = Outcome.objects.get(), client_of(cast.adviser)
    place = f"/asia/{case.number}/tulos/{outcome.pk}/y-tunnus"
    assert place in browser.get(f"/asia/{case.number}/").content.decode()
    assert browser.submit(browser.get(place), {"business_id": "2617416-5"}).status_code == 422
    assert browser.submit(browser.get(place), {"business_id": "26174164"}).status_code == 302
    page = browser.get(f"/asia/{case.number}/").content.decode()
    assert "Yritys perustettu, 2617416-4" in page
    assert place not in page
    with act_as(cast.steering.actor) as actor, pytest.raises(NotFound):
        name_business(by=actor, outcome=outcome, business_id="2617416-4")


def test_customer_tells_the_business_id_months_later(case: Case, holder: Actor, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        settle(by=actor, case=case, outcomes=[OutcomeForm("started"), OutcomeForm("finance", 9_000, finance="grant")], words="Onnea")
    check = OutcomeCheck.objects.create(case=case, months=6)
    figures = {"finance-grant": 12_000, "finance-loan": 1}
    with act_as(holder):
        with pytest.raises(RuleBroken):
            answer_outcome(by=holder, check=check, answer=Answer("more", "later", figures, business_id="1"))
        answer_outcome(by=holder, check=check, answer=Answer("more", "later", figures, business_id="2617416-4"))
    assert Outcome.objects.get(kind="started").business_id == "2617416-4"
    assert OutcomeCheck.objects.get().figures == {"finance-grant": 12_000}


def test_form_asks_whether_figures_are_the_same(case: Case, cast: Cast, client_of: Callable[[Member], Client]) -> None:
    mine, theirs = two_parts(case, cast)
    assert "Ratkaise oma osasi" in client_of(cast.partner).get(f"/asia/{case.number}/{theirs.pk}/ratkaise").content.decode()
    with act_as(cast.adviser.actor) as actor:
        settle(by=actor, case=case, leg=mine, outcomes=[OutcomeForm("finance", 20_000, finance="loan")], words="Valmis")
    browser = client_of(cast.partner)
    page = browser.get(f"/asia/{case.number}/{theirs.pk}/ratkaise")
    assert "Ratkaise oma osasi" not in page.content.decode()
    assert "laina, 20" in page.content.decode()
    given = {"outcomes": ["finance"], "amount_loan": "20000", "amount_grant": "3000", "words": "Valmis"}
    assert browser.submit(page, given).status_code == 422
    assert browser.submit(page, given | {"same": "same"}).status_code == 302
    written = Outcome.objects.filter(leg=theirs).values_list("finance", "amount", "same_as__finance")
    assert set(written) == {("loan", 20_000, "loan"), ("grant", 3_000, None)}  # a grant is no loan
    shown = browser.get(f"/asia/{case.number}/").content.decode()
    assert "Rahoitus saatu, Laina" in shown
    assert "sama, jonka toinen organisaatio kirjasi" in shown


def test_region_counts_once_and_each_organisation_its_own(send: Send, cast: Cast, client_of: Callable[[Member], Client]) -> None:
    month = ended_months(12).starts[-1]
    at = timezone.make_aware(datetime.combine(month + timedelta(days=9), time(12)))
    for _ in range(5):
        both_settle(send(), cast, OutcomeForm("jobs", count=3), OutcomeForm("jobs", count=3))
    both_settle(send(), cast, OutcomeForm("located"), OutcomeForm("nothing"))  # alone of their kinds
    Outcome.objects.update(created_at=at)
    months, region = ended_months(12), cast.here.region.pk
    with act_as(cast.coordinator.actor) as actor:
        assert [(each.kind, each.matters, each.people) for each in region_outcomes(region, months)] == [("jobs", 5, 15)]
        found = {(each.organisation, each.kind): each.people for each in outcome_figures(actor, region, months)}
        assert measures["desk.jobs"].compute(region, months) == (15.0, 5)
    assert found == {("", "jobs"): 15, (str(cast.here.organisation.name), "jobs"): 15, (str(cast.partners.name), "jobs"): 15}
    with act_as(cast.outsider.actor) as actor, pytest.raises(NotAllowed):
        outcome_figures(actor, region, months)
    table = client_of(cast.coordinator).get("/luvut/toteumat.csv").content.decode()
    assert table.count(";15;;\r\n") == 3
