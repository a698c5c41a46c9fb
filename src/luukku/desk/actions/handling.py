"""Who handles a leg, and what happens next."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.desk.access import can_lead
from luukku.desk.actions.work import Work, not_awaiting_statement, not_handed_over, require_open, work_on
from luukku.desk.enums import ENDED_STATES, CaseState, ClockEnd, ClockKind
from luukku.desk.models import Leg
from luukku.desk.queries.standing_in import has_it
from luukku.network.enums import Right, roles_with
from luukku.network.models import Person, Seat


def take_up(*, by: Actor, leg: Leg, at: datetime | None = None) -> Leg:
    """The actor takes hold of a leg: the promise's first clock is met, the second starts, the customer is told by whom.

    Raises RuleBroken when somebody else has it already, NotAllowed when her role does not handle this desk's cases.
    """
    with work_on(leg.case_id, by=by, at=at) as work:
        mine = work.leg(leg)
        require_open(mine)
        if mine.handler_id is not None and not has_it(by, mine.handler_id):
            name = mine.handler.name if mine.handler else ""
            raise RuleBroken(_("%(name)s has this matter already. Ask them or the desk lead to pass it on.") % {"name": name})
        if mine.state != CaseState.NEW:
            return mine
        if by.person_id is None:
            raise NotAllowed
        hold(work, mine, by.person_id)
        work.save(mine)
        work.record("case.taken_up", leg=mine)
        work.tell("desk.taken_up", leg=mine.pk)
        return mine


def hold(work: Work, leg: Leg, person_id: int | None, *, spoken: bool = False) -> None:
    """A new leg gets its handler: clocks and states in memory, except the clocks' own rows. Raises NotAllowed without a person to hold it.

    The first clock is met when the customer is told by mail; where she must be called, it runs until she has been `spoken` with.
    """
    if person_id is None:
        raise NotAllowed
    leg.handler_id, leg.state, leg.taken_up_at = person_id, CaseState.TAKEN_UP, leg.taken_up_at or work.at
    if work.case.sponsor_id is None:
        work.case.sponsor_id = person_id
    clocks = work.clocks(leg)
    if spoken or not work.must_call:
        clocks.end(ClockKind.TAKEN_UP, ClockEnd.MET)
        leg.not_contacted = False
    clocks.start(ClockKind.INFORMED)


def assign(*, by: Actor, leg: Leg, person: Person, at: datetime | None = None) -> Leg:
    """Give a leg to a colleague of its desk. A new one still waits for her to take it up; one in hand passes to her and the customer is told.

    The desk lead may always; others what is theirs or nobody's. Raises NotAllowed, RuleBroken when the colleague cannot handle it.
    """
    with work_on(leg.case_id, by=by, at=at) as work:
        mine = work.leg(leg)
        require_open(mine)
        if not can_lead(by, mine) and mine.handler_id is not None and not has_it(by, mine.handler_id):
            raise NotAllowed
        if not handles(person.pk, mine.desk.organisation_id):
            raise RuleBroken(_("%(name)s does not handle this desk's matters. Choose somebody else.") % {"name": person.name}, field="person")
        before = mine.handler_id
        if before == person.pk:
            return mine
        mine.handler = person
        if work.case.sponsor_id in (None, before) and mine.state != CaseState.NEW:
            work.case.sponsor = person
        work.save(mine)
        work.record("case.assigned", leg=mine, to=person.pk, before=before)
        if mine.state != CaseState.NEW:
            work.tell("desk.taken_up", leg=mine.pk)
        return mine


def release(*, by: Actor, leg: Leg, at: datetime | None = None) -> Leg:
    """Give a leg back to its desk: somebody must take it up anew, and a new run of the first clock sees to it."""
    with work_on(leg.case_id, by=by, at=at) as work:
        mine = work.leg(leg)
        require_open(mine)
        if mine.handler_id is None:
            return mine
        if not has_it(by, mine.handler_id) and not can_lead(by, mine):
            raise NotAllowed
        not_handed_over(mine)
        not_awaiting_statement(mine)
        before, mine.handler, mine.state, mine.waiting_for, mine.waiting_until = mine.handler_id, None, CaseState.NEW, "", None
        mine.waits_for_leg = None
        still = [leg for leg in work.legs if leg.state not in ENDED_STATES and leg.pk != mine.pk]
        others = [leg.handler_id for leg in still if leg.handler_id is not None]
        if work.case.sponsor_id == before and before not in others:
            work.case.sponsor_id = others[0] if others else None
        clocks = work.clocks(mine)
        clocks.resume()
        clocks.start(ClockKind.TAKEN_UP)
        work.save(mine)
        work.record("case.released", leg=mine, before=before)
        return mine


def set_next_step(*, by: Actor, leg: Leg, text: str, when: datetime | None, at: datetime | None = None) -> Leg:
    """What happens next and by when, as the customer reads it too."""
    words = " ".join(text.split())
    if len(words) > 200:
        raise RuleBroken(_("Say the next step in at most 200 letters."), field="next_step")
    with work_on(leg.case_id, by=by, at=at) as work:
        mine = work.leg(leg)
        require_open(mine)
        put_next_step(work, mine, words, when)
        return mine


def put_next_step(work: Work, leg: Leg, words: str, when: datetime | None) -> None:
    """The step of an open part, written and recorded; the caller has checked who may."""
    leg.next_step, leg.next_step_at = words, when if words else None
    if leg.state == CaseState.TAKEN_UP:
        leg.state = CaseState.IN_PROGRESS
    work.save(leg)
    work.record("case.next_step", leg=leg, by_day=timezone.localdate(when).isoformat() if when else None)


def handles(person_id: int, organisation_id: int) -> bool:
    """Whether somebody has a seat today that handles the organisation's cases."""
    today = timezone.localdate()
    seats = Seat.objects.on(today).filter(person_id=person_id, person__deactivated_at=None, organisation_id=organisation_id)
    return seats.filter(role__in=roles_with(Right.HANDLE_CASES)).exists()
