"""An organisation leaves a region: what it still has open there goes to another desk, and nothing is dropped."""

from datetime import datetime

from django.db.models import F, Func, Max, Value

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed
from luukku.desk.actions.handover.meeting import meeting_ends
from luukku.desk.actions.handover.passing import withdraw
from luukku.desk.actions.handover.receiving import lock, stop_clock
from luukku.desk.actions.handover.turns import leave, tell_passer, tell_receiver
from luukku.desk.actions.work import Work, work_on
from luukku.desk.enums import PENDING_HANDOVER, WITH_RECEIVER, CaseState, ClockKind, HandoverState
from luukku.desk.models import Handover, Leg, LegStay, Note
from luukku.network.models import Desk


def move_open_legs(*, by: Actor, from_desk: Desk, to_desk: Desk, at: datetime | None = None) -> int:
    """Each open part of a desk goes to another one, whose people take it up anew within the first promise; returns how many.

    Only the house does this, at the end of an organisation's part in the region. Inside notes stay unread by the receiver. Raises NotAllowed.
    """
    if by.kind != "house":
        raise NotAllowed
    legs = list(Leg.objects.open().filter(desk=from_desk).order_by("case_id", "position").values_list("pk", "case_id"))
    for pk, case_id in legs:
        with work_on(case_id, by=by, at=at) as work:
            _move(work, next(leg for leg in work.legs if leg.pk == pk), to_desk)
    return len(legs)


def _move(work: Work, leg: Leg, to_desk: Desk) -> None:
    _end_handovers(work, leg)
    newcomer, before = to_desk.organisation.principal, leg.handler_id
    if newcomer not in work.case.readers:
        Note.objects.filter(case=work.case).update(withheld=Func(F("withheld"), Value(newcomer), function="array_append"))
    came_from = leg.desk_id
    last = LegStay.objects.filter(leg=leg).aggregate(until=Max("until"))["until"]
    LegStay.objects.create(leg=leg, desk_id=came_from, since=last, until=work.at)  # what is counted of it so far stays where it lay
    leg.desk = to_desk
    leg.save(update_fields=["desk"])
    leg.handler, leg.state, leg.waiting_for, leg.waiting_until, leg.waits_for_leg = None, CaseState.NEW, "", None, None
    still = [each.handler_id for each in work.legs if each.pk != leg.pk and each.handler_id is not None]
    if work.case.sponsor_id == before and before not in still:
        work.case.sponsor_id = still[0] if still else None
    clocks = work.clocks(leg)
    clocks.resume()
    clocks.start(ClockKind.TAKEN_UP)
    work.save(leg)
    work.record("case.moved_on", leg=leg, came_from=came_from, to=to_desk.pk)


def _end_handovers(work: Work, leg: Leg) -> None:
    """What was on its way from here, and not accepted yet, is taken back."""
    for handover in Handover.objects.filter(case=work.case, leg=leg, state__in=PENDING_HANDOVER).select_related("from_desk", "to_desk", "service"):
        seen = handover.state in WITH_RECEIVER
        withdraw(work, handover)
        leave(work, handover, "withdrawn")
        if seen:
            tell_receiver(work, handover, "withdrawn")


def decline_all(*, by: Actor, desk: Desk, next_desk: Desk, at: datetime | None = None) -> list[int]:
    """Handovers that lie with a desk that ends go back to their passers, with the next door; returns their keys. NotAllowed but for the house."""
    if by.kind != "house":
        raise NotAllowed
    waiting = list(Handover.objects.unanswered().filter(to_desk=desk).order_by("pk"))
    for waited in waiting:
        with work_on(waited.case_id, by=by, at=at) as work:
            handover = lock(waited)
            if handover.state not in WITH_RECEIVER:
                continue
            handover.state, handover.closed_at, handover.next_desk = HandoverState.DECLINED, work.at, next_desk
            handover.save(update_fields=["state", "closed_at", "next_desk"])
            meeting_ends(work, handover)
            stop_clock(work, handover)
            leave(work, handover, "declined", next_org=next_desk.organisation_id)
            tell_passer(work, handover, "declined")
    return [waited.pk for waited in waiting]
