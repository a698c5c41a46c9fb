"""Each mark on her cases is shown to the handler, good ones too."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from luukku.core.actor import Actor, act_as
from luukku.desk.actions.ending import OutcomeForm, settle
from luukku.desk.actions.marks import give_feedback
from luukku.desk.models import Case, Feedback
from luukku.desk.queries.marks import recent_marks
from tests.cast import Cast, Member
from tests.harness.client import Client
from tests.harness.counting import sql_count

LINE = "Asiakkaasi on kertonut viimeisten seitsemän päivän aikana, miten meni"


def test_good_mark_is_shown_to_the_handler_in_her_queue_and_to_nobody_else(
    case: Case, holder: Actor, cast: Cast, client_of: Callable[[Member], Client]
) -> None:
    with act_as(cast.adviser.actor) as actor:
        settle(by=actor, case=case, outcomes=[OutcomeForm("advice")], words="Valmis")
    with act_as(holder):
        give_feedback(by=holder, case=case, face=4, comment="Kiitos!")
    page = client_of(cast.adviser).get("/jono/").content.decode()
    assert LINE in page
    assert f"/asia/{case.number}/" in page
    assert LINE not in client_of(cast.desklead).get("/jono/").content.decode()
    with act_as(cast.adviser.actor) as actor, sql_count(at_most=1):
        (mark,) = recent_marks(actor, timezone.now())
    assert (mark.number, mark.face, mark.has_comment) == (case.number, 4, True)
    Feedback.objects.update(created_at=timezone.now() - timedelta(days=8))
    with act_as(cast.adviser.actor) as actor:
        assert recent_marks(actor, timezone.now()) == []
