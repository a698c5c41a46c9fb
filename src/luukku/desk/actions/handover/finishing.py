"""An organisation outside the network has done its part: it says so by its link, and what came of it."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from luukku.core import mail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.desk.actions.appointments.calling_off import end_times
from luukku.desk.actions.ending import tell_settled
from luukku.desk.actions.handover.passing import contacted_outside
from luukku.desk.actions.handover.receiving import through_door
from luukku.desk.actions.handover.turns import leave, passer_of, tell_customer
from luukku.desk.actions.legs import end_leg
from luukku.desk.actions.outcomes import OutcomeForm, check_outcomes, write_outcomes
from luukku.desk.actions.talking import in_touch
from luukku.desk.actions.work import Work, checked_words, not_awaiting_statement, not_handed_over
from luukku.desk.enums import ENDED_STATES, Canceller, CaseState, ClockEnd, HandoverState
from luukku.desk.models import Handover, Leg


def finish(*, by: Actor, handover: Handover, outcomes: Sequence[OutcomeForm], words: str, at: datetime | None = None) -> Handover:
    """The part that was handed over ends as settled, with what came of it; passer, sponsor and customer are told.

    Who has not said that the customer was contacted says it by this. The case is settled when it was its last part. Raises NotAllowed for others
    than the outside organisation; RuleBroken before it has taken the part, and when the part has ended or goes on elsewhere.
    """
    said = checked_words(words, field="words")
    check_outcomes(outcomes)
    if handover.to_desk_id is not None:
        raise NotAllowed
    gone = _("This part has ended already. Thank you: nothing more is asked of you.")
    with through_door(by, handover, at, gone) as (work, locked):
        if not locked.end_awaited:
            raise RuleBroken(gone if locked.finished_at else _("Say first who takes it at your place."))
        leg = next(each for each in work.legs if each.pk == locked.leg_id)
        if leg.state in ENDED_STATES:
            raise RuleBroken(gone)
        if locked.state == HandoverState.ACCEPTED:
            contacted_outside(work, locked)
        not_handed_over(leg)
        not_awaiting_statement(leg)
        locked.finished_at, locked.finished_words = work.at, said
        locked.save(update_fields=["finished_at", "finished_words"])
        _end(work, leg, outcomes)
        first = outcomes[0].kind if outcomes else None
        leave(work, locked, "finished", whole=work.case.state == CaseState.SETTLED, outcomes=len(outcomes), outcome=first)
        _tell(work, leg, locked)
        return locked


def _end(work: Work, leg: Leg, outcomes: Sequence[OutcomeForm]) -> None:
    in_touch(work, leg)
    end_leg(work, leg, CaseState.SETTLED, ClockEnd.STOPPED)
    write_outcomes(work, leg, outcomes)
    work.save(leg)


def _tell(work: Work, leg: Leg, handover: Handover) -> None:
    for person in sorted({passer_of(handover, leg), work.case.sponsor_id or 0} - {0}):
        mail.queue("desk.handover_turn", work.case, person=person, turn="finished", handover=handover.pk)
    if work.case.state in ENDED_STATES:
        tell_settled(work, leg)
    else:
        end_times(work, leg, Canceller.US)
        tell_customer(work, "finished", handover)
