"""Parts of a case: one more beside those there are, one that waits for another, and how one ends."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from luukku.catalogue.models import Service
from luukku.core import mail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.desk.actions.handling import handles
from luukku.desk.actions.waiting import go_on
from luukku.desk.actions.work import Work, checked_words, not_awaiting_statement, require_open, work_on
from luukku.desk.enums import ENDED_STATES, CaseState, ClockEnd, ClockKind, WaitingFor
from luukku.desk.models import Leg
from luukku.network.models import Desk, Person


def add_leg(*, by: Actor, leg: Leg, need: str, service: Service | None = None, person: Person | None = None, at: datetime | None = None) -> Leg:
    """One more part at the desk of `leg`, with its own need, handler (the actor, unless a colleague is named) and clock.

    Another organisation's part is asked for by a handover beside one's own (`actions.handover.sending`). Raises RuleBroken, NotAllowed.
    """
    words = checked_words(need, field="need")
    with work_on(leg.case_id, by=by, at=at) as work:
        mine = work.leg(leg)
        require_open(mine)
        handler_id = person.pk if person is not None else by.person_id
        if handler_id is None or not handles(handler_id, mine.desk.organisation_id):
            raise RuleBroken(_("Choose somebody of your own desk."), field="person")
        made = new_leg(work, desk=mine.desk, need=words, service=service, handler_id=handler_id)
        work.record("case.part_added", leg=made, service=service.code if service else None)
        return made


def new_leg(
    work: Work, *, desk: Desk, need: str, service: Service | None, handler_id: int, received_at: datetime | None = None, kept_informed: bool = True,
    need_texts: Mapping[str, str] | None = None,
) -> Leg:  # fmt: skip
    """A part in somebody's hands, written with its clock and the case. The case's readers grow by the desk's organisation.

    `kept_informed`: false for a part that another one keeps the customer informed of. `need_texts`: the need by language, if the program says it.
    """
    first = work.legs[0]
    made = Leg(
        case=work.case, position=1 + max(leg.position for leg in work.legs), desk=desk, need=need, service=service, handler_id=handler_id,
        need_texts=dict(need_texts or {}), state=CaseState.TAKEN_UP, received_at=received_at or work.at, taken_up_at=work.at,
        customer_key=first.customer_key,
    )  # fmt: skip
    made.save()
    work.legs.append(made)
    if work.case.sponsor_id is None:
        work.case.sponsor_id = handler_id
    if kept_informed:
        work.clocks(made).start(ClockKind.INFORMED)
    work.save(made)
    return made


def wait_for_leg(*, by: Actor, leg: Leg, other: Leg, at: datetime | None = None) -> Leg:
    """A part waits until another of the same case is ready; then its handler is told and it goes on. Raises RuleBroken for a circle."""
    with work_on(leg.case_id, by=by, at=at) as work:
        mine = work.leg(leg)
        require_open(mine)
        not_awaiting_statement(mine)
        awaited = next((each for each in work.legs if each.pk == other.pk and each.pk != mine.pk), None)
        if awaited is None or awaited.state in ENDED_STATES:
            raise RuleBroken(_("Choose another open part of this matter."), field="other")
        if mine.pk in _chain(work, awaited):
            raise RuleBroken(_("That part waits for this one already: they would wait for each other for ever."), field="other")
        if mine.handler_id is None:
            raise RuleBroken(_("Take the part up first."))
        work.clocks(mine).resume()
        mine.state, mine.waiting_for, mine.waiting_until, mine.waits_for_leg = CaseState.WAITING, WaitingFor.PART, None, awaited
        mine.answer_awaited = False
        work.save(mine)
        work.record("case.waiting", leg=mine, cause=WaitingFor.PART.value, other=awaited.pk)
        work.tell("desk.waiting", leg=mine.pk)
        return mine


def _chain(work: Work, leg: Leg) -> set[int]:
    """The part and all those that it waits for, one after another."""
    by_key = {each.pk: each for each in work.legs}
    seen: set[int] = set()
    at: Leg | None = leg
    while at is not None and at.pk not in seen:
        seen.add(at.pk)
        at = by_key.get(at.waits_for_leg_id or 0)
    return seen


def end_leg(work: Work, leg: Leg, state: CaseState, how: ClockEnd) -> None:
    """A leg ends: nothing waits, nothing is due, and what waited for it goes on."""
    work.clocks(leg).end_all(how)
    leg.state, leg.settled_at = state, work.at
    leg.waiting_for, leg.waiting_until, leg.waits_for_leg, leg.next_step, leg.next_step_at = "", None, None, "", None
    leg.answer_awaited = leg.not_contacted = leg.mail_failed = False
    for waiter in waiters(work, leg):
        go_on(work, waiter)
        work.keep(waiter)
        work.record("case.resumed", leg=waiter, part=leg.pk)
        if waiter.handler_id is not None:
            mail.queue("desk.handover_turn", work.case, person=waiter.handler_id, turn="part-ready")


def waiters(work: Work, leg: Leg) -> list[Leg]:
    """Open parts that wait for this one."""
    return [each for each in work.legs if each.waits_for_leg_id == leg.pk and each.state not in ENDED_STATES]
