"""How a case ends on our side: settled with an outcome, or not for us with guidance. And how it comes back."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.customers.models import Customer
from luukku.desk.access import can_handle_leg
from luukku.desk.access.links import require_customer
from luukku.desk.actions.appointments.calling_off import end_times
from luukku.desk.actions.closed_desks import is_closed, part_elsewhere
from luukku.desk.actions.handling import handles
from luukku.desk.actions.handover.turns import tell_passers_of_end
from luukku.desk.actions.legs import end_leg
from luukku.desk.actions.news import close_calls
from luukku.desk.actions.outcomes import OutcomeForm, check_outcomes, write_outcomes
from luukku.desk.actions.talking import in_touch
from luukku.desk.actions.work import Work, checked_words, not_awaiting_statement, not_handed_over, work_on
from luukku.desk.enums import ENDED_STATES, Canceller, CaseState, ClockEnd, ClockKind, HandoverState
from luukku.desk.models import Case, Handover, Leg, StatusLink
from luukku.desk.queries.reaching import Reach, reach_of
from luukku.network.queries.nation import status_link_days

__all__ = ("OutcomeForm", "close_link", "not_for_us", "reopen", "settle", "tell_settled")


def settle(
    *, by: Actor, case: Case, outcomes: Sequence[OutcomeForm], words: str, leg: Leg | None = None, told: bool = False, at: datetime | None = None
) -> Case:
    """Settle the actor's legs of a case (or one of them), say to the customer what came of it, and write down the outcomes.

    `told`: she has heard it from us already, on the phone or face to face, and need not be called about it. The case is settled when its last
    leg is; only then is the customer asked how it went, by mail or text message, not more often than the region's `feedback_gap_days`.
    What is booked where no part goes on, and is still to come, is taken off. Raises RuleBroken, NotAllowed.
    """
    said = checked_words(words, field="words")
    check_outcomes(outcomes)
    with work_on(case.pk, by=by, at=at) as work:
        ours = _end(work, CaseState.SETTLED, leg, told=told)
        work.say(ours[0], said)
        write_outcomes(work, ours[0], outcomes)
        work.save(*ours)
        first = outcomes[0].kind if outcomes else None
        work.record("case.settled", leg=ours[0], whole=work.case.state == CaseState.SETTLED, outcomes=len(outcomes), outcome=first)
        tell_settled(work, ours[0], told=told)
        tell_passers_of_end(work, ours, "settled")
        return work.case


def not_for_us(*, by: Actor, case: Case, guidance: str, leg: Leg | None = None, told: bool = False, at: datetime | None = None) -> Case:
    """End the actor's legs as not ours, with the guidance that the customer gets: where to turn instead. Raises RuleBroken, NotAllowed.

    `told` as in `settle`.
    """
    said = checked_words(guidance, field="guidance")
    with work_on(case.pk, by=by, at=at) as work:
        ours = _end(work, CaseState.NOT_FOR_US, leg, told=told)
        work.say(ours[0], said)
        work.save(*ours)
        work.record("case.not_for_us", leg=ours[0], whole=work.case.state in ENDED_STATES)
        if work.case.state in ENDED_STATES:
            close_link(work)
        end_times(work, ours[0], Canceller.US, told=told)
        _tell_end(work, ours[0], told, ask=0)
        tell_passers_of_end(work, ours, "not-theirs")
        return work.case


def reopen(*, by: Actor, case: Case, words: str = "", at: datetime | None = None) -> Case:
    """Open an ended case again, by its customer or by its handlers; what has been stays in its history.

    A leg goes on with its handler; one whose handler has left, or that had none, is new and must be taken up. One whose desk has closed goes on at
    the desk that came after it, else at the region's front desk.
    Raises RuleBroken when it is open, NotAllowed.
    """
    with work_on(case.pk, by=by, at=at) as work:
        if by.is_staff:
            if not any(can_handle_leg(by, leg) for leg in work.legs):
                raise NotAllowed
        else:
            require_customer(by, work.case)
        if work.case.state not in ENDED_STATES:
            raise RuleBroken(_("The matter is open already."))
        ended = [leg for leg in work.legs if leg.settled_at and leg.state not in (CaseState.HANDED_OVER, CaseState.JOINED)]
        ours = [leg for leg in ended if not by.is_staff or can_handle_leg(by, leg)]
        if not ours:  # what has been handed over is opened again by those who have it
            raise NotAllowed
        last = max((leg.settled_at for leg in ours if leg.settled_at), default=None)
        again = [leg for leg in ours if leg.settled_at == last]
        again = [part_elsewhere(work, leg) if is_closed(leg.desk) else _open_again(work, leg) for leg in again]
        if work.case.sponsor_id is None:  # she was given the matter but had not taken it up before it ended
            work.case.sponsor_id = next((leg.handler_id for leg in again if leg.handler_id is not None), None)
        if words.strip():
            work.say(again[0], checked_words(words, field="words"))
        StatusLink.objects.filter(case=work.case, revoked_at=None).update(expires_at=None)
        work.save(*again)
        work.record("case.reopened", leg=again[0], by_customer=not by.is_staff)
        work.tell("desk.reopened")
        return work.case


def _open_again(work: Work, leg: Leg) -> Leg:
    leg.settled_at = None
    if leg.handler_id is not None and not handles(leg.handler_id, leg.desk.organisation_id):  # she has left since
        if work.case.sponsor_id == leg.handler_id:
            work.case.sponsor_id = None
        leg.handler = None
    leg.answer_awaited = not work.by.is_staff
    leg.state = CaseState.IN_PROGRESS if leg.handler_id is not None else CaseState.NEW
    clocks = work.clocks(leg)
    clocks.start(ClockKind.INFORMED if leg.handler_id is not None else ClockKind.TAKEN_UP)
    return leg


def tell_settled(work: Work, leg: Leg, *, told: bool = False) -> None:
    """After a settled part is written: she hears of it, and when it was the last one she is asked how it went and her link begins to run out."""
    ended = work.case.state in ENDED_STATES
    if ended:
        close_link(work)
    end_times(work, leg, Canceller.US, told=told)
    _tell_end(work, leg, told, ask=int(ended and _ask(work)))


def _tell_end(work: Work, leg: Leg, told: bool, *, ask: int = 0) -> None:
    """What came of the whole, or that there is a message when only a part has ended; nothing when she has just heard it and gets no mail."""
    if told and work.must_call:
        return
    if work.case.state in ENDED_STATES:
        work.tell("desk.settled", ask=ask)
    else:
        work.tell("desk.message", leg=leg.pk)


def _end(work: Work, state: CaseState, wanted: Leg | None, *, told: bool) -> list[Leg]:
    """The legs that end now, in memory; their clocks are met when the ending is told to the customer, else they stop."""
    ours = [leg for leg in work.legs if can_handle_leg(work.by, leg) and wanted in (None, leg)]
    if not ours:
        raise NotAllowed
    ours = [leg for leg in ours if leg.state not in ENDED_STATES]
    if not ours:
        raise RuleBroken(_("The matter has ended already."))
    not_handed_over(*ours)
    not_awaiting_statement(*ours)
    if work.must_call and not told:
        _not_awaiting_contact(ours)
    if told:
        close_calls(work.case, work.legs, by=work.by, at=work.at)
    for leg in ours:
        in_touch(work, leg, spoken=told)
        end_leg(work, leg, state, ClockEnd.STOPPED)
    return ours


def _not_awaiting_contact(legs: Sequence[Leg]) -> None:
    """Who has taken a part over speaks with a customer who gets no mail before it ends: until then the passer answers for her."""
    if Handover.objects.filter(received_leg__in=legs, state=HandoverState.ACCEPTED).exists():
        raise RuleBroken(
            _("Call the customer first: they get no mail, and whoever handed them over answers for them until you have spoken with them.")
        )


def close_link(work: Work) -> None:
    """The customer's link lives on for a while after the end as its region has decided."""
    until = work.at + timedelta(days=status_link_days(work.case.region))
    StatusLink.objects.filter(case=work.case, revoked_at=None).update(expires_at=until)


def _ask(work: Work) -> bool:
    """Whether this customer may be asked how it went; writes down that she is. Whether another has just asked her is seen when the mail leaves."""
    if work.case.customer_id is None:
        return False
    if reach_of(work.case) not in (Reach.MAIL, Reach.TEXT):
        return False
    gap = work.at - timedelta(days=work.case.region.feedback_gap_days)
    rested = Q(feedback_asked_at=None) | Q(feedback_asked_at__lt=gap)
    return Customer.objects.filter(rested, pk=work.case.customer_id).update(feedback_asked_at=work.at) == 1
