"""How it went: said by the customer on her page, or on the phone and written down by whoever spoke with her."""

from datetime import datetime

from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.desk.access.links import require_customer
from luukku.desk.actions.work import Work, work_on
from luukku.desk.enums import ENDED_STATES, LOW_FACES, Face
from luukku.desk.models import Case, Feedback
from luukku.desk.queries.asked import session_asked

_LONGEST = 5000


def give_feedback(*, by: Actor, case: Case, face: int, comment: str = "", may_contact: bool = False, at: datetime | None = None) -> Feedback:
    """How it went, by one of four faces; she may change her answer. Raises NotAllowed, RuleBroken before the end or a question."""
    _check(face)
    with work_on(case.pk, by=by, at=at) as work:
        require_customer(by, work.case)
        if work.case.state not in ENDED_STATES and not session_asked(work.case.pk):
            raise RuleBroken(_("You can tell how it went when the matter has ended."))
        return _keep(work, face, comment, may_contact, recorded_by=None)


def feedback_spoken(*, by: Actor, case: Case, face: int, comment: str = "", may_contact: bool = False, at: datetime | None = None) -> Feedback:
    """What the customer says of how it went, written down by whoever speaks with her and marked as that; she counts as asked from now on.

    Her own answer on her page is never written over, and hers replaces this one. Raises RuleBroken before the end, NotAllowed.
    """
    _check(face)
    with work_on(case.pk, by=by, at=at) as work:
        work.leg()
        if work.case.state not in ENDED_STATES:
            raise RuleBroken(_("Ask how it went when the matter has ended."))
        if Feedback.objects.filter(case=work.case, recorded_by=None).exists():
            raise RuleBroken(_("The customer has told it already."), field="face")
        if work.case.customer_id is not None:
            app.configure_task("luukku.desk.tasks.note_asked").defer(case_id=work.case.pk)
        return _keep(work, face, comment, may_contact, recorded_by=by.person_id)


def _check(face: int) -> None:
    if face not in Face.values:
        raise RuleBroken(_("Choose one of the four faces."), field="face")


def _keep(work: Work, face: int, comment: str, may_contact: bool, *, recorded_by: int | None) -> Feedback:
    said = {"face": face, "comment": comment.strip()[:_LONGEST], "may_contact": may_contact, "recorded_by_id": recorded_by}
    given, created = Feedback.objects.update_or_create(case=work.case, defaults=said, create_defaults=said | {"created_at": work.at})
    work.record("case.feedback", face=face, first=created, comment=bool(comment.strip()), spoken=recorded_by is not None)
    if face in LOW_FACES:
        app.configure_task("luukku.desk.tasks.open_follow_up").defer(case_id=work.case.pk)
    return given
