"""A survey that nobody can answer yet."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.surveys.actions.surveys import SurveyForm, create_survey, make_open_link, open_survey, remove_survey
from luukku.surveys.models import Questionnaire, Survey
from tests.cast import Cast, Member
from tests.harness.client import Client


@pytest.fixture
def draft(cast: Cast) -> Survey:
    with act_as(cast.coordinator.actor) as by:
        form = SurveyForm(timezone.localdate() + timedelta(days=14))
        return create_survey(by=by, questionnaire=Questionnaire.objects.get(code="steering-group"), region=cast.here.region, form=form)


def test_draft_is_removed_on_its_page_and_its_questionnaire_stays(cast: Cast, draft: Survey, client_of: Callable[[Member], Client]) -> None:
    with act_as(cast.coordinator.actor) as by:
        make_open_link(by=by, survey=draft)
    browser = client_of(cast.coordinator)
    assert f"/kyselyt/{draft.pk}/poista" in browser.get(f"/kyselyt/{draft.pk}/").content.decode()
    assert browser.submit(browser.get(f"/kyselyt/{draft.pk}/poista"), {}).status_code == 302
    assert not Survey.objects.filter(pk=draft.pk).exists()
    assert Questionnaire.objects.filter(code="steering-group").exists()


def test_opened_survey_is_removed_by_nobody_and_a_draft_by_its_keeper_alone(cast: Cast, draft: Survey) -> None:
    with act_as(cast.outsider.actor) as by, pytest.raises(NotAllowed):
        remove_survey(by=by, survey=draft)
    with act_as(cast.coordinator.actor) as by:
        opened = open_survey(by=by, survey=draft)
        with pytest.raises(RuleBroken):
            remove_survey(by=by, survey=opened)
