"""How often a customer is asked, what a page costs, what the area is told, and what is forgotten."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.utils import timezone

from luukku.core.actor import act_as, act_as_house
from luukku.desk.models import AskedKey
from luukku.surveys.access import get_survey
from luukku.surveys.actions.forgetting import forget_invitations, forget_responses
from luukku.surveys.actions.inviting import invite
from luukku.surveys.actions.surveys import SurveyForm, create_survey, open_survey, share_results
from luukku.surveys.models import Invitation, Questionnaire, Response, Survey
from luukku.surveys.queries.lists import listed_surveys
from luukku.surveys.queries.results import area_means, results
from tests.cast import Cast
from tests.factories.network import RegionFactory, SeatFactory
from tests.harness.counting import Counted
from tests.surveys.conftest import OUTSIDE, end, make, say, tokens

Count = Callable[..., AbstractContextManager[Counted]]


@pytest.fixture
def of_customers(db: None) -> Questionnaire:
    found = Questionnaire.objects.get(code="network")
    found.for_customers = True
    found.save(update_fields=["for_customers"])
    return found


def test_customer_who_was_asked_lately_by_anybody_is_not_asked(cast: Cast, of_customers: Questionnaire, run_jobs: Callable[..., int]) -> None:
    first = make(cast, "network")
    run_jobs()
    assert len(outbox.outbox) == 5
    assert AskedKey.objects.count() == 5
    outbox.outbox.clear()
    second = make(cast, "network")
    run_jobs()
    assert outbox.outbox == []
    assert Invitation.objects.filter(survey=second, is_resting=True).count() == 5
    assert Invitation.objects.filter(survey=first, is_resting=True).count() == 0
    AskedKey.objects.update(asked_at=timezone.now() - timedelta(days=91))
    make(cast, "network")
    run_jobs()
    assert len(outbox.outbox) == 5


def test_members_of_a_group_are_asked_whatever_customers_are_asked(cast: Cast, run_jobs: Callable[..., int]) -> None:
    make(cast)
    make(cast)
    run_jobs()
    assert len(outbox.outbox) == 10


def test_lists_and_results_cost_the_same_however_many(cast: Cast, sql_count: Count) -> None:
    costs = []
    for many in (4, 5):
        survey = make(cast)
        for token in tokens(survey)[:many]:
            say(survey, token, {f"q{number}": 5 for number in range(1, 11)})
        end(cast, survey)
        with act_as(cast.coordinator.actor) as by:
            found = get_survey(by, survey.pk)
            with sql_count(at_most=8) as counted:
                results(by, found)
            with sql_count(at_most=3):
                listed_surveys(by)
        costs.append(counted.number)
    assert costs[0] <= costs[1] <= 8


def region_asked(cast: Cast, number: int, marks: tuple[int, ...]) -> Survey:
    """One more region of the area, whose group has answered so; its coordinator is ours."""
    region = RegionFactory.create(code=f"naapuri{number}", name_fi=f"Naapuri {number}", prefix=f"N{number}", is_live=True)
    region.area_spells.create(area=cast.here.area)
    SeatFactory.create(person=cast.coordinator.someone, role="coordinator", region=region)
    with act_as(cast.coordinator.actor) as by:
        form = SurveyForm(timezone.localdate() + timedelta(days=9))
        made = create_survey(by=by, questionnaire=Questionnaire.objects.get(code="steering-group"), region=region, form=form)
        open_survey(by=by, survey=made)

        invite(by=by, survey=made, invitees=OUTSIDE)
    for token, mark in zip(tokens(made), marks, strict=False):
        say(made, token, {"q1": mark})
    return end(cast, made)


def test_area_is_told_by_threes_so_that_none_can_be_reckoned(cast: Cast) -> None:
    done = [region_asked(cast, number, (number + 1,) * 4) for number in range(2)]
    with act_as(cast.coordinator.actor):
        assert area_means(done[0]) == {}
    done.append(region_asked(cast, 3, (6, 6, 6, 6)))
    with act_as(cast.coordinator.actor):
        assert area_means(done[0])["q1"] == (3.0, 12, 3)
    region_asked(cast, 4, (7, 7, 7, 7))
    with act_as(cast.coordinator.actor):
        assert area_means(done[0])["q1"] == (3.0, 12, 3), "a fourth alone would be told by the difference"
    with act_as(cast.steering.actor):
        assert area_means(done[0]) == {}


def test_shared_results_are_read_by_the_network_of_the_region_and_no_further(answered: Callable[[int], Survey], cast: Cast) -> None:
    survey = answered(5)
    for member in (cast.steering, cast.adviser, cast.outsider, cast.shepherd):
        with act_as(member.actor) as by:
            assert listed_surveys(by) == []
    with act_as(cast.coordinator.actor) as by:
        share_results(by=by, survey=survey)
    for member in (cast.steering, cast.adviser, cast.area):
        with act_as(member.actor) as by:
            assert results(by, get_survey(by, survey.pk)).is_enough
            assert Response.objects.count() == 0, "the answers themselves are nobody's to read"
    for member in (cast.outsider, cast.shepherd):
        with act_as(member.actor) as by:
            assert listed_surveys(by) == []


def test_who_was_asked_and_who_said_what_is_forgotten_and_figures_stay(cast: Cast) -> None:
    Questionnaire.objects.filter(code="network").update(is_anonymous=False)
    survey = make(cast, "network")
    for token in tokens(survey):
        say(survey, token, {"q1": 4, "q10": "Sanoin tämän"})
    end(cast, survey)
    later = timezone.now() + timedelta(days=1)
    with act_as_house("test"):
        assert forget_responses(later, 100) == 5
        assert forget_invitations(later, 100) == 5
        assert forget_responses(later, 100) == 0
    assert Response.objects.filter(content={"q1": 4}, name="", invitation=None, sent_at=None).count() == 5
    with act_as(cast.coordinator.actor) as by:
        assert results(by, get_survey(by, survey.pk)).blocks[0].lines[0].mean == 4
