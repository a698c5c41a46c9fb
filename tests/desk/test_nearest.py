"""Lists of cases tell the clock that runs out first, in plain words: search hits, a company's matters, lists of case meetings."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.core.ui.clocks import clock_phrase
from luukku.desk.actions.ending import OutcomeForm, settle
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.legs import add_leg
from luukku.desk.models import Case, Leg
from luukku.desk.queries.search import find_cases
from tests.cast import Cast, Member
from tests.harness.client import Client
from tests.harness.counting import sql_count

ClientOf = Callable[[Member], Client]


def test_hit_tells_the_first_limit_of_the_parts(case: Case, leg: Leg, cast: Cast, client_of: ClientOf) -> None:
    with act_as(cast.adviser.actor) as actor:
        add_leg(by=actor, leg=take_up(by=actor, leg=leg), need="Tilat")
    soon = timezone.now() + timedelta(hours=3)
    Leg.objects.filter(case=case, position=2).update(due_at=soon)
    with act_as(cast.adviser.actor) as actor, sql_count(at_most=2):
        (found,) = find_cases(actor, "Kaisa Kahvila")
    assert (found.due.at, found.due.what) == (soon, "Kerro tilanne")
    shown = client_of(cast.adviser).get("/haku", {"q": "Kaisa Kahvila"}).content.decode()
    assert clock_phrase(soon) in shown


def test_hit_of_an_ended_matter_tells_no_limit(case: Case, leg: Leg, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=leg)
        settle(by=actor, case=case, outcomes=[OutcomeForm("advice")], words="Neuvottiin.")
        (found,) = find_cases(actor, "Kaisa Kahvila")
    assert found.due.at is None


@pytest.mark.parametrize("name", ["founder", "outsider"])
def test_who_does_not_read_the_matter_finds_no_limit_either(case: Case, cast: Cast, name: str) -> None:
    with act_as(getattr(cast, name).actor) as actor:
        assert find_cases(actor, "Kaisa Kahvila") == []
