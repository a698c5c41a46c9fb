"""What the passer does while her handover lies with the receiver: answers, takes it back, follows up outside."""

from datetime import datetime

from django.utils.translation import gettext as _

from luukku.core.actor import Actor, act_as
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.desk.access import can_answer, can_pass, handover_door
from luukku.desk.actions.handover.meeting import meeting_ends
from luukku.desk.actions.handover.receiving import lock, lock_own, stop_clock
from luukku.desk.actions.handover.turns import leave, tell_customer, tell_passer, tell_receiver
from luukku.desk.actions.work import Work, checked_words, work_on
from luukku.desk.enums import PENDING_HANDOVER, ClockEnd, ClockKind, HandoverState, TurnKind
from luukku.desk.models import Handover, HandoverTurn


def answer(*, by: Actor, handover: Handover, words: str, at: datetime | None = None) -> Handover:
    """The receiver's question is answered: it is her turn again. Raises RuleBroken, NotAllowed."""
    said = checked_words(words, field="words")
    with work_on(handover.case_id, by=by, at=at) as work:
        locked = lock_own(by, handover)
        if locked.state not in (HandoverState.ASKED, HandoverState.SENT):
            raise RuleBroken(_("There is no question to answer any more."))
        HandoverTurn.objects.create(handover=locked, kind=TurnKind.ANSWERED, person_id=by.person_id, body=said, created_at=work.at)
        locked.state = HandoverState.SENT
        locked.save(update_fields=["state"])
        leave(work, locked, "answered")
        tell_receiver(work, locked, "answered")
        return locked


def take_back(*, by: Actor, handover: Handover, at: datetime | None = None) -> Handover:
    """The passer goes on herself. Possible until the receiver has accepted. Raises RuleBroken, NotAllowed."""
    with work_on(handover.case_id, by=by, at=at) as work:
        locked = lock_own(by, handover)
        if locked.state == HandoverState.ACCEPTED:
            raise RuleBroken(_("%(name)s has accepted it already. Agree with them how to go on.") % {"name": locked.receiver_name})
        if locked.state not in PENDING_HANDOVER:
            raise RuleBroken(_("This handover has ended already."))
        seen = locked.state != HandoverState.PROPOSED
        withdraw(work, locked)
        leave(work, locked, "withdrawn", by_customer=False)
        if seen:
            tell_receiver(work, locked, "withdrawn")
            tell_customer(work, "withdrawn", locked)
        return locked


def withdraw(work: Work, handover: Handover) -> None:
    """It ends before anybody accepted it; the part was the passer's all the time."""
    handover.state, handover.closed_at = HandoverState.WITHDRAWN, work.at
    handover.save(update_fields=["state", "closed_at"])
    meeting_ends(work, handover)
    stop_clock(work, handover)


def mark_contacted(*, by: Actor, handover: Handover, at: datetime | None = None) -> Handover:
    """An organisation outside has contacted the customer: it says so itself, or the passer has heard it.

    The third promise is met. The passer's part stays open until they say that theirs is ready (`finishing`), or she has followed up and settles it.
    Raises RuleBroken, NotAllowed.
    """
    if handover.to_desk_id is not None:
        raise RuleBroken(_("The receiver's own message or call to the customer completes this handover."))
    case_id, acting = handover.case_id, by
    if can_answer(by, handover):
        door = handover_door(by, handover)
        if door is None:
            raise RuleBroken(_("This handover has ended already."))
        acting = Actor(by.kind, tuple({*by.principals, *door[1]}))
    elif not can_pass(by, handover):
        raise NotAllowed
    with act_as(acting), work_on(case_id, by=acting, at=at) as work:
        locked = lock(handover)
        if locked.state != HandoverState.ACCEPTED:
            raise RuleBroken(_("The receiver has not accepted it, or it has ended already."))
        contacted_outside(work, locked)
        tell_passer(work, locked, "contacted")
        return locked


def contacted_outside(work: Work, handover: Handover) -> None:
    """The third promise of a handover that went outside is met; the passer's part stays open."""
    leg = next(each for each in work.legs if each.pk == handover.leg_id)
    work.clocks(leg).end(ClockKind.GUIDED, ClockEnd.MET)
    handover.state, handover.contacted_at, handover.closed_at = HandoverState.DONE, work.at, work.at
    handover.save(update_fields=["state", "contacted_at", "closed_at"])
    work.save(leg)
    leave(work, handover, "contacted")
