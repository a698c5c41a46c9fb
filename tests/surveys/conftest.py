"""A region's anonymous survey of the ready-made questionnaires, with people invited."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from django.utils import timezone

from luukku.core.actor import PUBLIC, act_as, act_as_house
from luukku.surveys.access import door_of, token_of
from luukku.surveys.actions.answering import Said, answer
from luukku.surveys.actions.inviting import Invitee, invite
from luukku.surveys.actions.settling import settle
from luukku.surveys.actions.surveys import SurveyForm, close_survey, create_survey, open_survey
from luukku.surveys.models import Invitation, Questionnaire, Survey
from luukku.surveys.models.questions import Content
from tests.cast import Cast

OUTSIDE = tuple(Invitee(None, f"Vastaaja {number}", f"vastaaja{number}@firm.example") for number in range(1, 6))


def make(cast: Cast, code: str = "steering-group", invitees: Sequence[Invitee] = OUTSIDE, *, days: int = 14) -> Survey:
    """Open, with these invited."""
    with act_as(cast.coordinator.actor) as by:
        form = SurveyForm(timezone.localdate() + timedelta(days=days))
        made = create_survey(by=by, questionnaire=Questionnaire.objects.get(code=code), region=cast.here.region, form=form)
        open_survey(by=by, survey=made)
        if invitees:
            invite(by=by, survey=made, invitees=invitees)
        return Survey.objects.select_related("version", "region").get(pk=made.pk)


def tokens(survey: Survey) -> list[str]:
    return [token_of(each) for each in Invitation.objects.filter(survey=survey).order_by("id")]


def say(survey: Survey, token: str, content: Content, *, step: str = "sent", key: str = "") -> None:
    """By link, as nobody in particular."""
    with act_as(PUBLIC) as by:
        door = door_of(token)
        assert door is not None
        answer(by=by, survey=survey, door=door, said=Said(content, key), step=step)


def end(cast: Cast, survey: Survey) -> Survey:
    """Closed, and its answers out of their box."""
    with act_as(cast.coordinator.actor) as by:
        close_survey(by=by, survey=survey)
    with act_as_house("test"):
        settle(survey.pk)
    return Survey.objects.select_related("version__questionnaire", "region").get(pk=survey.pk)


@pytest.fixture
def survey(cast: Cast) -> Survey:
    return make(cast)


@pytest.fixture
def answered(cast: Cast, survey: Survey) -> Callable[[int], Survey]:
    """`answered(4)`: so many have answered, each with another mark, and it has closed."""

    def done(many: int) -> Survey:
        for place, token in enumerate(tokens(survey)[:many], start=1):
            say(survey, token, {"q1": place, "q2": 7, "q11": f"Sanoin {place}"})
        return end(cast, survey)

    return done
