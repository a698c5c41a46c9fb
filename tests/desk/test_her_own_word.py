"""How it went is the customer's word: nobody of the network writes it for her, or over what she said."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from luukku.core.actor import Actor, act_as
from luukku.desk.actions.ending import OutcomeForm, settle
from luukku.desk.actions.marks import feedback_spoken, give_feedback
from luukku.desk.models import Case, Feedback
from tests.cast import Cast


def refused(cast: Cast, statement: str) -> None:
    """SQL of the adviser's that forgets every rule."""
    with act_as(cast.adviser.actor), pytest.raises(ProgrammingError, match="own word"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def ended(case: Case, cast: Cast) -> Case:
    with act_as(cast.adviser.actor) as by:
        settle(by=by, case=case, outcomes=[OutcomeForm("advice")], words="Valmis")
    return case


def give(case: Case, face: int) -> None:
    with act_as(Actor("link", (case.door_principal,))) as by:
        give_feedback(by=by, case=case, face=face, comment="Odotin.")


@pytest.mark.parametrize(
    "change",
    [
        "update desk_feedback set face = 4",
        "update desk_feedback set comment = 'Kiitos!'",
        "update desk_feedback set answer_face = 4, answer_rated_at = now(), answered_at = now()",
        "delete from desk_feedback",
    ],
)
def test_what_she_said_stays_as_she_said_it(cast: Cast, ended: Case, change: str) -> None:
    give(ended, 1)
    refused(cast, change)


def test_what_was_written_down_for_her_does_not_become_her_own(cast: Cast, ended: Case) -> None:
    with act_as(cast.adviser.actor) as by:
        feedback_spoken(by=by, case=ended, face=4)
    refused(cast, "update desk_feedback set recorded_by_id = null")
    give(ended, 2)
    assert (Feedback.objects.get().face, Feedback.objects.get().recorded_by) == (2, None)
