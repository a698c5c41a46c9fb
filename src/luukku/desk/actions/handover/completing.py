"""The receiver has contacted the customer: only now does the passer's part end, and the responsibility pass on."""

from luukku.desk.actions.clocks import LegClocks
from luukku.desk.actions.handover.turns import leave, tell_passer
from luukku.desk.actions.legs import end_leg
from luukku.desk.actions.work import Work
from luukku.desk.enums import ENDED_STATES, CaseState, ClockEnd, ClockKind, HandoverState
from luukku.desk.models import Handover, Leg


def complete(work: Work, leg: Leg, clocks: LegClocks) -> None:
    """Called whenever the handler of a received part has been in touch; does nothing unless its handover was waiting for that.

    The third promise is met, the passer's part ends as handed over, the passer is told, and whoever answered for the whole as the passer's
    handler hands that on too, unless another open part is still hers.
    """
    handover = Handover.objects.select_for_update(of=("self",)).select_related("from_desk", "to_desk", "service").filter(
        received_leg=leg, state=HandoverState.ACCEPTED
    ).first()  # fmt: skip
    if handover is None:
        return
    clocks.end(ClockKind.GUIDED, ClockEnd.MET)
    handover.state, handover.contacted_at, handover.closed_at = HandoverState.DONE, work.at, work.at
    handover.save(update_fields=["state", "contacted_at", "closed_at"])
    passed = next(each for each in work.legs if each.pk == handover.leg_id)
    tell_passer(work, handover, "contacted")
    if passed.state not in ENDED_STATES:
        end_leg(work, passed, CaseState.HANDED_OVER, ClockEnd.STOPPED)
        work.keep(passed)
    _pass_sponsor(work, passed, leg)
    leave(work, handover, "contacted", received=leg.pk)


def _pass_sponsor(work: Work, passed: Leg, leg: Leg) -> None:
    mine = [each for each in work.legs if each.handler_id == passed.handler_id and each.state not in ENDED_STATES]
    if work.case.sponsor_id in (None, passed.handler_id) and not mine:
        work.case.sponsor_id = leg.handler_id
