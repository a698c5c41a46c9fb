"""Two at once, and a crash in between, with real commits."""

from collections.abc import Callable

import pytest

from luukku.core.actor import PUBLIC, act_as, act_as_house
from luukku.core.errors import RuleBroken
from luukku.surveys.access import door_of
from luukku.surveys.actions.answering import Said, answer
from luukku.surveys.actions.settling import close_due, settle
from luukku.surveys.actions.surveys import close_survey
from luukku.surveys.models import Box, Receipt, Response, Survey
from tests.cast import Cast, assemble
from tests.desk.test_races import at_once
from tests.surveys.conftest import make, say, tokens

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    return assemble()


def saying(survey: Survey, token: str, mark: int) -> Callable[[], object]:
    def work() -> object:
        with act_as(PUBLIC) as by:
            door = door_of(token)
            assert door is not None
            answer(by=by, survey=survey, door=door, said=Said({"q1": mark}))
        return True

    return work


def test_one_link_answered_twice_at_once_counts_once(cast: Cast) -> None:
    survey = make(cast)
    token = tokens(survey)[0]
    found = at_once(*(saying(survey, token, mark) for mark in (1, 2, 3, 4)))
    assert sum(each is True for each in found) == 1
    assert sum(isinstance(each, RuleBroken) for each in found) == 3
    assert (Receipt.objects.count(), Box.objects.get().entries) == (1, 1)


def test_many_who_answer_at_once_are_all_counted(cast: Cast) -> None:
    survey = make(cast)
    found = at_once(*(saying(survey, token, 5) for token in tokens(survey)))
    assert found == [True] * 5
    assert Box.objects.get().entries == 5


def test_no_answer_is_lost_when_the_survey_closes_at_the_same_time(cast: Cast) -> None:
    survey = make(cast)
    coordinator = cast.coordinator.actor

    def closing() -> object:
        with act_as(coordinator) as by:
            close_survey(by=by, survey=survey)
        with act_as_house("test"):
            settle(survey.pk)
        return True

    found = at_once(closing, *(saying(survey, token, 5) for token in tokens(survey)[:4]))
    taken = sum(each is True for each in found[1:])
    assert Response.objects.count() == taken
    assert Box.objects.count() == 0


def test_answers_of_a_closed_survey_whose_job_was_lost_are_taken_out_by_the_hourly_look(cast: Cast) -> None:
    survey = make(cast)
    for token in tokens(survey)[:4]:
        say(survey, token, {"q1": 4})
    with act_as(cast.coordinator.actor) as by:
        close_survey(by=by, survey=survey)
    with act_as_house("test"):
        assert close_due() == 4
