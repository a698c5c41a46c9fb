"""Pages of surveys and of self-assessments hold axe-core and a phone's width when they are full."""

from collections.abc import Callable

from luukku.core.actor import act_as
from luukku.governance.actions.assessing import open_at_meeting
from luukku.governance.models import Group, Meeting
from luukku.surveys.models import Questionnaire
from tests.cast import Cast, Member
from tests.governance.conftest import group, planned
from tests.governance.test_assessments import assessed, large
from tests.harness.client import Client
from tests.surveys.conftest import make, say, tokens
from tests.whole.crawl import Shown
from tests.whole.test_accessibility import Examine, examine, page, shown_pages

__all__ = ("examine", "group", "large", "page", "planned", "shown_pages")


def test_full_pages_of_surveys_are_accessible(
    client: Client, client_of: Callable[[Member], Client], cast: Cast, large: Group, planned: Meeting, examine: Examine
) -> None:
    made = assessed(cast, large, (3, 4, 5, 6))
    with act_as(cast.coordinator.actor) as by:
        opened = open_at_meeting(by=by, assessment=made, meeting=planned)
    survey = make(cast, "network")
    ready = Questionnaire.objects.get(code="network")
    browser = client_of(cast.coordinator)
    paths = [
        "/kyselyt/",
        f"/kyselyt/{survey.pk}/",
        f"/kyselyt/{survey.pk}/kutsu",
        f"/kyselyt/{survey.pk}/syota",
        f"/kyselyt/{made.survey_id}/tulokset",
    ]
    paths += ["/kyselypohjat/", f"/kyselypohjat/{ready.pk}/", f"/kyselypohjat/{ready.pk}/esikatselu?kieli=sv", "/kyselyt/uusi", "/kyselypohjat/uusi"]
    paths += [f"/ryhmat/{large.pk}/itsearviointi/", f"/ryhmat/{large.pk}/itsearviointi/{opened.year}/"]
    found = [fault for path in paths for fault in examine(Shown(path, "", browser.get(path).content.decode()), 1280)]
    keeper = client_of(cast.national)
    path = f"/kyselypohjat/{ready.pk}/kysymys/q8"
    found += examine(Shown(path, "", keeper.get(path).content.decode()), 1280)
    own = f"/vastaa/{tokens(survey)[0]}/"
    found += examine(Shown(own, "", client.get(own).content.decode()), 390)
    say(survey, tokens(survey)[0], {"q1": 4})
    for path in (own, f"{own}kiitos"):
        found += examine(Shown(path, "", client.get(path).content.decode()), 390)
    assert found == []
