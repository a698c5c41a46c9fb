"""A low mark is not left unanswered: the handler and the desk's lead are told, and somebody says what was done."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import mail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.trail import Fact, Happening
from luukku.core.worktime import WorkCalendar, due
from luukku.desk.access import can_handle_leg
from luukku.desk.access.links import require_customer
from luukku.desk.actions.work import Work, checked_words, work_on
from luukku.desk.enums import LOW_FACES, Face
from luukku.desk.models import Case, Feedback, FollowUp, Leg, Note
from luukku.desk.queries.doors import work_calendar
from luukku.network.enums import Right, roles_with
from luukku.network.models import Desk, Seat

_ONE_SESSION = timedelta(days=14)  # while a matter goes on, a mark that is given again in this time is not followed up again
FOLLOW_UP_DAYS = 2  # working days, our default: as long as a new need may wait


def open_follow_up(*, by: Actor, case_id: int, at: datetime | None = None) -> FollowUp | None:
    """Start the clock of a low mark and tell the handler and the leads by mail, with number and desk only.

    None when the mark is no longer low, or has been taken up since the matter ended or the session was held.

    By the house: the giver of the mark cannot write inside.
    """
    with work_on(case_id, by=by, at=at) as work:
        low = Feedback.objects.filter(case=work.case, face__in=LOW_FACES).exists()
        since = work.case.settled_at or work.at - _ONE_SESSION
        if not low or FollowUp.objects.filter(Q(done_at=None) | Q(created_at__gte=since), case=work.case).exists():
            return None
        leg = work.legs[-1]
        until = due(work_calendar(leg.desk), work.at, working_days=FOLLOW_UP_DAYS)
        made = FollowUp.objects.create(case=work.case, due_at=until, created_at=work.at)
        work.record("case.follow_up", leg=leg)
        for person_id in _answerable(work):
            mail.queue("desk.low_mark", work.case, person=person_id, desk=leg.desk_id)
        return made


def recount_marks(desk: Desk, calendar: WorkCalendar, case_ids: Sequence[int], now: datetime) -> list[Happening]:
    """Days of the desk's low marks counted anew in its changed calendar, by the rule of all limits; returns an event for each that moved."""
    lasts = {leg.case_id: leg for leg in Leg.objects.filter(case__in=case_ids).order_by("case", "position")}
    moved = []
    for mark in FollowUp.objects.select_for_update().filter(case__in=case_ids, done_at=None).order_by("pk"):
        before, limit = mark.due_at, due(calendar, mark.created_at, working_days=FOLLOW_UP_DAYS)
        if lasts[mark.case_id].desk_id != desk.pk or limit == before or limit < min(before, now):
            continue
        mark.due_at, mark.broken_at = limit, mark.broken_at if limit <= now else None
        mark.save(update_fields=["due_at", "broken_at"])
        facts: dict[str, Fact] = {"leg": lasts[mark.case_id].pk, "kind": "low-mark", "before": before.isoformat(), "after": limit.isoformat()}
        moved.append(Happening(mark.case_id, now, desk.region_id, desk.organisation_id, facts))
    return moved


def _answerable(work: Work) -> list[int]:
    """The handlers and sponsor of the case, and the leads of its desks, who are here today; each once."""
    organisations = {leg.desk.organisation_id for leg in work.legs}
    leads = Seat.objects.on(timezone.localdate()).filter(
        role__in=roles_with(Right.LEAD_DESK), organisation_id__in=organisations, person__deactivated_at=None
    )
    people = [work.case.sponsor_id, *(leg.handler_id for leg in work.legs), *leads.order_by("id").values_list("person_id", flat=True)]
    return list(dict.fromkeys(person for person in people if person is not None))


def finish_follow_up(*, by: Actor, follow_up: FollowUp, words: str, answer: str, at: datetime | None = None) -> FollowUp:
    """Say what was done about a low mark: `words` are an internal note of the case, `answer` is what the customer reads on her page and rates.

    She is told of it by mail, text or call if she has let us contact her. Once done it stays. Raises NotAllowed, RuleBroken.
    """
    said, told = checked_words(words, field="words"), checked_words(answer, field="answer")
    with work_on(follow_up.case_id, by=by, at=at) as work:
        leg = next((each for each in reversed(work.legs) if can_handle_leg(by, each)), None)
        if leg is None or by.person_id is None:
            raise NotAllowed
        locked = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
        if locked.done_at is not None:
            raise RuleBroken(_("Somebody has written already what was done."), field="words")
        note = Note.objects.create(case=work.case, leg=leg, author_id=by.person_id, body=said, created_at=work.at)
        locked.done_at, locked.note = work.at, note
        locked.save(update_fields=["done_at", "note"])
        mark = Feedback.objects.select_for_update().get(case=work.case)
        mark.answer, mark.answered_at, mark.answered_by_id, mark.answer_face, mark.answer_rated_at = told, work.at, by.person_id, None, None
        mark.save(update_fields=["answer", "answered_at", "answered_by", "answer_face", "answer_rated_at"])
        work.record("case.followed_up", leg=leg, late=work.at > locked.due_at)
        if mark.may_contact:
            work.tell("desk.mark_answered", leg=leg.pk)
        return locked


def rate_answer(*, by: Actor, case: Case, face: int, at: datetime | None = None) -> Feedback:
    """What the customer says of the answer to her low mark; a low one is told to the handlers and leads. Raises RuleBroken, NotAllowed."""
    if face not in Face.values:
        raise RuleBroken(_("Choose one of the four faces."), field="answer_face")
    with work_on(case.pk, by=by, at=at) as work:
        require_customer(by, work.case)
        mark = Feedback.objects.select_for_update().filter(case=work.case, answered_at__isnull=False).first()
        if mark is None:
            raise RuleBroken(_("Your mark has not been answered yet."), field="answer_face")
        news = face in LOW_FACES and mark.answer_face != face
        mark.answer_face, mark.answer_rated_at = face, work.at
        mark.save(update_fields=["answer_face", "answer_rated_at"])
        work.record("case.answer_rated", face=face)
        for person_id in _answerable(work) if news else ():
            mail.queue("desk.low_mark", work.case, person=person_id, desk=work.legs[-1].desk_id)
        return mark
