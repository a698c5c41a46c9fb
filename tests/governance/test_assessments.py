"""A group says once a year how it works."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from luukku.core.actor import PUBLIC, Actor, act_as, act_as_house
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.months import Months
from luukku.governance.actions.assessing import open_at_meeting, start_assessment
from luukku.governance.actions.groups import MemberForm, add_member
from luukku.governance.models import Attendance, ClockEntry, Group, Meeting, SelfAssessment
from luukku.governance.queries.assessments import MEASURES
from luukku.surveys.actions.answering import Said, type_in
from luukku.surveys.actions.inviting import Invitee, invite
from luukku.surveys.actions.settling import settle
from luukku.surveys.actions.surveys import close_survey, make_open_link
from luukku.surveys.actions.themes import save_theme
from luukku.surveys.models import Invitation
from luukku.surveys.models.questions import Content
from luukku.surveys.queries.themes import texts_of
from tests.cast import Cast, Member
from tests.harness.client import Client
from tests.surveys.conftest import say, tokens


@pytest.fixture
def large(cast: Cast, group: Group) -> Group:
    """With one more from outside: four in all."""
    with act_as(cast.coordinator.actor) as by:
        add_member(by=by, group=group, form=MemberForm(outside_name="Yrsa Yrittäjä", outside_email="yrsa@firm.example", language="sv"))
    return group


def assessed(cast: Cast, group: Group, marks: tuple[int, ...], *, years_ago: int = 0) -> SelfAssessment:
    """Asked, answered by so many with these marks, closed."""
    with act_as(cast.coordinator.actor) as by:
        made = start_assessment(by=by, group=group, closes_on=timezone.localdate() + timedelta(days=9))
    for token, value in zip(tokens(made.survey), marks, strict=False):
        content: Content = {"q11": f"Odotan {value}"}
        content |= {f"q{number}": value for number in range(1, 11)}
        say(made.survey, token, content)
    with act_as(cast.coordinator.actor) as by:
        close_survey(by=by, survey=made.survey)
    with act_as_house("test"):
        settle(made.survey_id)
        SelfAssessment.objects.filter(pk=made.pk).update(year=made.year - years_ago)
    return SelfAssessment.objects.select_related("group__region", "survey").get(pk=made.pk)


def test_coordinator_asks_in_one_click_and_members_without_sign_in_are_asked_too(
    client_of: Callable[[Member], Client], cast: Cast, large: Group
) -> None:
    browser = client_of(cast.coordinator)
    page = browser.get(f"/ryhmat/{large.pk}/itsearviointi/")
    assert "ei ole vielä arvioinut" in page.content.decode()
    begun = browser.submit(browser.get(f"/ryhmat/{large.pk}/itsearviointi/uusi"), follow=True)
    assert "0 on vastannut, kutsuttuja 4" in begun.content.decode()
    invited = Invitation.objects.filter(survey=SelfAssessment.objects.get().survey)
    assert set(invited.values_list("person_id", "email")) == {
        (cast.steering.someone.pk, ""), (cast.adviser.someone.pk, ""), (None, "yrjo@firm.example"), (None, "yrsa@firm.example"),
    }  # fmt: skip
    assert ClockEntry.objects.get().kind == "due"
    again = browser.submit(browser.get(f"/ryhmat/{large.pk}/itsearviointi/uusi"))
    assert again.status_code == 422
    assert "/vastaa/" in client_of(cast.steering).get("/tehtavat/").content.decode()
    with act_as(cast.adviser.actor) as by, pytest.raises(NotAllowed):
        start_assessment(by=by, group=large, closes_on=timezone.localdate())


def test_nobody_is_added_while_a_group_assesses_itself(client_of: Callable[[Member], Client], cast: Cast, large: Group) -> None:
    """Else whoever keeps it could invite made-up people, answer for them, and read the last real answer."""
    browser = client_of(cast.coordinator)
    with act_as(cast.coordinator.actor) as by:
        made = start_assessment(by=by, group=large, closes_on=timezone.localdate() + timedelta(days=9))
        with pytest.raises(RuleBroken, match="jäseniä"):
            invite(by=by, survey=made.survey, invitees=[Invitee(None, "Keksitty", "keksitty@firm.example")])
    assert "Kutsu vastaamaan" not in browser.get(f"/kyselyt/{made.survey_id}/").content.decode()
    assert Invitation.objects.filter(survey=made.survey).count() == 4


def test_results_are_opened_at_a_meeting_and_read_by_the_group_and_by_link(
    client: Client, client_of: Callable[[Member], Client], cast: Cast, large: Group, invited: Meeting, link_of: Callable[[Meeting], tuple[str, Actor]]
) -> None:
    assessed(cast, large, (3, 4, 5, 6))
    here = f"/ryhmat/{large.pk}/itsearviointi/{timezone.localdate().year}/"
    member = client_of(cast.steering)
    assert "Odotan" not in member.get(here).content.decode()
    browser = client_of(cast.coordinator)
    opened = browser.submit(browser.get(here), {"meeting": str(invited.pk)}, form="open", follow=True).content.decode()
    assert "<b>4,5</b>" in opened
    results = member.get(here).content.decode()
    assert "Odotan 6" in results
    assert here in member.get(f"/kokoukset/{invited.pk}/").content.decode()
    assert client_of(cast.outsider).get(here).status_code == 404
    token, _actor = link_of(invited)
    assert "Itsearvioinnin tulokset" in client.get(f"/k/{token}/").content.decode()
    assert "Odotan 6" in client.get(f"/k/{token}/itsearviointi/{timezone.localdate().year}/").content.decode()
    with act_as(PUBLIC):
        assert SelfAssessment.objects.count() == 0
    day = timezone.localdate()
    assert large.region_id is not None
    mean, answers = MEASURES["governance.assessed"].compute(large.region_id, Months(day.replace(day=1), 1))
    assert (mean, answers) == (4.5, 4)


def test_themes_of_what_members_wrote_are_opened_with_the_results(
    cast: Cast, client_of: Callable[[Member], Client], large: Group, planned: Meeting
) -> None:
    made = assessed(cast, large, (2, 2, 3, 3))
    with act_as(cast.coordinator.actor) as by:
        late = frozenset(mark for mark, text in texts_of(made.survey, "q11").items() if "2" in text)
        save_theme(by=by, survey=made.survey, variable="q11", name="Tieto tulee myöhään", chosen=late)
        open_at_meeting(by=by, assessment=made, meeting=planned)
    page = client_of(cast.steering).get(f"/ryhmat/{large.pk}/itsearviointi/{timezone.localdate().year}/").content.decode()
    row = re.search(r"Tieto tulee myöhään</th>.*?<b>(\d+)</b></td><td[^>]*>(\d+)</td>", page)
    assert row is not None
    assert row.groups() == ("50", "2"), "two wrote the same words"


def test_earlier_year_stands_beside(cast: Cast, client_of: Callable[[Member], Client], large: Group, planned: Meeting) -> None:
    for marks, ago in (((2, 2, 3, 3), 1), ((5, 5, 6, 6), 0)):
        made = assessed(cast, large, marks, years_ago=ago)
        with act_as(cast.coordinator.actor) as by:
            open_at_meeting(by=by, assessment=made, meeting=planned)
    year = timezone.localdate().year
    page = client_of(cast.steering).get(f"/ryhmat/{large.pk}/itsearviointi/{year}/").content.decode()
    assert "<b>5,5</b>" in page
    assert "2,5" in page
    assert f">{year - 1}</th>" in page


@pytest.mark.parametrize("change", ["update governance_selfassessment set results = '{}', mean = 7", "delete from governance_selfassessment"])
def test_what_was_opened_stays_as_it_was(cast: Cast, large: Group, planned: Meeting, change: str) -> None:
    made = assessed(cast, large, (2, 2, 3, 3))
    with act_as(cast.coordinator.actor) as by:
        open_at_meeting(by=by, assessment=made, meeting=planned)
    with act_as(cast.steering.actor), pytest.raises(ProgrammingError, match=r"stays|denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_keeper_cannot_make_up_answers_until_the_last_real_one_stands_apart(cast: Cast, client_of: Callable[[Member], Client], large: Group) -> None:
    with act_as(cast.coordinator.actor) as by:
        survey = start_assessment(by=by, group=large, closes_on=timezone.localdate() + timedelta(days=9)).survey
        with pytest.raises(RuleBroken):
            make_open_link(by=by, survey=survey)
        hers = Invitation.objects.get(survey=survey, email="yrsa@firm.example")
        for whose in (None, hers):
            with pytest.raises(RuleBroken, match="ryhmän"):
                type_in(by=by, survey=survey, said=Said({"q1": 1}), way="paper", invitation=whose)
    browser = client_of(cast.coordinator)
    page = browser.get(f"/kyselyt/{survey.pk}/").content.decode()
    assert ("Tee linkki" in page, "/syota" in page) == (False, False)


def test_fewer_than_four_answers_are_never_opened(cast: Cast, large: Group, planned: Meeting) -> None:
    made = assessed(cast, large, (1, 7, 7))
    with act_as(cast.coordinator.actor) as by, pytest.raises(RuleBroken):
        open_at_meeting(by=by, assessment=made, meeting=planned)
    assert Attendance.objects.count() == 0
