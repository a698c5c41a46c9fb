"""Employers are looked for without naming anybody; how many got work is claimed by one and confirmed by the other."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.months import ended_months
from luukku.relations.actions.leads import finish_lead, take_lead
from luukku.relations.actions.placing import confirm_placed
from luukku.relations.models import Lead
from luukku.relations.queries.lead_figures import Placings, placing_figures
from tests.cast import Cast, Member
from tests.harness.client import Client

pytestmark = pytest.mark.django_db
Given = Callable[..., Lead]
PROFILE = "Hitsaaja, MIG ja TIG, kymmenen vuotta. Hakee kokopäivätyötä, palkkatuki mahdollinen."


@pytest.mark.parametrize("told", ["Aku, 010190-123A", "Kirjoita aku@posti.example", "Soita 040 555 0123", "+358 40 5550123"])
def test_profile_that_tells_who_somebody_is_is_refused(given: Given, told: str) -> None:
    with pytest.raises(RuleBroken):
        given(source="placing", words=f"{PROFILE} {told}")
    assert given(source="placing", words=PROFILE).words == PROFILE


def test_work_is_claimed_by_who_saw_to_it_and_confirmed_by_who_looked(given: Given, cast: Cast) -> None:
    lead = given(source="placing", words=PROFILE)
    with act_as(cast.partner.actor) as partner:
        take_lead(by=partner, lead=lead)
        with pytest.raises(RuleBroken):
            finish_lead(by=partner, lead=lead, result="placed")
        assert finish_lead(by=partner, lead=lead, result="placed", placed=2).placed == 2
        with pytest.raises(NotAllowed):
            confirm_placed(by=partner, lead=lead, people=2)
    with act_as(cast.adviser.actor) as giver:
        assert confirm_placed(by=giver, lead=lead, people=1).placed_sure == 1
        with pytest.raises(RuleBroken):
            confirm_placed(by=giver, lead=lead, people=2)


def test_other_leads_place_nobody(given: Given, cast: Cast) -> None:
    lead = given()
    with act_as(cast.partner.actor) as partner:
        take_lead(by=partner, lead=lead)
        with pytest.raises(RuleBroken):
            finish_lead(by=partner, lead=lead, result="placed", placed=1)
        assert finish_lead(by=partner, lead=lead, result="helped", placed=3).placed is None


def test_figures_tell_claimed_and_confirmed_apart_and_nothing_of_fewer_than_five(given: Given, cast: Cast) -> None:
    months = ended_months(12)
    leads = [given(source="placing", words=f"{PROFILE} {number}") for number in range(5)]
    with act_as(cast.coordinator.actor) as actor:
        assert placing_figures(actor, cast.here.region, months) is None
    for lead in leads:
        with act_as(cast.partner.actor) as partner:
            take_lead(by=partner, lead=lead)
            finish_lead(by=partner, lead=lead, result="placed", placed=2)
    with act_as(cast.adviser.actor) as giver:
        confirm_placed(by=giver, lead=leads[0], people=2)
    then = timezone.now() - timedelta(days=60)
    for lead in leads[1:]:
        _long_ago(lead, then)
    with act_as(cast.coordinator.actor) as actor:
        assert placing_figures(actor, cast.here.region, months) is None
    _long_ago(leads[0], then)
    with act_as(cast.coordinator.actor) as actor:
        assert placing_figures(actor, cast.here.region, months) == Placings(5, 10, 2)
    with act_as(cast.outsider.actor) as other, pytest.raises(NotAllowed):
        placing_figures(other, cast.here.region, months)


def _long_ago(lead: Lead, at: object) -> None:
    Lead.objects.filter(pk=lead.pk).update(given_at=at)


def test_pages_ask_for_the_number_and_for_the_word(given: Given, client_of: Callable[[Member], Client], cast: Cast) -> None:
    lead = given(source="placing", words=PROFILE)
    with act_as(cast.partner.actor) as partner:
        take_lead(by=partner, lead=lead)
    at = f"/vihjeet/{lead.pk}/"
    browser = client_of(cast.partner)
    assert browser.submit(browser.get(f"{at}valmis"), {"result": "placed"}).status_code == 422
    assert browser.submit(browser.get(f"{at}valmis"), {"result": "placed", "placed": "1"}).status_code == 302
    giver = client_of(cast.adviser)
    assert f"{at}tyollistyi" in giver.get(at).content.decode()
    assert giver.submit(giver.get(f"{at}tyollistyi"), {"people": "1"}).status_code == 302
    lead.refresh_from_db()
    assert lead.placed_sure == 1
